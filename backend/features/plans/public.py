"""What other features may ask of plans."""

from backend.features.plans.model import DocumentKind, Item, Plan
from backend.features.plans.rules import ItemRow, item_faults
from backend.features.plans.service import (
    cap_of,
    cap_scheme,
    cap_verdict,
    document_kinds,
    import_items,
    items_of,
    list_of,
    number_text,
    publish_items,
    publish_pack,
)

__all__ = [
    "DocumentKind",
    "Item",
    "ItemRow",
    "Plan",
    "cap_of",
    "cap_scheme",
    "cap_verdict",
    "document_kinds",
    "import_items",
    "item_faults",
    "items_of",
    "list_of",
    "number_text",
    "publish_items",
    "publish_pack",
]
