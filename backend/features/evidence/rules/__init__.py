"""Pure: what headers say, what content looks like, and whether custody runs are whole."""
