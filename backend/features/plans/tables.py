"""Site inspection plans on their way from desk to approval, and the plan numbers of a year."""

import json
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, for_update, insert_for, metadata

PlanState = Literal["pending_review", "pending_approval", "approved", "refused"]

plan = sa.Table(
    "plan",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("bureau", Ascii, nullable=False, index=True),
    sa.Column("section", Ascii, nullable=False),
    sa.Column("enterprise", Ascii, nullable=False),
    sa.Column("enterprise_name", sa.Text, nullable=False),
    sa.Column("state", Ascii, nullable=False, index=True),
    sa.Column("created_by", Ascii, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("draft", sa.Text, nullable=False),
    sa.Column("dossier", Ascii, nullable=False, server_default=""),
    sa.Column("number", sa.Text, nullable=False, server_default=""),
)

plan_answer = sa.Table(
    "plan_answer",
    metadata,
    sa.Column("plan", Ascii, sa.ForeignKey("plan.id"), primary_key=True),
    sa.Column("act", Ascii, primary_key=True),
    sa.Column("answer", Ascii, nullable=False),
    sa.Column("officer", Ascii, nullable=False),
    sa.Column("delegated_by", Ascii, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

plan_counter = sa.Table(
    "plan_counter",
    metadata,
    sa.Column("bureau", Ascii, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan with its draft as written at the desk."""

    id: str
    bureau: str
    section: str
    enterprise: str
    enterprise_name: str
    state: PlanState
    created_by: str
    created: int
    draft: dict[str, Any]
    dossier: str
    number: str


async def insert_plan(connection: Connection, stored: StoredPlan) -> None:
    """Keep a new plan."""
    await connection.execute(
        plan.insert().values(
            id=stored.id,
            bureau=stored.bureau,
            section=stored.section,
            enterprise=stored.enterprise,
            enterprise_name=stored.enterprise_name,
            state=stored.state,
            created_by=stored.created_by,
            created=stored.created,
            draft=json.dumps(stored.draft, ensure_ascii=False),
        )
    )


async def find_plan(connection: Connection, plan_id: str) -> StoredPlan | None:
    """One plan; locked until the transaction ends, so that two answers follow each other."""
    query = sa.select(plan).where(plan.c.id == plan_id)
    row = (await connection.execute(for_update(query, connection.dialect.name))).first()
    return _stored(row) if row else None


async def read_plan(connection: Connection, plan_id: str) -> StoredPlan | None:
    """One plan to look at: a reader waits for nobody's answer."""
    row = (await connection.execute(sa.select(plan).where(plan.c.id == plan_id))).first()
    return _stored(row) if row else None


async def list_plans(connection: Connection, bureau: str, state: str) -> list[StoredPlan]:
    """Plans of the bureau in one state, oldest first."""
    query = (
        sa.select(plan)
        .where(plan.c.bureau == bureau, plan.c.state == state)
        .order_by(plan.c.created)
        .limit(200)
    )
    return [_stored(row) for row in await connection.execute(query)]


def _stored(row: Any) -> StoredPlan:
    return StoredPlan(
        row.id,
        row.bureau,
        row.section,
        row.enterprise,
        row.enterprise_name,
        row.state,
        row.created_by,
        row.created,
        json.loads(row.draft),
        row.dossier,
        row.number,
    )


async def move_plan(
    connection: Connection, plan_id: str, state: PlanState, dossier: str = "", number: str = ""
) -> None:
    """The next state of a plan, and at approval its dossier and number."""
    values: dict[str, str] = {"state": state}
    if dossier:
        values |= {"dossier": dossier, "number": number}
    await connection.execute(plan.update().where(plan.c.id == plan_id).values(**values))


async def keep_answer(connection: Connection, row: dict[str, Any]) -> None:
    """审核 or 审批 as given."""
    await connection.execute(plan_answer.insert().values(**row))


async def answers_of(connection: Connection, plan_id: str) -> list[Any]:
    """The answers given to a plan, in order."""
    query = sa.select(plan_answer).where(plan_answer.c.plan == plan_id).order_by(plan_answer.c.at)
    return list((await connection.execute(query)).all())


async def next_plan_serial(connection: Connection, bureau: str, year: int) -> int:
    """The next plan number of the year."""
    statement = insert_for(plan_counter, connection.dialect.name).values(
        bureau=bureau, year=year, last=1
    )
    statement = statement.on_conflict_do_update(
        index_elements=[plan_counter.c.bureau, plan_counter.c.year],
        set_={"last": plan_counter.c.last + 1},
    ).returning(plan_counter.c.last)
    return int((await connection.execute(statement)).scalar_one())
