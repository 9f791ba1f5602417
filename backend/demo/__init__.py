"""The demo bureau as data: invented people, enterprises and history."""
