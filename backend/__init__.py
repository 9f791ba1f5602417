"""The server: composition root, core and features."""
