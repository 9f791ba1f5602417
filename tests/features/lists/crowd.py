"""A busy bureau: more rows than a list holds, put straight into its tables."""

from typing import Any

from backend.core.database import metadata
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.server import Server

LATER = 4_000_000_000_000
"""UTC ms after everything a story does."""


def put(server: Server, table: str, rows: list[dict[str, Any]]) -> None:
    server.run(metadata.tables[table].insert().values(rows))


def dossiers(server: Server, count: int, section: str, kind: str = "inspection") -> list[str]:
    """So many dossiers of a section of the demo bureau; nobody carries them."""
    names = [f"{kind[:1]}{section}{n:011d}.1.1.00000000" for n in range(count)]
    row = {"kind": kind, "bureau": "changji", "section": section, "opener": "", "seq": 0}
    row |= {"system_n": 0, "system_hash": "", "system_time": ""}
    put(server, "dossier", [{"name": name, **row} for name in names])
    return names


def inspections(server: Server, count: int, section: str, **over: Any) -> list[str]:
    """Dossiers with their rows in the lists, all changed after whatever a story does."""
    names = dossiers(server, count, section)
    row = {"bureau": "changji", "section": section, "enterprise": "", "unit": "某公司"}
    row |= {"state": "in_progress", "planned_for": "", "officers": "[]", "findings": 0}
    row |= {"conflicts": 0, **over}
    rows = [{"dossier": name, "changed": LATER + n, **row} for n, name in enumerate(names)]
    put(server, "inspection_index", rows)
    return names


def listed(reader: Phone, path: str) -> Any:
    reply = reader.client.get(path, headers=reader.headers())
    assert reply.status_code == 200, reply.text
    return reply.json()
