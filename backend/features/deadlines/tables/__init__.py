"""Running clocks, reminders, and what reached whom."""
