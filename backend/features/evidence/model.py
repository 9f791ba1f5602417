"""执法全过程记录: evidence sealed at birth, its custody and the server's receipt (S0-7a, S1-4c)."""

from backend.core.dossiers.model import Place
from sync.server.schema import Authority, EntityRule, Record, Sealed, Value, entity


class Bounds(Value):
    """An instant the phone names lies after the last beacon and before the receipt; UTC ms."""

    after: int
    page: str
    monotonic: int


class Segment(Value):
    """第几段: place of a file in its recording; instants UTC ms by the phone's clock."""

    recording: str
    index: int
    started: int
    ended: int


class Claimed(Value):
    """What an imported photo says of itself by its EXIF; nobody vouches for it.

    `taken` is the camera's own clock, `YYYY-MM-DD HH:MM:SS` of no known zone.
    """

    taken: str = ""
    place: Place | None = None


class Evidence(Record):
    """One file: photo, audio, video, scan or pdf. `sha256` is over the plain original."""

    kind: Sealed[str] = ""
    type: Sealed[str] = ""
    bytes: Sealed[int] = 0
    sha256: Sealed[str] = ""
    slices_sha256: Sealed[str] = ""
    captured: Sealed[int] = 0
    bounds: Sealed[Bounds] | None = None
    officer: Sealed[str] = ""
    of: Sealed[str] = ""
    original: Sealed[str] = ""
    segment: Sealed[Segment] | None = None
    place: Sealed[Place] | None = None
    imported: Sealed[bool] = False
    claimed: Sealed[Claimed] | None = None


class Custody(Record):
    """保管链: one numbered act of a run (dossier, enrolment, epoch); `run_closed` ends it.

    Acts: captured, recording_started, mark, gap, discarded, trimmed, printed, viewed, downloaded,
    run_closed. The server numbers a run of its own: who looked (`officer`), at what, when (UTC ms).
    """

    n: Sealed[int] = 0
    act: Sealed[str] = ""
    evidence: Sealed[str] = ""
    at: Sealed[int] = 0
    until: Sealed[int] = 0
    reason: Sealed[str] = ""
    words: Sealed[str] = ""
    officer: Sealed[str] = ""


class Receipt(Record):
    """收据: the server holds the whole file with this hash; signed by its key (SPEC signed texts)."""

    evidence: Authority[str] = ""
    sha256: Authority[str] = ""
    bytes: Authority[int] = 0
    received: Authority[int] = 0
    key: Authority[str] = ""
    signature: Authority[str] = ""


ENTITIES: tuple[EntityRule, ...] = (
    entity("evidence", Evidence),
    entity("custody", Custody),
    entity("receipt", Receipt, "server"),
)
