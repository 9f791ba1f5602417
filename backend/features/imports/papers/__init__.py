"""Spreadsheets in and out: bytes of strangers on the one side, our templates on the other."""
