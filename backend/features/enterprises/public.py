"""What other features may ask of the register."""

from backend.features.enterprises.model import Enterprise, OpenFinding, Visit
from backend.features.enterprises.rules import check_credit_code
from backend.features.enterprises.service import (
    Judged,
    code_days,
    code_text,
    note_visit,
    register_enterprises,
    summarise,
    summarise_all,
)
from backend.features.enterprises.tables import (
    enterprises_of,
    find_enterprise,
    hold_enterprise,
    search_enterprises,
    visits_of,
    visits_of_all,
)

__all__ = [
    "Enterprise",
    "Judged",
    "OpenFinding",
    "Visit",
    "check_credit_code",
    "code_days",
    "code_text",
    "enterprises_of",
    "find_enterprise",
    "hold_enterprise",
    "note_visit",
    "register_enterprises",
    "search_enterprises",
    "summarise",
    "summarise_all",
    "visits_of",
    "visits_of_all",
]
