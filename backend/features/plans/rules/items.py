"""The soundness of an item list (检查事项清单, S3-2.1a), and what one version changes in another."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Protocol

import msgspec


class ItemRow(msgspec.Struct, frozen=True):
    """检查事项 of a pack (table `item`, S3-2.1a): what to check, how, on which clauses.

    `liability` are the clauses that punish it; `problems`, `causes` and `measures` are the standard
    phrases an officer starts from.
    """

    id: str
    source: str
    in_force: date
    sector: str
    group: str
    title: str
    content: str
    method: str
    basis: tuple[str, ...]
    problems: tuple[str, ...]
    causes: tuple[str, ...]
    measures: tuple[str, ...]
    liability: tuple[str, ...] = ()


def item_faults(item: ItemRow, is_known_clause: Callable[[str], bool]) -> tuple[str, ...]:
    """Why an item may not enter a list: the names of its bad fields.

    A demand needs all three elements (S4-11), so an item without a cause or a measure, or with a
    cause that repeats the problem, would lead officers to papers that cannot be issued.
    """
    faults = {
        "basis": not item.basis or not all(map(is_known_clause, item.basis)),
        "liability": not all(map(is_known_clause, item.liability)),
        "problems": not _all_worded(item.problems),
        "causes": not _all_worded(item.causes) or bool({*item.causes} & {*item.problems}),
        "measures": not _all_worded(item.measures),
    }
    faults |= {name: not getattr(item, name).strip() for name in ("title", "content", "method")}
    return tuple(name for name, bad in faults.items() if bad)


def _all_worded(texts: tuple[str, ...]) -> bool:
    return bool(texts) and all(text.strip() for text in texts)


class Listed(Protocol):
    """What every item of a list says."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def content(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def basis(self) -> Sequence[str]: ...


def item_words_lacking(item: Listed) -> bool:
    """S3-2.1a: name, basis, content and method, or it is no item."""
    told = all(text.strip() for text in (item.id, item.title, item.content, item.method))
    return not told or not item.basis


class ListChange(msgspec.Struct, frozen=True):
    """What a version changed in the one before, by item ids."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]


def list_change(old: Iterable[Listed], new: Iterable[Listed]) -> ListChange:
    """Differences between two versions of a list (S3-2.2); the version's name alone is none."""
    before = {item.id: _told(item) for item in old}
    after = {item.id: _told(item) for item in new}
    both = before.keys() & after.keys()
    return ListChange(
        added=tuple(sorted(after.keys() - before.keys())),
        dropped=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in both if before[name] != after[name])),
    )


def _told(item: Listed) -> tuple[object, ...]:
    return item.title, item.content, item.method, tuple(item.basis)
