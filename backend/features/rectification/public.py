"""What higher features may ask of rectification."""

from backend.features.rectification.model import Extension, Feedback, Reporter
from backend.features.rectification.service import noon_of
from backend.features.rectification.service.requests import EXTEND, is_day

__all__ = ["EXTEND", "Extension", "Feedback", "Reporter", "is_day", "noon_of"]
