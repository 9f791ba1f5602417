"""The register of enterprises: published to phones, summarised, given signed codes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of, years_later
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.registers import publish
from backend.core.signing import KeyPair, to_base64url
from backend.features.enterprises import tables
from backend.features.enterprises.model import Enterprise, EnterpriseSummary, OpenFinding, Visit
from backend.features.enterprises.rules import compose_code
from sync.server.chain import signed_text

REGISTER = "enterprises"
_BATCH = 500


async def register_enterprises(
    dossiers: Dossiers, connection: Connection, bureau: str, rows: Sequence[Enterprise]
) -> int:
    """Bring enterprises into table and register; answers how many phones will hear of."""
    await tables.save_enterprises(connection, bureau, list(rows))
    values = [msgspec.to_builtins(each) for each in rows]
    return await publish(dossiers, connection, (REGISTER, bureau), "enterprise", values)


@dataclass(frozen=True, slots=True)
class Judged:
    """What plans found of an enterprise's year: the cap, visits still asked for, visits over it."""

    cap: int | None
    floor_left: int
    over: Mapping[str, int]


async def summarise(
    dossiers: Dossiers,
    connection: Connection,
    enterprise: tuple[str, str],
    year: int,
    judged: Judged,
) -> EnterpriseSummary:
    """Write anew what phones know offline of an enterprise `(bureau, id)`."""
    bureau, enterprise_id = enterprise
    (summary,) = await _summaries(dossiers, connection, year, {enterprise_id: judged})
    await _publish_summaries(dossiers, connection, bureau, [summary])
    return summary


async def summarise_all(
    dossiers: Dossiers, connection: Connection, bureau: str, year: int, years: Mapping[str, Judged]
) -> None:
    """The same of many at once, by enterprise id."""
    ids = list(years)
    for start in range(0, len(ids), _BATCH):
        batch = {each: years[each] for each in ids[start : start + _BATCH]}
        summaries = await _summaries(dossiers, connection, year, batch)
        await _publish_summaries(dossiers, connection, bureau, summaries)


async def _summaries(
    dossiers: Dossiers, connection: Connection, year: int, years: Mapping[str, Judged]
) -> list[EnterpriseSummary]:
    found = await tables.visits_of_all(connection, list(years))
    summaries = []
    for enterprise, judged in years.items():
        visits, findings = found.get(enterprise, ([], []))
        summary = EnterpriseSummary(
            id=enterprise,
            year=year,
            as_of=dossiers.clock.now(),
            cap=-1 if judged.cap is None else judged.cap,
            floor_left=judged.floor_left,
            visits=[
                msgspec.structs.replace(visit, over=visit.id in judged.over)
                for visit in visits
                if visit.day.startswith(f"{year:04d}-")
            ],
            open_findings=findings,
        )
        summaries.append(summary)
    return summaries


async def _publish_summaries(
    dossiers: Dossiers, connection: Connection, bureau: str, summaries: list[EnterpriseSummary]
) -> None:
    rows = [msgspec.to_builtins(summary) for summary in summaries]
    await publish(dossiers, connection, (REGISTER, bureau), "enterprise_summary", rows)


async def note_visit(
    connection: Connection, enterprise_id: str, visit: Visit, findings: list[OpenFinding]
) -> None:
    """Keep one visit as it stands."""
    await tables.save_visit(connection, enterprise_id, visit, findings)


def code_days(pack: Pack, now: int) -> tuple[str, str]:
    """The first and the last day of a code given out now."""
    today = day_of(now)
    return today, years_later(today, pack.setting("enterprises.code_years", int))


def code_text(
    key: KeyPair, public_url: str, bureau: str, enterprise: Enterprise, days: tuple[str, str]
) -> str:
    """企业码: what the QR at the enterprise's gate says, signed (architecture.md 9a).

    `days` are the first and the last day of validity (Asia/Shanghai). Whatever scheme this server is
    tried out under, a code on a wall says https: phones take no other for ours.
    """
    payload = to_base64url(
        json.dumps(
            {
                "bureau": bureau,
                "enterprise": enterprise.id,
                "code": enterprise.code,
                "issued": days[0],
                "until": days[1],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode("utf-8")
    )
    signature = key.sign(signed_text("code", key.id, payload))
    host = public_url.partition("://")[2]
    return compose_code(host, key.id, payload, signature)
