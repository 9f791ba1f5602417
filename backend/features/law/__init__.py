"""Statute library, citations, search."""
