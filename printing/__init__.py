"""Statutory papers as deterministic PDF: the same bytes on the phone and on the server."""

VERSION = "1"
