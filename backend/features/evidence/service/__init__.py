"""Uploads come in, are checked and signed for; what is looked at is written down."""
