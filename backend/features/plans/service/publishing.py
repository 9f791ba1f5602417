"""What phones carry of the jurisdiction: its values, its kinds of paper, its caps (law as data)."""

from datetime import date
from typing import Any

import msgspec

from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack, in_force_on
from backend.core.registers import publish
from backend.features.deadlines import public as deadlines
from backend.features.identity import public as identity
from backend.features.plans.model import DocumentKind, PackValue
from backend.features.plans.service.counting import cap_scheme
from backend.features.plans.service.lists import ItemList, list_on


def document_kinds(pack: Pack, day: str) -> dict[str, DocumentKind]:
    """The kinds of paper of a jurisdiction with their number codes."""
    return in_force_on(pack.rows("document_kind", DocumentKind), date.fromisoformat(day))


def number_text(pack: Pack, kind: str, year: int, serial: int | str, day: str) -> str:
    """文号 as the jurisdiction prints it; `serial` may be a mark to find its place by."""
    pattern = pack.setting("documents.number_pattern", str)
    code = document_kinds(pack, day)[kind].code
    region = pack.setting("bureau.region", str)
    return pattern.format(region=region, code=code, year=year, serial=serial)


async def publish_pack(dossiers: Dossiers, connection: Connection, bureau: str) -> int:
    """Bring the jurisdiction's values into the register phones carry (law as data)."""
    pack = await identity.bureau_pack(connection, bureau)
    today = date.fromisoformat(day_of(dossiers.clock.now()))
    rows = [
        PackValue(id=key, json=_json(each.value), source=each.source, in_force=str(each.in_force))
        for key, each in pack.settings.items()
    ]
    tables_of_phone: dict[str, Any] = {
        "table.document_kind": list(document_kinds(pack, today.isoformat()).values()),
        "table.cap": [cap_scheme(pack, today.isoformat())],
        "table.sector": [row.cells for row in pack.tables.get("sector", ())],
        "table.law": [row.cells for row in pack.tables.get("law", ())],
        "table.clock": list(deadlines.clock_rules(pack, today).values()),
        "calendar": deadlines.region_calendar(pack),
    }
    rows = _with_list(rows, await list_on(connection, bureau, pack, today.isoformat()))
    rows += [
        PackValue(id=name, json=_json(value), source=pack.name, in_force=today.isoformat())
        for name, value in tables_of_phone.items()
    ]
    values = [msgspec.to_builtins(row) for row in rows]
    return await publish(dossiers, connection, ("packs", bureau), "pack", values)


def _with_list(rows: list[PackValue], current: ItemList) -> list[PackValue]:
    """The bureau's own list goes before the pack's: phones show the newest by its version."""
    told = {
        "item_list.version": current.version,
        "item_list.title": current.title,
        "item_list.published": current.published,
        "item_list.filed": current.filed,
    }
    return [
        msgspec.structs.replace(row, json=_json(told[row.id]), in_force=current.in_force)
        if row.id in told
        else row
        for row in rows
    ]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode("utf-8")
