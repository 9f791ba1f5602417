"""What an import says of a file before and after it is applied."""

from typing import Literal

import msgspec

Kind = Literal["enterprises", "officers", "items"]
RowState = Literal["new", "changed", "unchanged", "refused"]


class Change(msgspec.Struct, frozen=True):
    """One column that will be another: its title, what stands there, what will."""

    title: str
    before: str
    after: str


class RowView(msgspec.Struct, frozen=True):
    """One row of the file; `number` as the spreadsheet counts, `faults` whole sentences."""

    number: int
    state: RowState
    name: str
    faults: list[str] = []
    changes: list[Change] = []


class CheckView(msgspec.Struct, frozen=True):
    """What applying this file would do (试读). `token` lets exactly this be applied.

    `extra` are columns that are not read, `notes` what else to know; `left_off` counts rows that are
    counted but not listed.
    """

    kind: Kind
    token: str
    sheet: str
    new: int
    changed: int
    unchanged: int
    refused: int
    extra: list[str]
    notes: list[str]
    rows: list[RowView]
    left_off: int


class RunView(msgspec.Struct, frozen=True):
    """An import that took place, and whether it was undone; `kept` rows were left as they are."""

    id: str
    kind: Kind
    officer: str
    officer_name: str
    at: int
    file_name: str
    list_version: str
    created: int
    changed: int
    refused: int
    undone_at: int | None
    kept: int


class UndoView(msgspec.Struct, frozen=True):
    """撤销: done, or refused because of the rows named, which somebody changed since."""

    undone: bool
    restored: int
    changed_since: list[str]


class UndoBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`rest`: leave the rows changed since as they are and take back the others."""

    rest: bool = False
