"""Read JSON into frozen dataclasses, strictly: every field, no other field, exactly its type.

The dataclass is the schema. Known shapes are str, int, bool, `X | None`, `tuple[X, ...]`,
`tuple[X, Y]`, `Literal[...]` and dataclasses. A text is never blank: what is unknown is null.
Standard library only, so that a phone's Python reads exactly as the server's does.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
LARGEST_INTEGER = 2**53 - 1
NAMES = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "an integer"}


class FactsError(ValueError):
    """Facts no paper may be made of; `field` is the path, such as `problems[0].cause`."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def read(cls: type[T], text: str) -> T:
    """The dataclass that JSON text describes; raises FactsError with the path of the fault.

    The dataclass may refuse in its `__post_init__` by a FactsError of its own; the path of
    the object is put before the field named there.
    """
    value: T = _object(cls, _parsed(text), "")
    return value


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_twins)
    except FactsError:
        raise
    except (ValueError, RecursionError) as fault:  # ValueError: also a number of 5000 digits
        raise FactsError("", f"not JSON: {fault}") from fault


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise FactsError("", "a name stands twice in one object")
    return found


def _object(cls: type[Any], value: Any, path: str) -> Any:
    given = _typed(dict, value, path)
    hints = get_type_hints(cls)
    wanted = {field.name: hints[field.name] for field in fields(cls)}
    for name in sorted(given.keys() - wanted.keys()):
        raise FactsError(_join(path, name), "unknown field")
    for name in sorted(wanted.keys() - given.keys()):
        raise FactsError(_join(path, name), "missing")
    members = {name: _value(wanted[name], given[name], _join(path, name)) for name in wanted}
    try:
        return cls(**members)
    except FactsError as fault:
        raise FactsError(_join(path, fault.field), fault.reason) from fault


def _value(shape: Any, value: Any, path: str) -> Any:
    if is_dataclass(shape) and isinstance(shape, type):
        return _object(shape, value, path)
    reader = READERS.get(get_origin(shape) or shape)
    if reader is None:
        raise TypeError(f"no reader for {shape}")
    return reader(shape, value, path)


def _optional(shape: Any, value: Any, path: str) -> Any:
    if value is None:
        return None
    (inner,) = (member for member in get_args(shape) if member is not NoneType)
    return _value(inner, value, path)


def _tuple(shape: Any, value: Any, path: str) -> tuple[Any, ...]:
    items = _typed(list, value, path)
    members = get_args(shape)
    if members[-1] is Ellipsis:
        members = (members[0],) * len(items)
    if len(members) != len(items):
        raise FactsError(path, f"must have {len(members)} items")
    return tuple(
        _value(member, item, f"{path}[{i}]")
        for i, (member, item) in enumerate(zip(members, items, strict=True))
    )


def _literal(shape: Any, value: Any, path: str) -> Any:
    if _typed(str, value, path) not in get_args(shape):
        raise FactsError(path, f"must be one of {', '.join(get_args(shape))}")
    return value


def _text(_: Any, value: Any, path: str) -> str:
    text: str = _typed(str, value, path)
    if not text.strip():
        raise FactsError(path, "must not be empty")
    if any(_unprintable(character) for character in text):
        raise FactsError(path, "holds a control character or half a character")
    return text


def _unprintable(character: str) -> bool:
    code = ord(character)
    return (code < 0x20 and character != "\n") or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000


def _integer(_: Any, value: Any, path: str) -> int:
    number: int = _typed(int, value, path)
    if abs(number) > LARGEST_INTEGER:
        raise FactsError(path, "is too large")
    return number


def _truth(_: Any, value: Any, path: str) -> bool:
    truth: bool = _typed(bool, value, path)
    return truth


def _typed(kind: type[Any], value: Any, path: str) -> Any:
    if type(value) is not kind:
        raise FactsError(path, f"must be {NAMES[kind]}")
    return value


def _join(path: str, name: str) -> str:
    return f"{path}.{name}".strip(".")


READERS: dict[Any, Callable[[Any, Any, str], Any]] = {
    str: _text,
    int: _integer,
    bool: _truth,
    tuple: _tuple,
    Literal: _literal,
    UnionType: _optional,
    Union: _optional,
}
