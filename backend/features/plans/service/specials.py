"""专项检查和重点时段检查 (S3-A3): assessed, one matter one report, approved by the head, in a ledger."""

from dataclasses import replace
from datetime import date
from typing import Literal

import msgspec

from backend.core.database import Connection
from backend.core.days import year_of
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.problems import Problem
from backend.features.identity import public as identity
from backend.features.plans import tables
from backend.features.plans.tables import StoredSpecial

_FIELDS = {"title": "名称", "need": "评估的必要性", "target": "检查对象", "content": "检查内容"}


class SpecialDraft(msgspec.Struct, forbid_unknown_fields=True):
    """一事一报: why it is needed, whom, when and what it checks."""

    kind: Literal["special", "key_period"]
    title: str
    need: str
    target: str
    content: str
    since: str
    until: str


async def request_special(
    dossiers: Dossiers, connection: Connection, officer: str, draft: SpecialDraft
) -> StoredSpecial:
    """报批 by a section head.

    Raises:
        Problem: 403 forbidden, 422 with what is wrong.
    """
    subject = (await identity.account(connection, officer)).subject
    facts = DossierFacts("", "inspection", subject.bureau, subject.section)
    await identity.require(connection, officer, "request_special", facts)
    _check(draft)
    now = dossiers.clock.now()
    stored = StoredSpecial(
        id=dossiers.ids.hex(20),
        bureau=subject.bureau,
        section=subject.section,
        year=year_of(now),
        state="pending",
        serial=0,
        created_by=officer,
        created=now,
        answered_by="",
        words="",
        **msgspec.to_builtins(draft),
    )
    await tables.insert_special(connection, stored)
    await identity.write_audit(connection, now, officer, "request_special", stored.id)
    return stored


async def answer_special(
    dossiers: Dossiers,
    connection: Connection,
    officer: str,
    special: str,
    answer: tuple[Literal["yes", "no"], str],
) -> StoredSpecial:
    """批准 by the head of the bureau, within the number of the year.

    Raises:
        Problem: 403, 404 special, 409 `special_state` or `special_number`, 422 words.
    """
    subject = (await identity.account(connection, officer)).subject
    stored = await tables.find_special(connection, special, hold=True)
    if stored is None or stored.bureau != subject.bureau:
        raise Problem(404, "special", "没有这项专项检查。")
    facts = DossierFacts("", "inspection", stored.bureau, stored.section)
    await identity.require(connection, officer, "approve_special", facts)
    said, words = answer
    if stored.state != "pending":
        raise Problem(409, "special_state", "这项检查已经有人答复过，没有改动。")
    if said == "no" and not words.strip():
        raise Problem(422, "words", "不批准要写明理由，没有改动。")
    serial = await _serial(connection, stored) if said == "yes" else 0
    state: tables.SpecialState = "approved" if said == "yes" else "refused"
    answered = replace(stored, state=state, serial=serial, answered_by=officer, words=words.strip())
    await tables.answer_special(connection, answered)
    now = dossiers.clock.now()
    await identity.write_audit(connection, now, officer, "approve_special", special, said)
    return answered


def most_a_year(pack: Pack) -> int | None:
    """年度数量控制; None where the place has set no number."""
    most = pack.setting("special.most_a_year", int)
    return most or None


async def _serial(connection: Connection, stored: StoredSpecial) -> int:
    """The next of the year; two leaders at once get different ones, or one is told it is full."""
    pack = await identity.bureau_pack(connection, stored.bureau)
    serial = await tables.next_serial(connection, stored.bureau, stored.year, "special")
    most = most_a_year(pack)
    if most is not None and serial > most:
        text = f"今年的专项和重点时段检查已批准 {most} 项，到年度数量上限，没有批准。"
        raise Problem(409, "special_number", text)
    return serial


def _check(draft: SpecialDraft) -> None:
    for name, words in _FIELDS.items():
        if not getattr(draft, name).strip():
            raise Problem(422, name, f"要写明{words}，没有报批。")
    if not (_is_day(draft.since) and _is_day(draft.until)) or draft.until < draft.since:
        raise Problem(422, "dates", "起止日期不对，没有报批。")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
