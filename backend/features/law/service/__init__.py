"""The statute library: texts brought in from files, published to the phones of a bureau."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from backend.core.database import Connection
from backend.core.dossiers.service import Dossiers
from backend.core.packs import Pack
from backend.core.registers import publish, rows_of
from backend.features.identity import public as identity
from backend.features.law.model import Law, LawText
from backend.features.law.service.reading import Reading, TextFile, judge, version_of

REGISTER = "law"
ENTITY = "pack"


async def read_files(
    connection: Connection, bureau: str, files: Iterable[TextFile]
) -> list[Reading]:
    """Every file judged for a bureau, nothing written."""
    pack = await identity.bureau_pack(connection, bureau)
    kept = await _kept(connection, bureau)
    index = (*pack.rows("law", Law), *(each.law for each in kept.values()))
    return judge(files, index, kept)


async def publish_texts(
    dossiers: Dossiers, connection: Connection, bureau: str, by: str, readings: Iterable[Reading]
) -> None:
    """Bring texts without a fault into the library of a bureau, for every phone of it; audited."""
    fit = [each for each in readings if each.law and not each.fault and each.state != "same"]
    rows = [_row(each.law, each.text) for each in fit if each.law]
    await publish(dossiers, connection, (REGISTER, bureau), ENTITY, rows)
    now = dossiers.clock.now()
    await identity.carry_registers(dossiers, connection, bureau)
    for row, each in zip(rows, fit, strict=True):
        await identity.write_audit(connection, now, by, "import_law", row["id"], each.name)


def files_in(folder: Path) -> list[TextFile]:
    """The texts of a folder by name."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in (".md", ".txt")]
    return [TextFile(path.name, path.read_bytes()) for path in paths]


async def import_files(
    dossiers: Dossiers, connection: Connection, bureau: str, files: Iterable[TextFile]
) -> list[Reading]:
    """At the server's own console; a file with a fault is named and left out whole."""
    readings = await read_files(connection, bureau, files)
    await publish_texts(dossiers, connection, bureau, "cli", readings)
    return readings


async def laws_of(connection: Connection, bureau: str, pack: Pack) -> tuple[Law, ...]:
    """Every version the bureau knows: of the pack's index, and those brought in beside it."""
    listed = pack.rows("law", Law)
    known = {version_of(law) for law in listed}
    added = [each.law for each in (await _kept(connection, bureau)).values()]
    return (*listed, *(law for law in added if version_of(law) not in known))


async def _kept(connection: Connection, bureau: str) -> dict[str, LawText]:
    """Rows of the first version held a text alone; they count as absent until imported again."""
    kept: dict[str, LawText] = {}
    for name, row in (await rows_of(connection, (REGISTER, bureau), ENTITY)).items():
        with suppress(msgspec.ValidationError):
            kept[name] = msgspec.json.decode(row["json"], type=LawText)
    return kept


def _row(law: Law, text: str) -> dict[str, str]:
    return {
        "id": version_of(law),
        "json": msgspec.json.encode(LawText(law, text)).decode("utf-8"),
        "source": law.source,
        "in_force": law.in_force.isoformat(),
    }
