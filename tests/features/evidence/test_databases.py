"""The statements that must hold against many workers at once, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from backend.app import make_dossiers
from backend.core.blobs import Blobs, open_blobs
from backend.core.database import Database, metadata
from backend.core.dossiers.devices import begin_timeline
from backend.core.dossiers.listening import SystemWrite
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.service import Dossiers
from backend.core.sessions import Session
from backend.core.signing import ServerKeys
from backend.features.evidence.service.finishing import Finishing
from backend.features.evidence.service.uploads import Uploads
from backend.features.evidence.service.viewing import Viewing
from backend.features.evidence.tables import holdings, uploads
from backend.features.evidence.tables.holdings import custody_view
from backend.features.evidence.tables.uploads import Upload
from tests.features.evidence.office import photo

DATA = photo(3_000, 70)
WORKERS = 6


@dataclass
class Bench:
    """A dossier with one evidence record, and the services over it."""

    dossiers: Dossiers
    blobs: Blobs
    dossier: str = ""
    record: str = ""

    async def upload(self) -> Upload:
        new = Upload(
            id=self.dossiers.ids.hex(32),
            officer="lijie",
            dossier=self.dossier,
            evidence=self.record,
            sha256=sha256(DATA).hexdigest(),
            type="image/jpeg",
            metadata="",
            length=len(DATA),
            offset=0,
            parts=(),
            state="receiving",
            mismatches=0,
            created=1,
            expires=2,
            received=None,
        )
        async with self.dossiers.database.write() as connection:
            await uploads.add_upload(connection, new)
        return new

    async def seen(self, name: str) -> Upload:
        async with self.dossiers.database.read() as connection:
            found = await uploads.find_upload(connection, name)
        assert found is not None
        return found


@pytest.fixture(params=["sqlite", "postgresql"])
async def bench(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bench]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'anxun.sqlite'}"
    if request.param == "postgresql":
        url = await _new_database(request.getfixturevalue("postgres"), tmp_path.name)
    await _make_tables(url)
    database = Database(url)
    dossiers = make_dossiers(database, ServerKeys.at(tmp_path / "keys"))
    bench = Bench(dossiers, open_blobs(f"file://{tmp_path / 'blobs'}"))
    async with database.write() as connection:
        await begin_timeline(connection, "0" * 16)
        facts = DossierFacts("", "inspection", "changji", "whk")
        bench.dossier = await dossiers.open(connection, facts, {"kind": "inspection"})
        fields = {"sha256": sha256(DATA).hexdigest(), "bytes": len(DATA), "type": "image/jpeg"}
        (row,) = await dossiers.write(
            connection, [SystemWrite(bench.dossier, "evidence", fields, cause="x")]
        )
        bench.record = row.changeset.record
    yield bench
    await database.close()


async def _make_tables(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()


async def _new_database(server: str, test: str) -> str:
    name = "".join(letter for letter in test.lower() if letter.isalnum())[-50:]
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    await engine.dispose()
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


async def test_the_offset_moves_for_one_worker_only(bench: Bench) -> None:
    new = await bench.upload()

    async def advance(part: str) -> Upload | None:
        async with bench.dossiers.database.write() as connection:
            return await uploads.advance(connection, new, part, 100, 9)

    moved = await asyncio.gather(*(advance(f"p{n}") for n in range(WORKERS)))
    (winner,) = [each for each in moved if each]
    assert (winner.offset, len(winner.parts), winner.expires) == (100, 1, 9)
    assert await bench.seen(new.id) == winner


async def test_a_worker_from_before_a_restart_cannot_move_the_offset(bench: Bench) -> None:
    new = await bench.upload()
    async with bench.dossiers.database.write() as connection:
        whole = await uploads.advance(connection, new, "p", len(DATA), 9)
        assert whole is not None
        assert whole.state == "checking"
        assert await uploads.restart(connection, whole)
        assert not await uploads.restart(connection, whole)
        assert not await uploads.mark_stored(connection, whole, 5)
        assert await uploads.advance(connection, new, "p", 10, 9) is None
    begun = await bench.seen(new.id)
    assert (begun.state, begun.offset, begun.parts, begun.mismatches) == ("receiving", 0, (), 1)


async def test_an_upload_that_moved_on_is_not_dropped(bench: Bench) -> None:
    new = await bench.upload()
    async with bench.dossiers.database.write() as connection:
        moved = await uploads.advance(connection, new, "p", 100, 9)
        assert moved is not None
        assert not await uploads.drop_upload(connection, new)
        assert [each.id for each in await uploads.expired(connection, 10, 5)] == [new.id]
        assert await uploads.expired(connection, 9, 5) == []
        assert await uploads.drop_upload(connection, moved)


async def test_many_workers_sign_one_receipt(bench: Bench) -> None:
    finishing = Finishing(bench.dossiers, bench.blobs)
    for _ in range(2):
        await Uploads(bench.dossiers, bench.blobs).append(await bench.upload(), DATA)
    again = await bench.upload()
    await asyncio.gather(
        *(finishing.settle(bench.dossier, bench.record) for _ in range(WORKERS)),
        Uploads(bench.dossiers, bench.blobs).append(again, DATA),
    )
    assert len(await _records(bench, "receipt")) == 1
    async with bench.dossiers.database.read() as connection:
        assert await holdings.missing(connection, bench.dossier) == []


async def test_two_finishers_of_one_upload_agree(bench: Bench) -> None:
    """The worker takes over while the request that was thought dead goes on."""
    new = await bench.upload()
    await bench.blobs.stage("p/1", DATA)
    async with bench.dossiers.database.write() as connection:
        whole = await uploads.advance(connection, new, "p/1", len(DATA), 9)
    assert whole is not None
    finishing = Finishing(bench.dossiers, bench.blobs)
    await asyncio.gather(*(finishing.finish(whole) for _ in range(2)), return_exceptions=True)
    assert (await bench.seen(new.id)).state == "stored"
    assert await bench.blobs.read(new.sha256) == DATA
    assert len(await _records(bench, "receipt")) == 1


async def test_many_looks_at_once_are_numbered_without_gap(bench: Bench) -> None:
    await Uploads(bench.dossiers, bench.blobs).append(await bench.upload(), DATA)
    async with bench.dossiers.database.read() as connection:
        held = await holdings.find_holding(connection, bench.dossier, bench.record)
    assert held is not None
    viewing = Viewing(bench.dossiers)
    sessions = [Session("lijie", f"{n:064x}") for n in range(WORKERS)]
    await asyncio.gather(
        *(viewing.look(session, held, "viewed") for session in sessions),
        *(viewing.look(sessions[0], held, "viewed") for _ in range(WORKERS)),
    )
    async with bench.dossiers.database.read() as connection:
        numbers = list((await connection.execute(sa.select(custody_view.c.n))).scalars())
    assert sorted(numbers) == list(range(1, WORKERS + 1))
    assert len(await _records(bench, "custody")) == WORKERS


async def test_a_record_is_noted_once(bench: Bench) -> None:
    async with bench.dossiers.database.write() as connection:
        held = await holdings.find_holding(connection, bench.dossier, bench.record)
        assert held is not None
        await holdings.note_evidence(connection, replace(held, sha256="f" * 64))
        assert await holdings.find_holdings(connection, bench.record) == [held]


async def _records(bench: Bench, entity: str) -> list[str]:
    query = sa.text("SELECT record FROM record_state WHERE dossier = :d AND entity = :e")
    async with bench.dossiers.database.read() as connection:
        rows = await connection.execute(query, {"d": bench.dossier, "e": entity})
        return list(rows.scalars())
