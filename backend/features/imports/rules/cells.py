"""Readers of one cell: what people put into spreadsheets, or why it cannot be taken.

A reader raises Refused with the words for that cell; it never guesses. Blanks and full-width digits
and letters are the typist's, so they are mended; a number that Excel has rounded is not.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

Reader = Callable[[Any], Any]

LONGEST = 2000
_SAFE_DIGITS = 15
"""Excel keeps so many digits of a number; the rest become zeros."""
_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#GETTING_DATA")
)
_WIDE = {
    **{code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)},
    **{code: code - 0xFEE0 for code in range(0xFF21, 0xFF3B)},
    **{code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)},
}
NO_RESULT = "#公式未算出"
"""Stands for a formula in whose cell no program stored what it comes to."""
_PUNCTUATION = str.maketrans("．。／－—–年月日：，", "../---//  ,")
_BLANKS = re.compile(r"[\s\u00a0\u3000\ufeff\u200b]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NO_CHARACTER = re.compile(r"[\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]")
"""Half characters and characters somebody drew himself: no paper could print them."""
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BLANK_IN_CHINESE = re.compile(rf"(?<={_CJK}) (?={_CJK})")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+")
_DAY = re.compile(r"([12][0-9]{3})[./-]([0-9]{1,2})[./-]([0-9]{1,2})(?:[/ ]?(?:[T ][0-9:. ]+)?)?")
_DAY_DIGITS = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_NUMBERING = re.compile(r"^[0-9]{1,2}[.、．)）](?![0-9])\s*")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(18_264, 73_051)
"""Excel's numbers of the days from 1950 to 2099."""
_YES = frozenset(("是", "有", "y", "yes", "true", "1", "√", "高危"))
_NO = frozenset(("否", "无", "n", "no", "false", "0", "×", "非高危", "一般"))


class Refused(ValueError):
    """A cell that cannot be taken; the message is for whoever keeps the spreadsheet."""


def is_blank(value: Any) -> bool:
    """Nothing a reader could see; also a lone dash, by which people say there is none."""
    return value is None or (isinstance(value, str) and _bare(value) in {"", "-", "—", "——", "/"})


def _bare(value: str) -> str:
    return _BLANKS.sub("", value)


def text(value: Any) -> str:
    """Words: one line, blanks between Chinese characters out, controls out."""
    written = _written(value)
    if strange := _NO_CHARACTER.search(written):
        raise Refused(f"有一个字不是标准字（U+{ord(strange.group()):04X}），请换成标准字")
    flat = _BLANKS.sub(" ", _CONTROLS.sub(" ", written)).strip().translate(_WIDE)
    return _BLANK_IN_CHINESE.sub("", flat)


def _written(value: Any) -> str:
    match value:
        case str():
            if value.strip() == NO_RESULT:
                raise Refused("这一格是公式，没有算出的值，请改成数值后再导入")
            if value.strip() in _ERRORS:
                raise Refused(f"是错误值 {value.strip()}，请改成实际内容")
            if len(value) > LONGEST:
                raise Refused(f"太长，最多 {LONGEST} 字")
            return value
        case bool():
            return "是" if value else "否"
        case int() | float():
            return _digits(value)
        case datetime() | date() | time() | timedelta():
            raise Refused("是日期格式，这里不应是日期，请把这一列设为文本")
        case _:
            raise Refused("读不懂，请改成文本")


def _digits(value: float) -> str:
    if not isfinite(value):
        raise Refused("不是数")
    if abs(value) >= 10**_SAFE_DIGITS:
        raise Refused("是数字格式，表格只保留 15 位，后几位已经丢了，请把这一列设为文本后重新填写")
    return str(int(value)) if value == int(value) else repr(value)


def within(most: int) -> Reader:
    """Words of at most so many characters."""

    def read(value: Any) -> str:
        words = text(value)
        if len(words) > most:
            raise Refused(f"太长，最多 {most} 字")
        return words

    return read


def identifier(value: Any) -> str:
    """A number or code: no blanks, half-width; refused where Excel has rounded it."""
    written = _bare(text(value)).replace("－", "-")
    if _SCIENTIFIC.fullmatch(written):
        raise Refused("成了科学计数，后几位已经丢了，请把这一列设为文本后重新填写")
    return written


def day(value: Any) -> str:
    """A date in any of the ways people write one, as YYYY-MM-DD."""
    match value:
        case datetime():
            return _sound(value.date())
        case date():
            return _sound(value)
        case bool() | time() | timedelta():
            raise Refused("不是日期，请写成 2026-03-05")
        case int() | float():
            return _from_number(value)
        case _:
            return _from_text(text(value))


def _from_number(value: float) -> str:
    if isfinite(value) and abs(value) < 1e9:
        if int(value) in _SERIALS:
            return (_EPOCH + timedelta(days=int(value))).isoformat()
        if value == int(value) and (parts := _DAY_DIGITS.fullmatch(str(int(value)))):
            return _of(*parts.groups())
    raise Refused("不是日期，请写成 2026-03-05")


def _from_text(words: str) -> str:
    written = words.translate(_PUNCTUATION).strip()
    parts = _DAY.fullmatch(_BLANKS.sub("", written) if ":" not in written else written)
    parts = parts or _DAY.fullmatch(written.rstrip("/ "))
    if parts := parts or _DAY_DIGITS.fullmatch(written):
        return _of(*parts.groups())
    if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", written):
        return _from_number(float(written))
    raise Refused(f"“{words[:20]}”不是日期，请写成 2026-03-05")


def _of(year: str, month: str, number: str) -> str:
    try:
        return _sound(date(int(year), int(month), int(number)))
    except ValueError as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"没有 {int(year)} 年 {int(month)} 月 {int(number)} 日这一天") from error


def _sound(found: date) -> str:
    if not 1950 <= found.year <= 2099:
        raise Refused(f"年份 {found.year} 不对")
    return found.isoformat()


def yes_no(value: Any) -> bool:
    """是 or 否."""
    written = _bare(text(value)).lower()
    if written in _YES:
        return True
    if written in _NO:
        return False
    raise Refused(f"“{written[:20]}”不是“是”或“否”")


def one_of(words: Mapping[str, str]) -> Reader:
    """One of some words, each standing for a value."""

    def read(value: Any) -> str:
        written = _bare(text(value))
        if written not in words:
            raise Refused(f"“{written[:20]}”不认识，可填：{'、'.join(dict.fromkeys(words))}")
        return words[written]

    return read


def several(value: Any) -> tuple[str, ...]:
    """Words set apart by 、, commas or strokes."""
    return tuple(
        filter(None, (text(each) for each in re.split("[、，,；;/／\n]", _written(value))))
    )


def phrases(value: Any) -> tuple[str, ...]:
    """Sentences, each on a line of its own or set apart by ；, maybe numbered."""
    cut = re.split("[\n；;]", _written(value))
    bare = (_NUMBERING.sub("", text(each)) for each in cut)
    return tuple(filter(None, bare))


def degrees(least: int, most: int) -> Reader:
    """A decimal degree as 1e-7 degree."""

    def read(value: Any) -> int:
        try:
            found = Decimal(_bare(text(value)))
        except InvalidOperation as error:
            raise Refused("不是小数度数，例如 43.9690000") from error
        if not (found.is_finite() and least <= found <= most):
            raise Refused(f"应在 {least} 到 {most} 之间")
        return int((found * 10**7).to_integral_value())

    return read
