"""What other features and the root may ask of the library."""

from backend.features.law.service import citation_of, import_texts

__all__ = ["citation_of", "import_texts"]
