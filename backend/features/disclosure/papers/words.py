"""Days as people read them."""


def day_words(day: str) -> str:
    """2026年9月28日; what is no day stays as it is."""
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return day
    year, month, number = map(int, parts)
    return f"{year}年{month}月{number}日"
