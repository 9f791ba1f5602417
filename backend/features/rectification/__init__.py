"""Rectification: orders, extensions, rechecks, closing."""
