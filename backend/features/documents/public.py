"""What other features and the root may ask of documents."""

from backend.features.documents.rules import IssuedFacts, read_issued
from backend.features.documents.service import (
    CHECK,
    DocumentCheck,
    incomplete,
    leases,
    skip_numbers,
)
from backend.features.documents.service.posters import PER_FILE, Press, print_posters
from backend.features.documents.tables import Issued, find_issued, numbered

__all__ = [
    "CHECK",
    "PER_FILE",
    "DocumentCheck",
    "Issued",
    "IssuedFacts",
    "Press",
    "find_issued",
    "incomplete",
    "leases",
    "numbered",
    "print_posters",
    "read_issued",
    "skip_numbers",
]
