"""`anxun backup` while serving, `anxun restore` elsewhere, phones that went on in between."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

from backend.app import create_app
from backend.backup.folder import BackupFault, blob_path, read_manifest, states
from backend.backup.restoring import Restore, restore
from backend.backup.saving import Backup
from backend.core.blobs import open_blobs
from backend.core.clock import FixedClock, SystemClock
from backend.core.database import Database, metadata
from backend.core.heartbeat import beat
from backend.core.ids import SystemIds
from backend.demo.load import PASSWORD
from backend.migrate import migrate
from backend.settings import Settings
from tests.features.conftest import ON_BOTH, settings_at
from tests.features.dossiers.phone import Phone
from tests.features.identity.test_first_start import link
from tests.features.imports.conftest import Desk
from tests.features.imports.sheets import enterprise_row, workbook
from tests.features.postgres import drop_database, new_database

HOUR_MS = 3_600_000
PHOTO = b"\xff\xd8\xff\xe0 a valve that was open"
IN_PART = workbook([enterprise_row(1), enterprise_row(2, code="1")])
"""The second row is refused and kept as a spreadsheet, in the one column of bytes there is."""


def silent(_line: str) -> None:
    return


def back_up(settings: Settings, folder: Path, later_ms: int = HOUR_MS) -> Any:
    """Made an hour later, so that what was just received lies before the watermark."""

    async def run() -> Any:
        database = Database(settings.database_url)
        clock = FixedClock(SystemClock().now() + later_ms)
        keys, blobs = settings.data_dir / "keys", open_blobs(settings.blob_url)
        made = await Backup(database, blobs, keys, clock, folder, silent).run()
        await database.close()
        return made

    return asyncio.run(run())


def bring_back(settings: Settings, folder: Path, replace: str = "") -> None:
    run = Restore(
        url=settings.database_url,
        blobs=open_blobs(settings.blob_url),
        keys=settings.data_dir / "keys",
        clock=FixedClock(SystemClock().now() + 2 * HOUR_MS),
        ids=SystemIds(),
        root=folder,
        replace=replace,
        say=silent,
    )
    asyncio.run(restore(run))


def keep_blob(settings: Settings, data: bytes) -> str:
    async def run() -> str:
        blobs = open_blobs(settings.blob_url)
        await blobs.stage("one", data)
        whole = await blobs.assemble(["one"], "whole")
        await blobs.keep("whole", whole.sha256)
        return whole.sha256

    return asyncio.run(run())


def read_blob(settings: Settings, content: str) -> bytes:
    return asyncio.run(open_blobs(settings.blob_url).read(content))


def rows(settings: Settings, *leaving_out: str) -> dict[str, list[tuple[Any, ...]]]:
    async def run() -> dict[str, list[tuple[Any, ...]]]:
        database = Database(settings.database_url)
        async with database.read() as connection:
            found = {
                table.name: sorted(map(tuple, await connection.execute(sa.select(table))), key=str)
                for table in metadata.sorted_tables
                if table.name not in leaving_out
            }
        await database.close()
        return found

    return asyncio.run(run())


def enrolled(client: TestClient[Any], login: str) -> Phone:
    reply = client.post("/api/v1/session", json={"login": login, "password": PASSWORD})
    client.cookies.clear()
    return Phone(client, login, reply.json()["token"]).enrol()


def again(phone: Phone, client: TestClient[Any]) -> Phone:
    """The same enrolment at the restored server: sessions did not come along."""
    reply = client.post("/api/v1/session", json={"login": phone.officer, "password": PASSWORD})
    client.cookies.clear()
    timeline = reply.headers["Anxun-Timeline"]
    return replace(phone, client=client, token=reply.json()["token"], timeline=timeline)


def hello(phone: Phone) -> Any:
    body = {"device": phone.device, "epoch": 1, "n": phone.n, "hash": phone.prev}
    body |= {"timeline": phone.timeline, "schema": 1, "now": phone.time}
    reply = phone.post("/api/v1/sync/hello", body)
    assert reply.status_code == 200, reply.text
    return reply.json()


def serving(settings: Settings) -> TestClient[Any]:
    return TestClient(create_app(settings, work=False), base_url="http://localhost:8000")


@dataclass
class Place:
    """Where a backup is brought back to."""

    settings: Settings


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An installation in which nothing has ever been."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if request.param == "sqlite":
        yield Place(settings_at(folder, f"sqlite+aiosqlite:///{folder / 'anxun.sqlite'}"))
        return
    server = request.getfixturevalue("postgres")
    url = new_database(server)
    yield Place(settings_at(folder, url))
    drop_database(server, url)


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return settings_at(folder, f"sqlite+aiosqlite:///{folder / 'anxun.sqlite'}")


@ON_BOTH
def test_a_backup_comes_back_row_by_row_into_either_database(
    settings: Settings, place: Place, tmp_path: Path
) -> None:
    content = keep_blob(settings, PHOTO)
    with serving(settings) as client:
        lijie = enrolled(client, "lijie")
        lijie.open_dossier()
        lijie.push()
        Desk(client).apply("enterprises", IN_PART, partial="true")
        back_up(settings, tmp_path / "saved")
    bring_back(place.settings, tmp_path / "saved")
    assert [type(sheet) for *_, sheet in rows(place.settings)["import_refused"]] == [bytes]
    apart = ("server", "session")
    assert rows(place.settings, *apart) == rows(settings, *apart)
    assert rows(place.settings)["session"] == []
    assert read_blob(place.settings, content) == PHOTO
    for name in ("sign", "code", "hpke", "vapid"):
        there = (place.settings.data_dir / "keys" / f"{name}.pem").read_bytes()
        assert there == (settings.data_dir / "keys" / f"{name}.pem").read_bytes()


@ON_BOTH
def test_what_phones_wrote_after_the_backup_comes_back_from_them(
    settings: Settings, tmp_path: Path, empty: Settings
) -> None:
    with serving(settings) as client:
        lijie = enrolled(client, "lijie")
        dossier = lijie.open_dossier()
        lijie.push()
        back_up(settings, tmp_path / "saved")
        saved_n, saved_prev = lijie.n, lijie.prev
        for number in range(3):
            record = lijie.new_record()
            lijie.author(dossier, "finding", record, {"situation": f"阀门 {number} 常开"})
        later = list(lijie.waiting)
        assert lijie.push().json()["acked_n"] == saved_n + 3
        before = lijie.pull({dossier: 0}).json()["pages"][0]["rows"]
        old_timeline = lijie.timeline
    bring_back(empty, tmp_path / "saved")
    with serving(empty) as client:
        stale = replace(again(lijie, client), timeline=old_timeline)
        refused = stale.pull({dossier: 0})
        assert (refused.status_code, refused.json()["code"]) == (409, "timeline")
        back = again(lijie, client)
        reply = hello(back)
        assert reply["timeline"] != old_timeline
        assert reply["device"] == {"status": "ok", "epoch": 1, "acked_n": saved_n}
        back.n, back.prev, back.waiting = saved_n, saved_prev, later
        assert back.push().json()["acked_n"] == saved_n + 3
        after = back.pull({dossier: 0}).json()["pages"][0]["rows"]
    mine = f'"id":"{lijie.device}.'
    assert [r["body"] for r in after if mine in r["body"]] == [
        r["body"] for r in before if mine in r["body"]
    ]


@ON_BOTH
def test_numbers_leased_after_the_backup_are_given_to_nobody_else(
    settings: Settings, tmp_path: Path, empty: Settings
) -> None:
    with serving(settings) as client:
        hello(enrolled(client, "lijie"))
        back_up(settings, tmp_path / "saved")
        lost = stretches(hello(enrolled(client, "nurlan")))
    bring_back(empty, tmp_path / "saved")
    with serving(empty) as client:
        new = stretches(hello(enrolled(client, "nurlan")))
    assert lost.keys() == new.keys() > {"rectification_order"}
    assert all(lost[kind].isdisjoint(new[kind]) for kind in lost)


def stretches(reply: Any) -> dict[str, set[int]]:
    """The numbers a phone may give, by kind."""
    return {each["kind"]: set(range(each["first"], each["last"] + 1)) for each in reply["leases"]}


@ON_BOTH
def test_the_watermark_tells_a_phone_what_a_backup_holds(
    settings: Settings, tmp_path: Path
) -> None:
    with serving(settings) as client:
        lijie = enrolled(client, "lijie")
        lijie.open_dossier()
        lijie.push()
        assert (hello(lijie)["backed_up_n"], hello(lijie).get("backed_up", 0)) == (0, 0)
        made = back_up(settings, tmp_path / "saved")
        assert hello(lijie)["backed_up"] == made.watermark
        assert hello(lijie)["backed_up_n"] == lijie.n
        back_up(settings, tmp_path / "saved", later_ms=HOUR_MS // 60)
        assert hello(lijie)["backed_up"] == made.watermark
        watermark_at(settings, SystemClock().now() - HOUR_MS)
        assert hello(lijie)["backed_up_n"] == 0


def watermark_at(settings: Settings, until: int) -> None:
    async def run() -> None:
        database = Database(settings.database_url)
        async with database.write() as connection:
            await connection.execute(metadata.tables["server"].update().values(backed_up=until))
        await database.close()

    asyncio.run(run())


def test_blobs_are_copied_once_and_a_torn_run_is_taken_up_again(
    settings: Settings, tmp_path: Path
) -> None:
    root = tmp_path / "saved"
    first = keep_blob(settings, PHOTO)
    back_up(settings, root)
    seen = blob_path(root, first).stat().st_mtime_ns
    second = keep_blob(settings, PHOTO + b" again")
    (root / "20200101T000000Z").mkdir()
    blob_path(root, second).parent.mkdir(exist_ok=True)
    blob_path(root, second).with_name(f"{second}.part").write_bytes(b"torn")
    made = back_up(settings, root, 2 * HOUR_MS)
    assert blob_path(root, first).stat().st_mtime_ns == seen
    assert blob_path(root, second).read_bytes() == PHOTO + b" again"
    assert made.blobs.rows == 2
    assert [each.name for each in states(root)] == sorted(
        each.name for each in root.iterdir() if each.is_dir() and each.name != "blobs"
    )
    assert len(states(root)) == 2


def test_a_damaged_blob_is_told_and_the_watermark_stands(
    settings: Settings, tmp_path: Path
) -> None:
    good, bad = keep_blob(settings, PHOTO), keep_blob(settings, PHOTO + b"!")
    (settings.data_dir / "blobs" / "sha256" / bad[:2] / bad).write_bytes(b"rotten")
    made = back_up(settings, tmp_path / "saved")
    assert (made.damaged, made.blobs.rows) == ([bad], 1)
    assert blob_path(tmp_path / "saved", good).exists()
    assert not blob_path(tmp_path / "saved", bad).exists()
    assert [row[2] for row in rows(settings)["server"]] == [0]


def test_the_folder_of_another_installation_is_left_alone(
    settings: Settings, empty: Settings, tmp_path: Path
) -> None:
    back_up(settings, tmp_path / "saved")
    migrate(empty.database_url)
    with pytest.raises(BackupFault, match="另一套安巡"):
        back_up(empty, tmp_path / "saved")
    assert len(states(tmp_path / "saved")) == 1


@pytest.mark.parametrize("what", ["changeset.jsonl.gz", "blob", "keys/sign.pem", "blobs.jsonl.gz"])
def test_one_wrong_byte_and_nothing_is_restored(
    what: str, settings: Settings, empty: Settings, tmp_path: Path
) -> None:
    root = tmp_path / "saved"
    content = keep_blob(settings, PHOTO)
    back_up(settings, root)
    path = blob_path(root, content) if what == "blob" else states(root)[-1] / what
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupFault, match="与清单不符"):
        bring_back(empty, root)
    assert not Path(empty.data_dir / "keys").exists()


@ON_BOTH
def test_data_in_the_way_is_named_and_then_set_aside(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "saved")
    name = str(sa.make_url(settings.database_url).database).rpartition("/")[2]
    before = rows(settings, "server", "session")
    with pytest.raises(BackupFault, match=f"--replace {name}"):
        bring_back(settings, tmp_path / "saved")
    with pytest.raises(BackupFault, match="已有数据"):
        bring_back(settings, tmp_path / "saved", replace="another")
    bring_back(settings, tmp_path / "saved", replace=name)
    assert rows(settings, "server", "session") == before
    if settings.database_url.startswith("sqlite"):
        assert len(list(settings.data_dir.glob("anxun.sqlite_before_*"))) == 1


def test_a_server_that_was_only_ever_started_gives_way(
    settings: Settings, place: Place, tmp_path: Path
) -> None:
    back_up(settings, tmp_path / "saved")
    migrate(place.settings.database_url)
    assert link(place.settings)
    with serving(place.settings) as client:
        assert client.get("/api/v1/me").status_code == 401
    bring_back(place.settings, tmp_path / "saved")
    assert rows(place.settings)["officer"] == rows(settings)["officer"]
    assert rows(place.settings)["setup_link"] == []


def live(settings: Settings) -> None:
    async def run() -> None:
        database = Database(settings.database_url)
        await beat(database, "w", SystemClock().now() + 2 * HOUR_MS)
        await database.close()

    asyncio.run(run())


def test_a_server_at_work_is_not_replaced_though_it_be_empty(
    settings: Settings, empty: Settings, tmp_path: Path
) -> None:
    back_up(settings, tmp_path / "saved")
    migrate(empty.database_url)
    for place in (settings, empty):
        live(place)
        with pytest.raises(BackupFault, match="还在运行"):
            bring_back(place, tmp_path / "saved", replace="anxun.sqlite")
    assert rows(settings)["officer"]


def test_a_state_of_a_newer_program_waits_for_it(
    settings: Settings, empty: Settings, tmp_path: Path
) -> None:
    back_up(settings, tmp_path / "saved")
    state = states(tmp_path / "saved")[-1]
    known = read_manifest(state).revision
    text = (state / "manifest.json").read_text(encoding="utf-8")
    (state / "manifest.json").write_text(text.replace(f'"{known}"', '"9999"'), encoding="utf-8")
    with pytest.raises(BackupFault, match="更新的版本"):
        bring_back(empty, tmp_path / "saved")
