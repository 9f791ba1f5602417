"""The book of the business, in the order of a case (architecture.md 4)."""
