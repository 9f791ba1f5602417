"""Reading a body: strict where ambiguity could make two languages differ (CS1–CS7)."""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from sync.server.clock import (
    MAX_INTEGER,
    ChangesetId,
    is_reference,
    is_time,
    parse_id,
    record_device,
)

MAX_BODY_BYTES: Final = 262_144
MAX_DEPTH: Final = 32
MAX_FIELDS: Final = 256
MAX_SEEN: Final = 32
MAX_ELEMENT: Final = 512
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


class InvalidBody(ValueError):
    """A body CS3 refuses; the message says which clause, in English, for logs."""


@dataclass(frozen=True, slots=True)
class Write:
    """One field of a changeset: the value, and the heads its author saw (CS6)."""

    value: Any
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changeset:
    """A body as it reads; `body` stays the author's exact text."""

    id: ChangesetId
    time: str
    dossier: str
    entity: str
    record: str
    schema: int
    kind: str
    fields: dict[str, Write]
    body: str


def read_changeset(body: str) -> Changeset:
    """Parse one body.

    Raises:
        InvalidBody: CS3; the caller quarantines it as `invalid`.
    """
    document = _read_json(body)
    if not isinstance(document, dict):
        raise InvalidBody("not an object")
    changeset_id = parse_id(_text(document, "id"))
    if changeset_id is None:
        raise InvalidBody("id")
    return Changeset(
        id=changeset_id,
        time=_checked(document, "time", is_time),
        dossier=_checked(document, "dossier", _is_dossier),
        entity=_checked(document, "entity", _is_name),
        record=_checked(document, "record", _is_record),
        schema=_schema(document),
        kind=_checked(document, "kind", ("edit", "system").__contains__),
        fields=_fields(document),
        body=body,
    )


def _read_json(body: str) -> Any:
    try:
        size = len(body.encode("utf-8"))
    except UnicodeEncodeError:
        raise InvalidBody("lone surrogate") from None
    if size > MAX_BODY_BYTES:
        raise InvalidBody("too long")
    if body.count("{") + body.count("[") > MAX_DEPTH and _depth(body) > MAX_DEPTH:
        raise InvalidBody("nested too deep")
    try:
        document = _DECODER.decode(body)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidBody(f"not JSON: {error}") from None
    if "\\u" in body or "\x00" in body:
        _check_strings(document)
    return document


def _depth(body: str) -> int:
    deepest = depth = 0
    in_string = escaped = False
    for character in body:
        if in_string:
            in_string = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            in_string = True
        elif character in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "}]":
            depth -= 1
    return deepest


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InvalidBody("duplicate key")
    return members


def _integer(text: str) -> int:
    if text == "-0" or len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise InvalidBody("integer")
    return int(text)


def _refuse_number(text: str) -> Any:
    raise InvalidBody("number form")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_duplicates,
    parse_int=_integer,
    parse_float=_refuse_number,
    parse_constant=_refuse_number,
)


def _check_strings(value: Any) -> None:
    if isinstance(value, str):
        if "\x00" in value or (not value.isascii() and _has_surrogate(value)):
            raise InvalidBody("U+0000 or lone surrogate")
    elif isinstance(value, dict):
        for key, member in value.items():
            _check_strings(key)
            _check_strings(member)
    elif isinstance(value, list):
        for member in value:
            _check_strings(member)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str):
        raise InvalidBody(name)
    return value


def _checked(document: dict[str, Any], name: str, accepts: Any) -> str:
    value = _text(document, name)
    if not accepts(value):
        raise InvalidBody(name)
    return value


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _is_record(text: str) -> bool:
    return record_device(text) is not None


def _is_dossier(text: str) -> bool:
    return is_reference(text) or _is_record(text)


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _schema(document: dict[str, Any]) -> int:
    value = document.get("schema")
    if not _is_integer(value) or value < 1:  # type: ignore[operator]
        raise InvalidBody("schema")
    return value  # type: ignore[return-value]


def _fields(document: dict[str, Any]) -> dict[str, Write]:
    fields = document.get("fields")
    if not isinstance(fields, dict) or not 1 <= len(fields) <= MAX_FIELDS:
        raise InvalidBody("fields")
    return {_field_name(name): _write(write) for name, write in fields.items()}


def _field_name(name: str) -> str:
    if not _is_name(name):
        raise InvalidBody("field name")
    return name


def _write(write: Any) -> Write:
    if not isinstance(write, dict) or "value" not in write:
        raise InvalidBody("write")
    seen = write.get("seen", [])
    if not isinstance(seen, list) or len(seen) > MAX_SEEN:
        raise InvalidBody("seen")
    for named in seen:
        if not isinstance(named, str) or parse_id(named) is None:
            raise InvalidBody("seen")
    return Write(write["value"], tuple(seen))


@dataclass(frozen=True, slots=True)
class UnionWrite:
    """What a union value says: elements added, and for each removed one the adds observed (CS7)."""

    add: tuple[str, ...]
    remove: dict[str, tuple[str, ...]]


def read_union(value: Any) -> UnionWrite:
    """Read the value of a field whose rule is `union`.

    Raises:
        InvalidBody: CS7.
    """
    if not isinstance(value, dict) or not set(value) <= {"add", "remove"}:
        raise InvalidBody("union")
    add, remove = value.get("add", []), value.get("remove", {})
    if not isinstance(add, list) or not isinstance(remove, dict):
        raise InvalidBody("union")
    for element in (*add, *remove):
        if not isinstance(element, str) or not 1 <= len(element) <= MAX_ELEMENT:
            raise InvalidBody("union element")
    return UnionWrite(tuple(add), {element: _adds(adds) for element, adds in remove.items()})


def _adds(adds: Any) -> tuple[str, ...]:
    if not isinstance(adds, list) or len(adds) > MAX_SEEN:
        raise InvalidBody("union remove")
    for named in adds:
        if not isinstance(named, str) or parse_id(named) is None:
            raise InvalidBody("union remove")
    return tuple(adds)
