"""What other features and the root may ask of the library."""

from backend.features.law.rules import format_citation, parse_citation, standing, succession
from backend.features.law.service import files_in, import_files, laws_of
from backend.features.law.service.citing import ClauseShown, citation_of, clauses_shown
from backend.features.law.service.reading import TextFile, version_of
from backend.features.law.service.summary import summary

__all__ = [
    "ClauseShown",
    "TextFile",
    "citation_of",
    "clauses_shown",
    "files_in",
    "format_citation",
    "import_files",
    "laws_of",
    "parse_citation",
    "standing",
    "succession",
    "summary",
    "version_of",
]
