"""数据导入: registers brought in from spreadsheets, tried first, applied whole, undone whole."""
