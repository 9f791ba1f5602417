"""What a public page may say, and when a form of it is whole. Pure; days are Asia/Shanghai."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Standing = Literal["genuine", "corrected", "void", "differs", "unknown", "same"]
ComplaintState = Literal["received", "accepted", "replied", "closed"]
ComplaintDeed = Literal["accept", "reply", "close"]

PHOTOS_AT_MOST = 10
PHOTO_BYTES = 12 * 2**20
WORDS_AT_MOST = 1000
NAME_AT_MOST = 40
CODE_TAIL = 6
IMAGE_TYPES = ("image/jpeg", "image/png", "image/webp")

_KEY = re.compile(r"[0-9a-z]{20,64}")
_PHONE = re.compile(r"[0-9+\- ]{5,20}")
_TURNS: dict[ComplaintDeed, frozenset[ComplaintState]] = {
    "accept": frozenset({"received"}),
    "reply": frozenset({"received", "accepted"}),
    "close": frozenset({"replied"}),
}
_AFTER: dict[ComplaintDeed, ComplaintState] = {
    "accept": "accepted",
    "reply": "replied",
    "close": "closed",
}


@dataclass(frozen=True, slots=True)
class ReportForm:
    """反馈整改 as it was typed."""

    words: str
    name: str
    phone: str
    recheck: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionForm:
    """申请延期 as it was typed."""

    until: str
    reason: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """投诉 as it was typed; name and phone only if the complainant likes."""

    kind: str
    words: str
    name: str
    phone: str


def is_key(text: str) -> bool:
    """Whether a door's key has the shape of one; what has not is answered like an unknown one."""
    return _KEY.fullmatch(text) is not None


def standing(voided: bool, checked: str, corrected: bool) -> Standing:
    """What the verification page answers for a known code."""
    if voided:
        return "corrected" if corrected else "void"
    return "differs" if checked == "differs" else "genuine"


def opens(typed: str, code: str) -> bool:
    """Whether what was typed are the last six of a 统一社会信用代码, or all of it."""
    given = re.sub(r"\s", "", typed).upper()
    if len(code) < CODE_TAIL or len(given) < CODE_TAIL:
        return False
    return given in (code.upper(), code.upper()[-CODE_TAIL:])


def report_faults(form: ReportForm, photos: int) -> list[str]:
    """What keeps a feedback from being sent."""
    faults = [] if form.words.strip() else ["请写明怎么改的、改到什么程度。"]
    faults += _too_long(form.words) + _person(form.name, form.phone)
    if photos > PHOTOS_AT_MOST:
        faults.append(f"照片最多 {PHOTOS_AT_MOST} 张。")
    return faults


def photo_faults(kinds: Sequence[str], sizes: Sequence[int], held: int) -> list[str]:
    """What keeps photos from being taken; an empty kind is no photo by its content."""
    faults = []
    if held + len(kinds) > PHOTOS_AT_MOST:
        faults.append(f"照片最多 {PHOTOS_AT_MOST} 张，这次的没有收。")
    if "" in kinds:
        faults.append("只收 JPEG、PNG、WebP 照片，这次的没有收。")
    if any(size > PHOTO_BYTES for size in sizes):
        faults.append(f"一张照片不能超过 {PHOTO_BYTES // 2**20} MB，这次的没有收。")
    return faults


def extension_faults(form: ExtensionForm, due: str) -> list[str]:
    """What keeps an extension from being asked for."""
    faults = [] if form.until > due else ["申请的日期要晚于现在的期限。"]
    if not form.reason.strip():
        faults.append("请写明为什么不能按期改完。")
    return faults + _too_long(form.reason) + _person(form.name, form.phone)


def is_late(today: str, last_day: str | None) -> bool:
    """D11: after the last day a request counts as none; a bureau without the rule has no such day."""
    return last_day is not None and today > last_day


def complaint_faults(form: ComplaintForm, kinds: Sequence[str]) -> list[str]:
    """What keeps a complaint from being taken; it may be anonymous."""
    faults = [] if form.kind in kinds else ["请选是哪一类问题。"]
    if not form.words.strip():
        faults.append("请写明发生了什么。")
    faults += _too_long(form.words)
    if len(form.name) > NAME_AT_MOST:
        faults.append("姓名太长。")
    if form.phone.strip() and not _PHONE.fullmatch(form.phone.strip()):
        faults.append("电话只能写数字。")
    return faults


def may_follow(state: ComplaintState, deed: ComplaintDeed) -> bool:
    """Whether a complaint in a state may be accepted, answered or closed."""
    return state in _TURNS[deed]


def after(deed: ComplaintDeed) -> ComplaintState:
    """The state a deed leads to."""
    return _AFTER[deed]


def _too_long(words: str) -> list[str]:
    return [f"最多写 {WORDS_AT_MOST} 字。"] if len(words) > WORDS_AT_MOST else []


def _person(name: str, phone: str) -> list[str]:
    faults = [] if 0 < len(name.strip()) <= NAME_AT_MOST else ["请写您的姓名。"]
    return faults if _PHONE.fullmatch(phone.strip()) else [*faults, "请写能找到您的电话。"]
