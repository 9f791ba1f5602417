"""What other features and the root may ask of documents."""

from backend.features.documents.rules import IssuedFacts, read_issued
from backend.features.documents.service import CHECK, DocumentCheck, incomplete, leases
from backend.features.documents.service.posters import PER_FILE, Press, print_posters
from backend.features.documents.tables import numbered

__all__ = [
    "CHECK",
    "PER_FILE",
    "DocumentCheck",
    "IssuedFacts",
    "Press",
    "incomplete",
    "leases",
    "numbered",
    "print_posters",
    "read_issued",
]
