"""What other features and the root may ask of the library."""

from backend.features.law.service import import_texts

__all__ = ["import_texts"]
