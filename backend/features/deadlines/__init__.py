"""期限: calendars, clock rules, running clocks and reminders. Knows no other feature."""
