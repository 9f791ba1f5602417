"""企业码海报 (S3-4.2a): the signed codes of enterprises as sheets to hang up."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.problems import Problem
from backend.features.documents.papers import RenderingFailed, posters_pdf
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.model import Enterprise
from backend.features.identity import public as identity

PER_FILE = 200
"""Sheets of one file: a printer's tray and a minute of work."""

_ACT = "issue_codes"


@dataclass(frozen=True, slots=True)
class Press:
    """What printing needs beside the register: the faces and the address phones know."""

    faces: Path
    public_url: str


async def within_reach(connection: Connection, officer: str) -> tuple[str, list[Enterprise]]:
    """The bureau, and the enterprises whose posters this officer may print: all, or his section's.

    Raises:
        Problem: 403 `forbidden`.
    """
    bureau, section = await _reach(connection, officer)
    return bureau, await enterprises.enterprises_of(connection, bureau, section)


async def one_within_reach(
    connection: Connection, officer: str, enterprise: str
) -> tuple[str, Enterprise]:
    """The bureau and one of its enterprises.

    Raises:
        Problem: 403 `forbidden`, 404 `enterprise`.
    """
    bureau, section = await _reach(connection, officer)
    found = await enterprises.find_enterprise(connection, bureau, id=enterprise)
    if found is None or found.withdrawn or section not in ("", found.section):
        raise Problem(404, "enterprise", "登记册里没有这家企业，或者不归你的科室监管。")
    return bureau, found


async def _reach(connection: Connection, officer: str) -> tuple[str, str]:
    """Bureau and section; an empty section: the whole register."""
    subject = (await identity.account(connection, officer)).subject
    if identity.may_here(subject, _ACT):
        return subject.bureau, ""
    facts = DossierFacts("", "enterprise", subject.bureau, subject.section)
    await identity.require(connection, officer, _ACT, facts)
    return subject.bureau, subject.section


async def print_posters(
    dossiers: Dossiers, press: Press, bureau: str, found: Sequence[Enterprise], officer: str = ""
) -> bytes:
    """One PDF, a sheet an enterprise; audited.

    Raises:
        Problem: 422 `poster` when a sheet cannot be set, 404 `enterprise` when there is none.
    """
    if not found:
        raise Problem(404, "enterprise", "登记册里没有可印的企业。")
    async with dossiers.database.read() as connection:
        pack = await identity.bureau_pack(connection, bureau)
    now = dossiers.clock.now()
    facts = _facts(dossiers, press.public_url, pack, bureau, found)
    try:
        made = await posters_pdf(json.dumps(facts, ensure_ascii=False), press.faces)
    except RenderingFailed as error:
        title = "海报没有排成，可能有企业名称太长或有自造字。请核对后再印。"
        raise Problem(422, "poster", title) from error
    async with dossiers.database.write() as connection:
        ends = f"{len(found)} {found[0].id} {found[-1].id}"
        await identity.write_audit(connection, now, officer, "print_posters", bureau, ends)
    return made


def _facts(
    dossiers: Dossiers, public_url: str, pack: Pack, bureau: str, found: Sequence[Enterprise]
) -> dict[str, object]:
    days = enterprises.code_days(pack, dossiers.clock.now())
    key = dossiers.keys.code
    return {
        "bureau": pack.setting("bureau.name", str),
        "phones": _phones(pack),
        "wording_date": day_of(dossiers.clock.now()),
        "when": dossiers.clock.now(),
        "posters": [
            {
                "name": each.name,
                "credit_code": each.code,
                "text": enterprises.code_text(key, public_url, bureau, each, days),
                "until": days[1],
            }
            for each in found
        ],
    }


def _phones(pack: Pack) -> str:
    """The bureau's own telephone and the hotline; once where they are the same."""
    both = (pack.setting("bureau.phone", str), pack.setting("complaint.phone", str))
    return "、".join(dict.fromkeys(both))
