"""What other features and the root may ask of the library."""

from backend.features.law.service import ClauseShown, clauses_shown, import_texts

__all__ = ["ClauseShown", "clauses_shown", "import_texts"]
