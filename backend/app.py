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

from backend.core.blobs import Blobs, open_blobs
from backend.core.clock import Clock, SystemClock
from backend.core.database import Connection, Database
from backend.core.days import day_of
from backend.core.dossiers import model as core_records
from backend.core.dossiers.devices import begin_timeline
from backend.core.dossiers.handing_in import LifeboatReply
from backend.core.dossiers.listening import Listener
from backend.core.dossiers.ports import DossierFacts
from backend.core.dossiers.routes import SyncRoutes, watch_moves
from backend.core.dossiers.service import Dossiers
from backend.core.headers import add_headers
from backend.core.health import Health, HealthRoutes
from backend.core.ids import Ids, SystemIds
from backend.core.metrics import Metrics, read_log
from backend.core.openapi import CONFIG, OpenAPIRoutes
from backend.core.problems import Problem, answer_unexpected
from backend.core.requests import note_answer
from backend.core.sessions import SessionMiddleware
from backend.core.signing import ServerKeys
from backend.core.site import PACKED_ALREADY, SiteRoutes
from backend.features.deadlines import model as deadlines_records
from backend.features.deadlines import public as deadlines
from backend.features.deadlines import routes as deadlines_routes
from backend.features.deadlines.service.feeding import FeedState, FeedWish
from backend.features.deadlines.service.telling import InboxLine
from backend.features.disclosure import listeners as disclosure_listeners
from backend.features.disclosure import model as disclosure_records
from backend.features.disclosure.routes import ROUTES as DISCLOSURE_ROUTES
from backend.features.disclosure.routes.answers import answer_any_http, answer_any_problem
from backend.features.disclosure.routes.complaints import (
    ComplaintBody,
    ComplaintView,
    EvaluationView,
)
from backend.features.documents import listeners as documents_listeners
from backend.features.documents import model as documents_records
from backend.features.documents import public as documents
from backend.features.documents.routes import CodeText, PosterFiles, PosterRoutes
from backend.features.enterprises import model as enterprises_records
from backend.features.enterprises import public as enterprises
from backend.features.enterprises.routes import EnterprisePage, EnterpriseRoutes
from backend.features.evidence import listeners as evidence_listeners
from backend.features.evidence import model as evidence_records
from backend.features.evidence import public as evidence
from backend.features.evidence import routes as evidence_routes
from backend.features.identity import model as identity_records
from backend.features.identity import public as identity
from backend.features.identity.routes import IdentityRoutes, Me
from backend.features.identity.routes import views as identity_views
from backend.features.identity.routes.delegations import (
    DelegationBody,
    DelegationRoutes,
    DelegationView,
)
from backend.features.identity.routes.faults import FaultBody, FaultRoutes, FaultView
from backend.features.identity.routes.oversight import OversightRoutes
from backend.features.identity.routes.own import OwnRoutes
from backend.features.identity.routes.people import PeopleRoutes
from backend.features.identity.routes.setup import SetupRoutes
from backend.features.identity.service import Passwords
from backend.features.imports.model import CheckView, RunView, UndoBody, UndoView
from backend.features.imports.public import Imports
from backend.features.imports.routes import ImportRoutes
from backend.features.inspections import listeners as inspections_listeners
from backend.features.inspections import model as inspections_records
from backend.features.inspections.routes import Decision, HeldView, InspectionRoutes
from backend.features.inspections.routes.finding import FindingRoutes, FoundDossier, StaleLaw
from backend.features.inspections.tables import InspectionRow
from backend.features.law.routes import LawFile, LawReading, LawRoutes
from backend.features.plans import model as plans_records
from backend.features.plans import public as plans
from backend.features.plans.routes import AnswerBody, CancelBody, PlanRoutes, PlanView
from backend.features.plans.routes.lists import ItemListRoutes, ItemListView
from backend.features.plans.routes.specials import Ledger, SpecialRoutes
from backend.features.plans.service.advising import PlanAdvice
from backend.features.plans.service.specials import SpecialDraft
from backend.features.rectification import listeners as rectification_listeners
from backend.features.rectification import model as rectification_records
from backend.features.rectification.routes import ExtensionBody, RequestRoutes, RequestView
from backend.migrate import head_revision
from backend.settings import Settings
from backend.work import Work
from sync.server.admission import Right
from sync.server.changeset import Changeset
from sync.server.schema import MergeTable, merge_table
from sync.server.wire import Lease

RECORDS = (
    core_records,
    identity_records,
    deadlines_records,
    enterprises_records,
    plans_records,
    evidence_records,
    documents_records,
    inspections_records,
    rectification_records,
    disclosure_records,
)


HTTP_TYPES = (
    Me,
    PlanView,
    AnswerBody,
    CancelBody,
    PlanAdvice,
    ItemListView,
    Ledger,
    SpecialDraft,
    DelegationBody,
    DelegationView,
    InspectionRow,
    HeldView,
    FoundDossier,
    StaleLaw,
    Decision,
    FaultBody,
    FaultView,
    deadlines.DueClocks,
    InboxLine,
    FeedWish,
    FeedState,
    CodeText,
    evidence_routes.EvidenceState,
    LawFile,
    LawReading,
    LifeboatReply,
    identity_views.PeopleView,
    identity_views.PersonBody,
    identity_views.SectionBody,
    identity_views.CertificateBody,
    identity_views.CodeView,
    identity_views.EnrolmentView,
    identity_views.AuditView,
    identity_views.SetupOffer,
    identity_views.SetupBody,
    identity_views.SessionView,
    CheckView,
    RunView,
    UndoBody,
    UndoView,
    PosterFiles,
    EnterprisePage,
    RequestView,
    ExtensionBody,
    ComplaintView,
    ComplaintBody,
    EvaluationView,
)
"""Bodies of the desk's requests and answers, exported for TypeScript."""


def contract() -> MergeTable:
    """Every feature's records: declared once, here for the server, exported for the phone."""
    return merge_table(rule for records in RECORDS for rule in records.ENTITIES)


@dataclass(frozen=True, slots=True)
class AskedFeatures:
    """What the log asks, answered by the features (`backend.core.dossiers.ports.Permissions`)."""

    clock: Clock

    async def may(
        self, connection: Connection, officer: str, act: str, dossier: DossierFacts
    ) -> Right:
        """identity; opening also asks for a valid certificate (GR4)."""
        right = await identity.may(connection, officer, act, dossier)
        if act != "open" or right != "yes":
            return right
        today = day_of(self.clock.now())
        bad = await identity.not_certified(connection, [officer], "", today)
        return "no_authority" if bad else "yes"

    def act_of(self, entity: str) -> str:
        """identity."""
        return identity.act_of(entity)

    async def incomplete(self, connection: Connection, changesets: Sequence[Changeset]) -> set[str]:
        """documents."""
        return await documents.incomplete(connection, changesets)

    async def leases(
        self, connection: Connection, device: str, epoch: int, officer: str, now: int
    ) -> list[Lease]:
        """documents."""
        return await documents.leases(connection, device, epoch, officer, now)

    async def access_days(self, connection: Connection, officer: str) -> int:
        """The pack's access lease."""
        return await identity.access_days(connection, officer)


async def furnish(dossiers: Dossiers, connection: Connection, bureau: str) -> None:
    """Every register a bureau's phones carry, as it should be now; enterprises come by imports."""
    await identity.publish_officers(dossiers, connection, bureau)
    await identity.publish_keys(dossiers, connection, bureau)
    await plans.publish_items(dossiers, connection, bureau)
    await plans.publish_pack(dossiers, connection, bureau)
    await enterprises.register_enterprises(dossiers, connection, bureau, [])
    await identity.carry_registers(dossiers, connection, bureau)


def listeners(ids: Ids) -> tuple[Listener, ...]:
    """In the order of a case: a lower feature hears first."""
    return (
        *evidence_listeners.LISTENERS,
        *documents_listeners.LISTENERS,
        *inspections_listeners.listeners(ids),
        *rectification_listeners.LISTENERS,
        *disclosure_listeners.listeners(ids),
    )


def make_dossiers(
    database: Database, keys: ServerKeys, clock: Clock | None = None, ids: Ids | None = None
) -> Dossiers:
    """The log with every feature's ears and rules; also what the CLI and the simulator use."""
    clock, ids = clock or SystemClock(), ids or SystemIds()
    return Dossiers(
        database=database,
        table=contract(),
        permissions=AskedFeatures(clock),
        listeners=listeners(ids),
        clock=clock,
        ids=ids,
        keys=keys,
    )


def create_app(settings: Settings, work: bool = True) -> Litestar:
    """The server; with `work` it also does the worker's jobs. The database must be migrated."""
    database = Database(settings.database_url)
    dossiers = make_dossiers(database, ServerKeys.at(settings.data_dir / "keys"))
    blobs = open_blobs(settings.blob_url)
    guard = deadlines.EndpointGuard(settings.push_allow, deadlines.resolve_host)
    worker = Work(dossiers, blobs, settings, guard)
    metrics = Metrics()
    health = Health(
        database=database,
        blobs=blobs,
        clock=dossiers.clock,
        metrics=metrics,
        readers=(read_log, deadlines.readings, evidence.readings),
        head=head_revision(),
        folder=settings.data_dir,
        token=settings.metrics_token,
    )

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        async with database.write() as connection:
            await begin_timeline(connection, dossiers.ids.hex(16))
        app.state.timeline = await dossiers.timeline()
        tasks = [asyncio.create_task(watch_moves(dossiers))]
        if work:
            tasks.append(asyncio.create_task(worker.run()))
        yield
        dossiers.poke.stop()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await database.close()

    return Litestar(
        route_handlers=[
            SyncRoutes,
            IdentityRoutes,
            DelegationRoutes,
            OwnRoutes,
            PeopleRoutes,
            OversightRoutes,
            SetupRoutes,
            FaultRoutes,
            *deadlines_routes.ROUTES,
            LawRoutes,
            EnterpriseRoutes,
            PosterRoutes,
            PlanRoutes,
            ItemListRoutes,
            SpecialRoutes,
            ImportRoutes,
            *evidence_routes.ROUTES,
            InspectionRoutes,
            FindingRoutes,
            RequestRoutes,
            *DISCLOSURE_ROUTES,
            OpenAPIRoutes,
            HealthRoutes,
            SiteRoutes,
        ],
        dependencies=_dependencies(dossiers, blobs, guard, settings)
        | {"health": Provide(lambda: health, sync_to_thread=False)},
        middleware=[SessionMiddleware(database, dossiers.clock)],
        before_send=[add_headers, note_answer],
        exception_handlers={
            Problem: answer_any_problem,
            HTTPException: answer_any_http,
            Exception: answer_unexpected,
        },
        compression_config=CompressionConfig(
            backend="gzip",
            gzip_compress_level=1,
            exclude=["^/uploads", "^/api/v1/evidence", "^/api/v1/sync/poke"],
            exclude_opt_key=PACKED_ALREADY,
        ),
        lifespan=[running],
        state=State(
            {"timeline": "", "site": settings.site, "ids": dossiers.ids, "metrics": metrics}
        ),
        logging_config=None,
        openapi_config=CONFIG,
    )


def _dependencies(
    dossiers: Dossiers, blobs: Blobs, guard: deadlines.EndpointGuard, settings: Settings
) -> dict[str, Provide]:
    passwords = Passwords()
    imports = Imports(dossiers)
    press = documents.Press(settings.faces, settings.public_url)
    return {
        "dossiers": Provide(lambda: dossiers, sync_to_thread=False),
        "passwords": Provide(lambda: passwords, sync_to_thread=False),
        "furnish": Provide(lambda: furnish, sync_to_thread=False),
        "imports": Provide(lambda: imports, sync_to_thread=False),
        "press": Provide(lambda: press, sync_to_thread=False),
        "blobs": Provide(lambda: blobs, sync_to_thread=False),
        "push_guard": Provide(lambda: guard, sync_to_thread=False),
        "public_url": Provide(lambda: settings.public_url, sync_to_thread=False),
    }
