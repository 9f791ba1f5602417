"""What an inspection wants at each stage, and the state its facts put it in. No I/O, no clock."""

from backend.features.inspections.rules.lacking import breaches, lacks, stages_json
from backend.features.inspections.rules.stages import Breach, Lack, Level, Row, Stage
from backend.features.inspections.rules.state import (
    OVER,
    Obstacle,
    OpenItem,
    State,
    Station,
    ended_at,
    keeps_open,
    may_close,
    open_items,
    progress,
    state,
)
from backend.features.inspections.rules.table import STAGES
from backend.features.inspections.rules.view import (
    OrderItem,
    View,
    live,
    order_items,
    requested,
    requested_at,
)

__all__ = [
    "OVER",
    "STAGES",
    "Breach",
    "Lack",
    "Level",
    "Obstacle",
    "OpenItem",
    "OrderItem",
    "Row",
    "Stage",
    "State",
    "Station",
    "View",
    "breaches",
    "ended_at",
    "keeps_open",
    "lacks",
    "live",
    "may_close",
    "open_items",
    "order_items",
    "progress",
    "requested",
    "requested_at",
    "stages_json",
    "state",
]
