"""An account's row as it is saved: its telephone, its version, and which of its fields changed. Pure."""

import re
from hashlib import sha256

import msgspec

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?")


class PersonRow(msgspec.Struct, frozen=True):
    """What a save of an account replaces."""

    name: str
    phone: str
    section: str
    roles: list[str]


def plain_login(login: str) -> str:
    """As it is kept and counted, however it is typed: no blanks around it, small letters."""
    return login.strip().lower()


def plain_phone(phone: str) -> str:
    """Without the blanks people type between its digits."""
    return "".join(phone.split())


def phone_fault(phone: str) -> str:
    """Why it is no telephone number of China; empty: it is one, or there is none."""
    if not phone or _PHONE.fullmatch(phone):
        return ""
    return "要写 11 位手机号，或者带区号的座机号（例如 0994-2345678）"


def version_of(row: PersonRow) -> str:
    """What a save is based on: two rows with one version read the same."""
    return sha256(msgspec.json.encode(row)).hexdigest()[:16]


def changed_fields(before: PersonRow, after: PersonRow) -> list[str]:
    """The names of the fields, none of their values: the audit keeps no telephone."""
    names = PersonRow.__struct_fields__
    return [name for name in names if getattr(before, name) != getattr(after, name)]
