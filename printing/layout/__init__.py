"""How a paper is set: faces, line breaking, sheets, marks. Knows no legal form.

Entering the package pins ReportLab before any module of it is imported.
"""

from printing.layout import boot

__all__ = ["boot"]
