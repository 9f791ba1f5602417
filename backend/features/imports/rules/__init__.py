"""How a spreadsheet's rows are read and judged. Pure; columns are declared once per kind."""
