"""What other features may ask of plans."""

from backend.features.plans.model import DocumentKind, Item, Plan
from backend.features.plans.rules import ItemRow, item_faults
from backend.features.plans.service.counting import (
    cap_scheme,
    cap_verdict,
    exempt_code,
    judge_year,
    judge_years,
    over_of,
)
from backend.features.plans.service.lists import (
    ItemList,
    items_on,
    list_named,
    list_on,
    lists_after,
    publish_items,
)
from backend.features.plans.service.publishing import document_kinds, number_text, publish_pack
from backend.features.plans.service.releasing import (
    RELEASE,
    import_items,
    publish_list,
    release,
    take_back,
)

__all__ = [
    "RELEASE",
    "DocumentKind",
    "Item",
    "ItemList",
    "ItemRow",
    "Plan",
    "cap_scheme",
    "cap_verdict",
    "document_kinds",
    "exempt_code",
    "import_items",
    "item_faults",
    "items_on",
    "judge_year",
    "judge_years",
    "list_named",
    "list_on",
    "lists_after",
    "number_text",
    "over_of",
    "publish_items",
    "publish_list",
    "publish_pack",
    "release",
    "take_back",
]
