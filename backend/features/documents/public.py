"""What other features and the root may ask of documents."""

from backend.features.documents.rules import IssuedFacts, read_issued
from backend.features.documents.service import CHECK, DocumentCheck, incomplete, leases

__all__ = ["CHECK", "DocumentCheck", "IssuedFacts", "incomplete", "leases", "read_issued"]
