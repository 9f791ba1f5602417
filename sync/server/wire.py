"""What crosses the wire between a phone and the server (SN1, SN5, SN9, SN10); exported for TypeScript.

Instants are UTC ms; hashes lower-case hex; signatures base64url without padding.
"""

from typing import Annotated, Any, Literal

import msgspec

from sync.server.clock import MAX_INTEGER

MAX_ITEMS = 500
MAX_RUN_BYTES = 1_048_576
MIN_PULL_SCHEMA = 1

# As wide as the log's columns; integers on the wire stay within what JavaScript counts exactly.
Epoch = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]
# What is looked up by its name: PostgreSQL knows no U+0000.
Name = Annotated[str, msgspec.Meta(pattern=r"^[^\x00]*$")]


class Wire(msgspec.Struct, omit_defaults=True):
    """Base of wire types: a default is left out."""


class Run(Wire):
    """A push (SN1)."""

    timeline: str
    device: Name
    epoch: Epoch
    first_n: Count
    first_prev: str
    items: list[str]
    last_hash: str
    signature: str


class ItemResult(Wire):
    """What became of one changeset that was not simply accepted."""

    n: int
    status: Literal["duplicate", "quarantined"]
    reason: str = ""


class PushReply(Wire):
    """SN5."""

    timeline: str
    now: int
    acked_n: int
    other: list[ItemResult]
    seq: dict[str, int]


class Hello(Wire):
    """SN9: where this enrolment stands."""

    device: Name
    epoch: Epoch
    n: Count
    hash: str
    timeline: str
    schema: Count
    now: Count


class DeviceStatus(Wire):
    """`fork`: this phone's chain is not the one the server knows; `epoch` is the one to go on with."""

    status: Literal["ok", "fork"]
    epoch: int
    acked_n: int


class Beacon(Wire):
    """The server's signed time: what happened after it, happened later than `now`."""

    key: str
    now: int
    signature: str


class Grant(Wire):
    """A dossier this enrolment carries; `until` is when its access lease ends (GR5)."""

    dossier: str
    until: int


class Lease(Wire):
    """Document numbers this enrolment may give without asking (architecture.md 5)."""

    kind: str
    year: int
    prefix: str
    suffix: str
    first: int
    last: int


class Limits(Wire):
    """What one push may hold."""

    items: int
    bytes: int


class HelloReply(Wire):
    """SN9."""

    timeline: str
    now: int
    beacon: Beacon
    device: DeviceStatus
    backed_up_n: int
    grants: list[Grant]
    leases: list[Lease]
    limits: Limits
    min_pull_schema: int
    backed_up: int = 0


class Pull(Wire):
    """SN10: rows above each cursor."""

    timeline: str
    cursors: dict[Name, Count]
    limit: int = 500


class Row(Wire):
    """LG3."""

    seq: int
    body: str
    received: int
    courier: str
    heads_after: dict[str, Any] = {}
    effective: str = ""


class Page(Wire):
    """Rows of one dossier, in order; `more` says another page follows."""

    dossier: str
    rows: list[Row]
    more: bool


class Control(Wire):
    """What the phone must do about a dossier (GR2, GR3)."""

    kind: Literal["grant", "revoke", "erase"]
    dossier: str


class Receipt(Wire):
    """The state of an item still in quarantine, or released or discarded since."""

    epoch: int
    n: int
    status: Literal["quarantined", "released", "discarded"]
    reason: str


class PullReply(Wire):
    """SN10."""

    timeline: str
    now: int
    pages: list[Page]
    control: list[Control]
    receipts: list[Receipt]


class Check(Wire):
    """LG8."""

    timeline: str
    dossier: Name
    seq: int
    count: int
    digest: str


class CheckReply(Wire):
    """`ok` is false when the phone should take a snapshot; `seq` differing is no fault."""

    ok: bool
    seq: int


class SnapshotHead(Wire):
    """First line of a snapshot page."""

    timeline: str
    seq0: int


class SnapshotLine(Wire):
    """LG7."""

    entity: str
    record: str
    seq: int
    fields: msgspec.Raw


class SnapshotEnd(msgspec.Struct):
    """Last line: the key to go on after, null at the end."""

    next: str | None = None
