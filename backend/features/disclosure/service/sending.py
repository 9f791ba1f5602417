"""反馈整改 and 申请延期: what the enterprise sends becomes records the server writes."""

from backend.core.blobs import Blobs
from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.service import Dossiers
from backend.core.dossiers.store import LogStore
from backend.features.disclosure import tables
from backend.features.disclosure.papers.words import day_words
from backend.features.disclosure.rules import (
    IMAGE_TYPES,
    ExtensionForm,
    ReportForm,
    extension_faults,
    is_late,
    photo_faults,
    report_faults,
)
from backend.features.disclosure.service import showing
from backend.features.disclosure.service.doors import PUBLIC, Door
from backend.features.disclosure.service.showing import ProblemLine
from backend.features.disclosure.tables import Photo
from backend.features.evidence import public as evidence
from backend.features.identity import public as identity
from backend.features.rectification import public as rectification


async def keep_photos(
    dossiers: Dossiers, blobs: Blobs, door: Door, item: tuple[str, str], files: list[bytes]
) -> list[str]:
    """Take photos for `item` (pass, path) of a feedback still being written; answers what is wrong.

    Bytes are kept as they came: what a photo says of place and time is part of the evidence.
    """
    kinds = [kind_of(each) for each in files]
    async with dossiers.database.read() as connection:
        held = len(await tables.photos_of(connection, *item))
    faults = photo_faults(kinds, [len(each) for each in files], held)
    if faults:
        return faults
    for kind, data in zip(kinds, files, strict=True):
        content = await evidence.take_in(dossiers, blobs, door.facts.name, data, kind)
        now = dossiers.clock.now()
        new = Photo(dossiers.ids.hex(20), *item, content, len(data), now)
        async with dossiers.database.write() as connection:
            known = {each.sha256 for each in await tables.photos_of(connection, *item)}
            if content not in known:
                await tables.add_photo(connection, new)
    return []


def kind_of(data: bytes) -> str:
    """The image type the bytes themselves show; empty for anything else."""
    return next((kind for kind in IMAGE_TYPES if evidence.is_of_type(kind, data[:32])), "")


async def report(
    dossiers: Dossiers,
    connection: Connection,
    door: Door,
    item: tuple[str, ProblemLine],
    form: ReportForm,
) -> list[str]:
    """反馈整改 on one finding, as often as the enterprise likes; answers what is wrong."""
    pass_sha256, problem = item
    photos = await tables.photos_of(connection, pass_sha256, problem.path)
    faults = report_faults(form, len(photos))
    if faults:
        return faults
    files = [each.sha256 for each in photos]
    records = await evidence.file_foreign(dossiers, connection, door.facts.name, files)
    now = dossiers.clock.now()
    feedback = {
        "order": problem.order,
        "finding": problem.finding,
        "words": form.words.strip(),
        "photos": records,
        "by": {"name": form.name.strip(), "phone": form.phone.strip()},
        "recheck": form.recheck,
        "at": now,
    }
    cause = f"{problem.path}/{now}"
    await dossiers.write(
        connection, [SystemWrite(door.facts.name, "feedback", feedback, cause=cause)]
    )
    await tables.drop_photos(connection, pass_sha256, problem.path)
    await identity.write_audit(connection, now, PUBLIC, "send_feedback", door.facts.name)
    return []


async def ask_extension(
    dossiers: Dossiers, connection: Connection, door: Door, path: str, form: ExtensionForm
) -> list[str]:
    """申请延期 before the last day (D11), one at a time; answers what is wrong."""
    await LogStore(connection).lock_dossiers([door.facts.name])
    visit = await showing.load_visit(dossiers, connection, door)
    problem = showing.problem_of(visit, await showing.papers_of(connection, visit), path)
    if problem is None or problem.mended:
        return ["这一项不用再申请延期。"]
    if problem.pending:
        return ["这一项已有一份申请在等答复。"]
    if is_late(visit.today, problem.last_day):
        return [late_words(problem)]
    faults = [] if rectification.is_day(form.until) else ["请选要延到哪一天。"]
    faults = faults or extension_faults(form, problem.due)
    if faults:
        return faults
    now = dossiers.clock.now()
    extension = {
        "order": problem.order,
        "findings": [problem.finding],
        "until": form.until,
        "reason": form.reason.strip(),
        "by": {"name": form.name.strip(), "phone": form.phone.strip()},
    }
    cause = f"{path}/{day_of(now)}/{now}"
    await dossiers.write(
        connection, [SystemWrite(door.facts.name, "extension", extension, cause=cause)]
    )
    await identity.write_audit(connection, now, PUBLIC, "ask_extension", door.facts.name)
    return []


def late_words(problem: ProblemLine) -> str:
    """Too late for a request; a telephone is never too late."""
    last = day_words(problem.last_day or problem.due)
    return f"申请延期要在到期前提出（最晚 {last}），现在仍可打电话说明。"
