"""Writing the contract for the phone: the merge table as JSON, records and wire types as TypeScript."""

import dataclasses
import inspect
import json
import types
import typing
from collections.abc import Iterable
from typing import Any

import msgspec

from sync.server import wire
from sync.server.schema import Merge, MergeTable

HEADER = "// Generated from Python by `anxun export-contract`. Do not edit.\n\n"
_PLAIN = {str: "string", int: "number", bool: "boolean", type(None): "null", Any: "unknown"}


def merge_json(table: MergeTable) -> str:
    """The merge table both languages interpret (MG3)."""
    entities = {
        rule.name: {
            "creator": rule.creator,
            "fields": {name: _merge(merge) for name, merge in rule.fields.items()},
        }
        for rule in table.entities.values()
    }
    return json.dumps({"entities": entities}, indent=1, sort_keys=True) + "\n"


def _merge(merge: Merge) -> dict[str, Any]:
    return {"rule": merge.rule, **({"ranks": list(merge.ranks)} if merge.ranks else {})}


def records_typescript(table: MergeTable) -> str:
    """An interface a record; every field is optional, for a register may be empty."""
    rules = sorted(table.entities.values(), key=lambda rule: rule.name)
    interfaces = _Interfaces()
    for rule in rules:
        interfaces.add(rule.record, optional=True)
    names = "\n".join(f"  {rule.name}: {rule.record.__name__}" for rule in rules)
    return f"{HEADER}{interfaces.text()}\nexport interface Records {{\n{names}\n}}\n"


def wire_typescript() -> str:
    """The wire types of `sync.server.wire`."""
    interfaces = _Interfaces()
    for _, member in inspect.getmembers(wire, inspect.isclass):
        if issubclass(member, msgspec.Struct) and member.__module__ == wire.__name__:
            interfaces.add(member)
    return HEADER + interfaces.text()


def dataclasses_typescript(kinds: Iterable[type]) -> str:
    """Interfaces of plain dataclasses, such as the facts of documents."""
    interfaces = _Interfaces()
    for kind in kinds:
        interfaces.add(kind)
    return HEADER + interfaces.text()


class _Interfaces:
    """Collects interfaces, nested ones first."""

    def __init__(self) -> None:
        self.written: dict[str, str] = {}

    def add(self, kind: type, optional: bool = False) -> None:
        if kind.__name__ in self.written:
            return
        self.written[kind.__name__] = ""
        hints = typing.get_type_hints(kind)
        defaults = _defaults(kind)
        lines = [
            f"  {name}{'?' if optional or name in defaults else ''}: {self.spell(hint)}\n"
            for name, hint in hints.items()
            if not name.startswith("_")
        ]
        body = f"export interface {kind.__name__} {{\n{''.join(lines)}}}\n"
        self.written[kind.__name__] = body

    def spell(self, hint: Any) -> str:
        """The TypeScript of one annotation."""
        if hint in _PLAIN:
            return _PLAIN[hint]
        if hint is msgspec.Raw:
            return "unknown"
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if origin in (list, tuple):
            return f"{self._grouped(args[0])}[]"
        if origin is dict:
            return f"Record<string, {self.spell(args[1])}>"
        if origin is typing.Literal:
            return " | ".join(f"'{choice}'" for choice in args)
        if origin in (typing.Union, types.UnionType):
            return " | ".join(self.spell(part) for part in args)
        if isinstance(hint, type):
            self.add(hint)
            return hint.__name__
        raise TypeError(f"no TypeScript for {hint}")

    def _grouped(self, hint: Any) -> str:
        spelled = self.spell(hint)
        return f"({spelled})" if " | " in spelled else spelled

    def text(self) -> str:
        return "\n".join(sorted(self.written.values()))


def _defaults(kind: type) -> set[str]:
    if issubclass(kind, msgspec.Struct):
        fields = msgspec.structs.fields(kind)
        return {each.name for each in fields if not each.required}
    if dataclasses.is_dataclass(kind):
        return {
            each.name
            for each in dataclasses.fields(kind)
            if each.default is not dataclasses.MISSING
            or each.default_factory is not dataclasses.MISSING
        }
    return set()
