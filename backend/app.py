"""create_app(): the composition root, the only file that sees every feature."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.clock import Clock, SystemClock
from backend.core.database import Database
from backend.core.dossiers import model as core_records
from backend.core.dossiers.devices import begin_timeline
from backend.core.dossiers.listening import Listener
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.routes import SyncRoutes, watch_moves
from backend.core.dossiers.service import Dossiers
from backend.core.headers import add_headers
from backend.core.ids import Ids, SystemIds
from backend.core.problems import Problem, answer_http, answer_problem, answer_unexpected
from backend.core.sessions import SessionMiddleware
from backend.core.signing import ServerKeys
from backend.features.documents import model as documents_records
from backend.features.enterprises import model as enterprises_records
from backend.features.evidence import model as evidence_records
from backend.features.identity import model as identity_records
from backend.features.identity import public as identity
from backend.features.identity.routes import IdentityRoutes
from backend.features.identity.service import Passwords
from backend.features.inspections import model as inspections_records
from backend.features.plans import model as plans_records
from backend.features.rectification import model as rectification_records
from backend.settings import Settings
from sync.server.admission import Right
from sync.server.changeset import Changeset
from sync.server.schema import MergeTable, merge_table
from sync.server.wire import Lease

RECORDS = (
    core_records,
    identity_records,
    enterprises_records,
    plans_records,
    evidence_records,
    documents_records,
    inspections_records,
    rectification_records,
)


def contract() -> MergeTable:
    """Every feature's records: declared once, here for the server, exported for the phone."""
    return merge_table(rule for records in RECORDS for rule in records.ENTITIES)


@dataclass(frozen=True, slots=True)
class AskedFeatures:
    """What the log asks, answered by the features (`backend.core.dossiers.ports.Permissions`)."""

    async def may(
        self, connection: AsyncConnection, officer: str, act: str, dossier: DossierFacts
    ) -> Right:
        """identity."""
        return await identity.may(connection, officer, act, dossier)

    async def incomplete(
        self, connection: AsyncConnection, changesets: Sequence[Changeset]
    ) -> set[str]:
        """documents."""
        return set()

    async def leases(
        self, connection: AsyncConnection, device: str, epoch: int, officer: str, now: int
    ) -> list[Lease]:
        """documents."""
        return []

    async def access_days(self, connection: AsyncConnection, officer: str) -> int:
        """The pack's access lease."""
        return 7


def listeners() -> list[Listener]:
    """In the order of a case: a lower feature hears first."""
    return []


def make_dossiers(
    database: Database, keys: ServerKeys, clock: Clock | None = None, ids: Ids | None = None
) -> Dossiers:
    """The log with every feature's ears and rules; also what the CLI and the simulator use."""
    return Dossiers(
        database=database,
        table=contract(),
        permissions=AskedFeatures(),
        listeners=listeners(),
        clock=clock or SystemClock(),
        ids=ids or SystemIds(),
        keys=keys,
    )


def create_app(settings: Settings) -> Litestar:
    """The server. The database must have been migrated."""
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    passwords = Passwords()

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        async with database.write() as connection:
            await begin_timeline(connection, dossiers.ids.hex(16))
        app.state.timeline = await dossiers.timeline()
        watcher = asyncio.create_task(watch_moves(dossiers))
        yield
        dossiers.poke.stop()
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher
        await database.close()

    return Litestar(
        route_handlers=[SyncRoutes, IdentityRoutes],
        dependencies={
            "dossiers": Provide(lambda: dossiers, sync_to_thread=False),
            "passwords": Provide(lambda: passwords, sync_to_thread=False),
        },
        middleware=[SessionMiddleware(database, dossiers.clock)],
        before_send=[add_headers],
        exception_handlers={
            Problem: answer_problem,
            HTTPException: answer_http,
            Exception: answer_unexpected,
        },
        compression_config=CompressionConfig(
            backend="gzip",
            gzip_compress_level=1,
            exclude=[
                "^/uploads",
                "^/api/v1/evidence",
                "^/api/v1/sync/poke",
                "^/engine",
                "^/assets",
            ],
        ),
        lifespan=[running],
        state=State({"timeline": ""}),
        openapi_config=None,
    )
