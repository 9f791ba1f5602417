"""What other features may ask of plans."""

from backend.features.plans.model import DocumentKind, Item, Plan
from backend.features.plans.service.counting import (
    cap_scheme,
    cap_verdict,
    exempt_code,
    judge_year,
    over_of,
)
from backend.features.plans.service.lists import ItemList, list_named, list_on, publish_items
from backend.features.plans.service.publishing import document_kinds, number_text, publish_pack
from backend.features.plans.service.releasing import RELEASE, publish_list, release

__all__ = [
    "RELEASE",
    "DocumentKind",
    "Item",
    "ItemList",
    "Plan",
    "cap_scheme",
    "cap_verdict",
    "document_kinds",
    "exempt_code",
    "judge_year",
    "list_named",
    "list_on",
    "number_text",
    "over_of",
    "publish_items",
    "publish_list",
    "publish_pack",
    "release",
]
