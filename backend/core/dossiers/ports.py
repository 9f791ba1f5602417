"""What the log asks of the features; `app.py` hands it in, for core knows no feature."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from backend.core.database import Connection
from sync.server.admission import Right
from sync.server.changeset import Changeset
from sync.server.wire import Lease


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What a question of permission needs to know of a dossier, and of the officer's grant to it."""

    name: str
    kind: str
    bureau: str
    section: str
    granted: bool = False
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """How far an officer's right to an act reaches: a bureau, a section, what was granted to him.

    An empty `section` or `officer` does not narrow; with both, either of them suffices. What is kept
    from `barred` is out of sight.
    """

    bureau: str
    section: str = ""
    officer: str = ""
    barred: str = ""


class Permissions(Protocol):
    """The one place where permission is asked (GR1): feature `identity`."""

    async def may(
        self, connection: Connection, officer: str, act: str, dossier: DossierFacts
    ) -> Right:
        """Acts of the log: open, read, write, release, and what `act_of` names."""

    def act_of(self, entity: str) -> str:
        """The act that writing a record of the entity is: `write`, or a narrower one."""

    async def incomplete(self, connection: Connection, changesets: Sequence[Changeset]) -> set[str]:
        """Ids of `document` changesets whose facts lack something (QU5)."""

    async def leases(
        self, connection: Connection, device: str, epoch: int, officer: str, now: int
    ) -> list[Lease]:
        """Number leases of the enrolment, topped up."""

    async def access_days(self, connection: Connection, officer: str) -> int:
        """How many days an enrolment may read offline (GR5)."""
