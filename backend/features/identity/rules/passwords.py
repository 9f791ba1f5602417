"""What a password must not be: short, the login, one run, one repeated pattern, one of the commonest. Pure."""

from collections.abc import Collection
from datetime import date

import msgspec

LONGEST = 128
_ROWS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Digits, letters, and the rows of a keyboard."""

_WORD = 4
"""Letters from which on a common word is known again between digits."""


class CommonPasswords(msgspec.Struct, frozen=True):
    """A row of the pack: `words` apart by blanks."""

    id: str
    words: str
    source: str
    in_force: date


def password_fault(password: str, login: str, least: int, common: Collection[str]) -> str:
    """Why a password is none; empty: it is one."""
    if len(password) < least:
        return f"密码太短，至少 {least} 位"
    if len(password) > LONGEST:
        return f"密码太长，最多 {LONGEST} 位"
    low = password.lower()
    if login and login in low:
        return "密码里不能有账号"
    if _is_run(low):
        return "密码不能是一串连着的数字、字母或键盘上相邻的键"
    if _is_repeated(low):
        return "密码不能只是几个字的重复"
    return "这个密码太常见，容易被猜到" if _is_common(low, common) else ""


def _is_run(text: str) -> bool:
    """Along one row, forwards or backwards, beginning again at its end."""
    return any(text in row * LONGEST or text[::-1] in row * LONGEST for row in _ROWS)


def _is_repeated(text: str) -> bool:
    """A pattern of at most half the length again and again, the last time perhaps cut off."""
    size = len(text)
    return any(text == (text[:step] * size)[:size] for step in range(1, size // 2 + 1))


def _is_common(text: str, common: Collection[str]) -> bool:
    """One of them, or one with digits and signs before and after it."""
    ends = "".join(each for each in set(text) if not each.isalpha())
    word = text.strip(ends)
    return text in common or (len(word) >= _WORD and word in common)
