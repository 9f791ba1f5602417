"""Clocks that run in dossiers, and how they ring."""
