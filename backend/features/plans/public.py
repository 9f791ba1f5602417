"""What other features may ask of plans."""

from backend.features.plans.model import DocumentKind, Item, Plan
from backend.features.plans.service import (
    cap_scheme,
    cap_verdict,
    document_kinds,
    items_of,
    number_text,
    publish_items,
    publish_pack,
)

__all__ = [
    "DocumentKind",
    "Item",
    "Plan",
    "cap_scheme",
    "cap_verdict",
    "document_kinds",
    "items_of",
    "number_text",
    "publish_items",
    "publish_pack",
]
