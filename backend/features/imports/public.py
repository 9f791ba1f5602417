"""What the root may ask of imports."""

from backend.features.imports.papers.template import template
from backend.features.imports.service import File, Imports
from backend.features.imports.service.registers import TABLES, ListVersion
from backend.features.imports.service.undoing import undo

__all__ = ["TABLES", "File", "Imports", "ListVersion", "template", "undo"]
