"""What other features may ask of the register."""

from backend.features.enterprises.model import Enterprise, OpenFinding, Visit
from backend.features.enterprises.service import (
    Judged,
    code_text,
    note_visit,
    register_enterprises,
    summarise,
)
from backend.features.enterprises.tables import (
    find_enterprise,
    hold_enterprise,
    search_enterprises,
    visits_of,
)

__all__ = [
    "Enterprise",
    "Judged",
    "OpenFinding",
    "Visit",
    "code_text",
    "find_enterprise",
    "hold_enterprise",
    "note_visit",
    "register_enterprises",
    "search_enterprises",
    "summarise",
    "visits_of",
]
