"""What higher features and the root may ask of inspections."""

from backend.features.inspections.model import Inspection
from backend.features.inspections.service import SUMMARISE, summarise, view_of

__all__ = ["SUMMARISE", "Inspection", "summarise", "view_of"]
