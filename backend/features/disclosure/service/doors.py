"""Doors: the code on the inspector's screen, the code on a paper, and the pass to write by.

A key that is unknown, not yet uploaded or malformed is answered alike, after the same look-ups.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from backend.core.database import Connection
from backend.core.dossiers.listening import Happening, SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers, dossier_facts
from backend.core.limits import spend, spent
from backend.core.problems import Problem
from backend.features.disclosure import tables
from backend.features.disclosure.rules import is_key, opens
from backend.features.documents import public as documents
from backend.features.identity import public as identity
from backend.features.inspections import public as inspections

DoorKind = Literal["o", "v"]
PASS_MS = 2 * 3_600_000
PUBLIC = "public"
_MINUTE_MS = 60_000
_QUARTER_MS = 15 * _MINUTE_MS
_DAY_MS = 86_400_000
_LOOKS = 60
_SENDINGS = 20
_TRIES_OF_CLIENT = 10
_TRIES_AT_DOOR = 20


class Late(Exception):
    """Nothing is known behind a key yet."""


class Expired(Exception):
    """The page of this visit is over."""


@dataclass(frozen=True, slots=True)
class Door:
    """A public way into one dossier; `paper` is the document whose code it was."""

    kind: DoorKind
    key: str
    facts: DossierFacts
    paper: str = ""

    @property
    def path(self) -> str:
        """Where its pages lie."""
        return f"/{self.kind}/{self.key}"


async def open_door(happening: Happening, dossier: str, token: str) -> None:
    """Index the visit's tokens; one opened on a phone is given `token` (architecture.md 9b)."""
    opened = next(iter(await happening.records(dossier, "dossier")), None)
    if opened is None or opened.values.get("kind") != "inspection":
        return
    tokens = await happening.records(dossier, "visit_token")
    known = [(e.values.get("token", ""), e.values.get("until", 0)) for e in tokens]
    if token and not known:
        pack = await identity.bureau_pack(happening.connection, opened.values["bureau"])
        fields = inspections.token_fields(pack, token, happening.now)
        happening.write(SystemWrite(dossier, "visit_token", fields, cause=dossier))
        known = [(fields["token"], fields["until"])]
    for each, until in known:
        await tables.keep_door(happening.connection, hashed(each), dossier, until)


async def find_door(connection: Connection, kind: DoorKind, key: str, now: int) -> Door:
    """The door of a key.

    Raises:
        Late, Expired.
    """
    dossier, until, paper = "", 0, ""
    if kind == "v":
        issued = await documents.find_issued(connection, code=key if is_key(key) else "")
        if issued:
            dossier, paper = issued[-1].dossier, issued[-1].record
    else:
        found = await tables.find_door(connection, hashed(key))
        dossier, until = found or ("", 0)
    facts = (await dossier_facts(connection, "", [dossier])).get(dossier)
    if facts is None:
        raise Late
    if until and until <= now:
        raise Expired
    return Door(kind, key, facts, paper)


async def enter(
    dossiers: Dossiers, connection: Connection, door: Door, typed: str, client: str
) -> str | None:
    """The pass of a browser whose owner typed the enterprise's code; None where it is another.

    Raises:
        Problem: 429 rate; tries are counted for the client and for the door.
    """
    now = dossiers.clock.now()
    opened = await dossiers.shown(connection, door.facts.name, "dossier", door.facts.name)
    code = str((opened.get("enterprise") or {}).get("code", ""))
    right = opens(typed, code)
    if not right:
        await spend(connection, f"try/{client}", _TRIES_OF_CLIENT, _QUARTER_MS, now)
        await spend(connection, f"try/{door.facts.name}", _TRIES_AT_DOOR, _DAY_MS, now)
        return None
    token = dossiers.ids.token()
    await tables.drop_passes(connection, now)
    await tables.keep_pass(connection, hashed(token), door.facts.name, now + PASS_MS)
    await identity.write_audit(connection, now, PUBLIC, "enter_open_page", door.facts.name)
    return token


async def check_tries(connection: Connection, door: Door, client: str, now: int) -> None:
    """A wall in front of guessing: it stands also before the right answer.

    Raises:
        Problem: 429 rate.
    """
    for key, limit, window in (
        (f"try/{client}", _TRIES_OF_CLIENT, _QUARTER_MS),
        (f"try/{door.facts.name}", _TRIES_AT_DOOR, _DAY_MS),
    ):
        if await spent(connection, key, window, now) >= limit:
            raise Problem(429, "rate")


async def passes(connection: Connection, door: Door, token: str, now: int) -> bool:
    """Whether a browser may write to the dossier behind this door."""
    return await tables.find_pass(connection, hashed(token), now) == door.facts.name


async def look(connection: Connection, client: str, now: int) -> None:
    """Every page costs its reader a use.

    Raises:
        Problem: 429 rate.
    """
    await spend(connection, f"open/{client}", _LOOKS, _MINUTE_MS, now)


async def send(connection: Connection, client: str, now: int) -> None:
    """Every form that is sent, too.

    Raises:
        Problem: 429 rate.
    """
    await spend(connection, f"send/{client}", _SENDINGS, _QUARTER_MS, now)


async def audit_view(connection: Connection, door: Door, now: int) -> None:
    """That a page was looked at, once an hour and door; nothing of who looked."""
    name = sha256(f"{door.kind}/{door.facts.name}/{door.paper}".encode()).hexdigest()[:32]
    if await spend(connection, f"seen/{name}", 1_000_000, 60 * _MINUTE_MS, now) == 1:
        await identity.write_audit(connection, now, PUBLIC, "view_open_page", door.facts.name)


def hashed(token: str) -> str:
    """What the tables keep of a token."""
    return sha256(token.encode("utf-8")).hexdigest()
