"""Site inspection plans on their way from desk to approval, and the plan numbers of a year."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

import sqlalchemy as sa

from backend.core.database import Ascii, Connection, Instant, for_update, insert_for, metadata
from backend.core.dossiers.ports import Sight

PlanState = Literal["pending_review", "pending_approval", "approved", "refused", "cancelled"]
SpecialState = Literal["pending", "approved", "refused"]

plan = sa.Table(
    "plan",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("bureau", Ascii, nullable=False, index=True),
    sa.Column("section", Ascii, nullable=False),
    sa.Column("enterprise", Ascii, nullable=False, index=True),
    sa.Column("enterprise_name", sa.Text, nullable=False),
    sa.Column("state", Ascii, nullable=False, index=True),
    sa.Column("created_by", Ascii, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("draft", sa.Text, nullable=False),
    sa.Column("dossier", Ascii, nullable=False, server_default=""),
    sa.Column("number", sa.Text, nullable=False, server_default=""),
    sa.Column("replaces", Ascii, nullable=False, server_default=""),
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
    sa.Column("kind", Ascii, primary_key=True, server_default="plan"),
    sa.Column("last", sa.Integer, nullable=False),
)

item_list = sa.Table(
    "item_list",
    metadata,
    sa.Column("bureau", Ascii, primary_key=True),
    sa.Column("version", sa.Text, primary_key=True),
    sa.Column("in_force", Ascii, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("officer", Ascii, nullable=False),
    sa.Column("list", sa.Text, nullable=False),
    sa.Column("taken_back", Instant),
)
"""`taken_back`: when a version was taken back before its first day; it never comes into force."""

special_check = sa.Table(
    "special_check",
    metadata,
    sa.Column("id", Ascii, primary_key=True),
    sa.Column("bureau", Ascii, nullable=False, index=True),
    sa.Column("section", Ascii, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("kind", Ascii, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("need", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("since", Ascii, nullable=False),
    sa.Column("until", Ascii, nullable=False),
    sa.Column("state", Ascii, nullable=False),
    sa.Column("serial", sa.Integer, nullable=False),
    sa.Column("created_by", Ascii, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("answered_by", Ascii, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
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
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class StoredSpecial:
    """专项或重点时段检查 as reported, with its answer; `serial` within the year once approved."""

    id: str
    bureau: str
    section: str
    year: int
    kind: str
    title: str
    need: str
    target: str
    content: str
    since: str
    until: str
    state: SpecialState
    serial: int
    created_by: str
    created: int
    answered_by: str
    words: str


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
            replaces=stored.replaces,
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


async def list_plans(connection: Connection, sight: Sight, state: str) -> list[StoredPlan]:
    """The last 200 plans in one state that lie in sight or were made by its officer, oldest first."""
    c = plan.c
    where = [c.bureau == sight.bureau, c.state == state]
    if sight.officer:
        where.append(sa.or_(c.created_by == sight.officer, c.section == sight.section))
    query = sa.select(plan).where(*where).order_by(c.created.desc(), c.id).limit(200)
    return [_stored(row) for row in reversed((await connection.execute(query)).all())]


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
        row.replaces,
    )


async def approved_of(connection: Connection, enterprise: str) -> list[StoredPlan]:
    """Approved plans of an enterprise, visited or not."""
    return await plans_of(connection, enterprise, "approved")


async def plans_of(connection: Connection, enterprise: str, *states: PlanState) -> list[StoredPlan]:
    """Plans of an enterprise in some states, the newest first."""
    query = (
        sa.select(plan)
        .where(plan.c.enterprise == enterprise, plan.c.state.in_(states))
        .order_by(plan.c.created.desc(), plan.c.id)
        .limit(200)
    )
    return [_stored(row) for row in await connection.execute(query)]


async def replaced_by(connection: Connection, plan_id: str) -> str:
    """The plan that was written anew in the place of a refused one; empty where none was."""
    query = sa.select(plan.c.id).where(plan.c.replaces == plan_id)
    return (await connection.execute(query)).scalars().first() or ""


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


async def next_serial(connection: Connection, bureau: str, year: int, kind: str) -> int:
    """The next number of the year: of plans (`plan`), of special checks (`special`)."""
    c = plan_counter.c
    values = {"bureau": bureau, "year": year, "kind": kind, "last": 1}
    statement = insert_for(plan_counter, connection.dialect.name).values(values)
    statement = statement.on_conflict_do_update(
        index_elements=[c.bureau, c.year, c.kind], set_={"last": c.last + 1}
    ).returning(c.last)
    return int((await connection.execute(statement)).scalar_one())


async def keep_item_list(
    connection: Connection,
    bureau: str,
    version: str,
    order: tuple[str, int],
    officer: str,
    text: str,
) -> None:
    """A version of the list as published; `order` is its first day and the instant."""
    in_force, at = order
    row = {"bureau": bureau, "version": version, "in_force": in_force, "at": at}
    await connection.execute(item_list.insert().values(**row, officer=officer, list=text))


async def item_lists(connection: Connection, bureau: str) -> list[str]:
    """Every version that was not taken back as JSON text, the newest first."""
    c = item_list.c
    standing = (c.bureau == bureau, c.taken_back.is_(None))
    query = sa.select(c.list).where(*standing).order_by(c.in_force.desc(), c.at.desc())
    return list((await connection.execute(query)).scalars())


async def item_list_named(connection: Connection, bureau: str, version: str) -> str | None:
    """One version as JSON text, taken back or not."""
    c = item_list.c
    query = sa.select(c.list).where(c.bureau == bureau, c.version == version)
    return (await connection.execute(query)).scalars().first()


async def take_back_list(
    connection: Connection, bureau: str, version: str, order: tuple[str, int]
) -> bool:
    """Whether the version was yet to come into force, and is now taken back; `order` is today and now."""
    (today, now), c = order, item_list.c
    coming = (c.bureau == bureau, c.version == version, c.in_force > today)
    done = await connection.execute(item_list.update().where(*coming).values(taken_back=now))
    return done.rowcount == 1


async def insert_special(connection: Connection, stored: StoredSpecial) -> None:
    """Keep a new report."""
    await connection.execute(special_check.insert().values(**asdict(stored)))


async def find_special(
    connection: Connection, special: str, hold: bool = False
) -> StoredSpecial | None:
    """One special check; with `hold` locked until the transaction ends."""
    query = sa.select(special_check).where(special_check.c.id == special)
    if hold:
        query = for_update(query, connection.dialect.name)
    row = (await connection.execute(query)).first()
    return StoredSpecial(**row._mapping) if row else None


async def specials_of(connection: Connection, bureau: str, year: int) -> list[StoredSpecial]:
    """台账 of a year, the newest first."""
    c = special_check.c
    query = (
        sa.select(special_check)
        .where(c.bureau == bureau, c.year == year)
        .order_by(c.created.desc(), c.id)
    )
    return [StoredSpecial(**row._mapping) for row in await connection.execute(query)]


async def answer_special(connection: Connection, answered: StoredSpecial) -> None:
    """The head's answer."""
    values = {name: getattr(answered, name) for name in ("state", "serial", "answered_by", "words")}
    where = special_check.c.id == answered.id
    await connection.execute(special_check.update().where(where).values(**values))
