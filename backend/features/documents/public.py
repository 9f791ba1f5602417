"""What other features and the root may ask of documents."""

from backend.features.documents.rules import IssuedFacts, read_issued
from backend.features.documents.service import CHECK, DocumentCheck, incomplete, leases
from backend.features.documents.tables import Issued, find_issued

__all__ = [
    "CHECK",
    "DocumentCheck",
    "Issued",
    "IssuedFacts",
    "find_issued",
    "incomplete",
    "leases",
    "read_issued",
]
