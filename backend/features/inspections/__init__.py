"""The visit: arrival, certificates shown, checklist, findings, exchange of opinions, end."""
