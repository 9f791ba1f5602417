"""How a synced record is declared: once, in Python, field by field with its merge rule (MG3).

A record class is a msgspec Struct whose annotations are `Latest[T]`, `First[T]`, `Furthest[T]`,
`Union[T]`, `Sealed[T]`, `Authority[T]` or `Group[T]`. `merge_table` turns the classes into the table
the merge reads; the same table is exported for the phone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

import msgspec

T = TypeVar("T")
RuleName = Literal["latest", "first", "furthest", "union", "sealed", "authority", "group"]
Creator = Literal["anyone", "opener", "server"]


@dataclass(frozen=True, slots=True)
class Merge:
    """The merge rule of one field; `ranks` only for `furthest`, lowest first."""

    rule: RuleName
    ranks: tuple[str, ...] = ()


LATEST = Merge("latest")
SEALED = Merge("sealed")

Latest = Annotated[T, LATEST]
First = Annotated[T, Merge("first")]
Union = Annotated[list[T], Merge("union")]
Sealed = Annotated[T, SEALED]
Authority = Annotated[T, Merge("authority")]
Group = Annotated[T, Merge("group")]


class Value(msgspec.Struct, omit_defaults=True):
    """A compound value inside a register. Unknown members survive in the body, not here."""


class Withdrawal(Value):
    """撤回: why a record no longer counts (MG10)."""

    reason: str


class Record(msgspec.Struct):
    """A record as its shown values are; a register without heads has the empty default."""

    withdrawn: Latest[Withdrawal] | None = None


@dataclass(frozen=True, slots=True)
class EntityRule:
    """Who may create a record of the entity, and how each field merges."""

    name: str
    record: type[Record]
    creator: Creator
    fields: dict[str, Merge]


@dataclass(frozen=True, slots=True)
class MergeTable:
    """Every entity the server knows. Others are `latest` and opaque (MG3)."""

    entities: dict[str, EntityRule]

    def rule(self, entity: str, field: str) -> Merge:
        """The rule of one field; `latest` for what this version does not know."""
        known = self.entities.get(entity)
        return known.fields.get(field, LATEST) if known else LATEST

    def creator(self, entity: str) -> Creator:
        """Who may create a record of the entity."""
        known = self.entities.get(entity)
        return known.creator if known else "anyone"


def entity(name: str, record: type[Record], creator: Creator = "anyone") -> EntityRule:
    """Declare that `record` is what the entity `name` holds."""
    hints = get_type_hints(record, include_extras=True)
    return EntityRule(
        name, record, creator, {field: _merge_of(hint) for field, hint in hints.items()}
    )


def merge_table(entities: Iterable[EntityRule]) -> MergeTable:
    """Put declarations together; two of one name are a mistake of the programmer."""
    table: dict[str, EntityRule] = {}
    for rule in entities:
        if rule.name in table:
            raise ValueError(f"entity declared twice: {rule.name}")
        table[rule.name] = rule
    return MergeTable(table)


def _merge_of(hint: Any) -> Merge:
    for part in (hint, *getattr(hint, "__args__", ())):
        for meta in getattr(part, "__metadata__", ()):
            if isinstance(meta, Merge):
                return meta
    raise TypeError(f"field without a merge rule: {hint}")
