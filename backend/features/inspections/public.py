"""What higher features and the root may ask of inspections."""

from backend.features.inspections.model import Inspection
from backend.features.inspections.rules import (
    OrderItem,
    View,
    live,
    order_items,
    requested_at,
    state,
)
from backend.features.inspections.service import SUMMARISE, summarise, token_fields, view_of

__all__ = [
    "SUMMARISE",
    "Inspection",
    "OrderItem",
    "View",
    "live",
    "order_items",
    "requested_at",
    "state",
    "summarise",
    "token_fields",
    "view_of",
]
