"""Numbers as statutes print them: 十一, 一百零一, 一千二百六十."""

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零〇一二三四五六七八九十百千]{1,9}"
NUMBER = rf"([0-9]{{1,4}}|{NUMERAL})"
HALF_WIDTH = str.maketrans("０１２３４５６７８９（）．＃＠", "0123456789().#@")


def numeral(number: int) -> str:
    """1 to 9999 in Chinese numerals as statutes write them: 十一, 一百零一, 一千二百六十."""
    words, gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + word
        gap = digit == 0
    return words[1:] if 10 <= number < 20 else words


def read_number(text: str) -> int | None:
    """A number in digits or Chinese numerals; None for what no statute would print (三六)."""
    if text.isascii() and text.isdigit():
        return int(text) or None
    plain = text.replace("〇", "零")
    total = digit = 0
    for character in plain:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS.index(character)
    total += digit
    return total if total and numeral(total) == plain else None
