"""item lists, special checks, visits told apart, plans written anew"""

import sqlalchemy as sa
from alembic import op

revision = "planning"
down_revision = "people"
branch_labels = None
depends_on = None


def _ascii() -> sa.types.TypeEngine[str]:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _column(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, _ascii(), server_default=default, nullable=False)


def upgrade() -> None:
    _visits()
    with op.batch_alter_table("plan") as table:
        table.add_column(_column("replaces", ""))
        table.create_index(op.f("ix_plan_enterprise"), ["enterprise"], unique=False)
    _counters()
    op.create_table(
        "item_list",
        _column("bureau"),
        sa.Column("version", sa.Text(), nullable=False),
        _column("in_force"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _column("officer"),
        sa.Column("list", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bureau", "version", name=op.f("pk_item_list")),
    )
    _specials()


def _visits() -> None:
    """Every visit under a name of its own: a dossier holds its rechecks too."""
    op.create_table(
        "visit",
        _column("id"),
        _column("dossier"),
        _column("enterprise"),
        _column("day"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _column("kind"),
        _column("exempt"),
        sa.Column("joint", sa.Boolean(), nullable=False),
        sa.Column("open_findings", sa.Text(), server_default="[]", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_enterprise"), "visit", ["enterprise"], unique=False)
    op.execute(
        """INSERT INTO visit
            (id, dossier, enterprise, day, at, kind, exempt, joint, open_findings)
        SELECT dossier, dossier, enterprise, day, 0, kind,
            CASE WHEN counts OR kind IN ('recheck', 'accident') THEN '' ELSE 'other' END,
            false, open_findings
        FROM enterprise_visit"""
    )
    op.drop_table("enterprise_visit")


def _counters() -> None:
    """Numbers of a year for more than plans."""
    op.execute("CREATE TABLE plan_counter_before AS SELECT * FROM plan_counter")
    op.drop_table("plan_counter")
    op.create_table(
        "plan_counter",
        _column("bureau"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        _column("kind", "plan"),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bureau", "year", "kind", name=op.f("pk_plan_counter")),
    )
    op.execute(
        """INSERT INTO plan_counter (bureau, year, kind, last)
        SELECT bureau, year, 'plan', last FROM plan_counter_before"""
    )
    op.drop_table("plan_counter_before")


def _specials() -> None:
    op.create_table(
        "special_check",
        _column("id"),
        _column("bureau"),
        _column("section"),
        sa.Column("year", sa.Integer(), nullable=False),
        _column("kind"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        _column("since"),
        _column("until"),
        _column("state"),
        sa.Column("serial", sa.Integer(), nullable=False),
        _column("created_by"),
        sa.Column("created", sa.BigInteger(), nullable=False),
        _column("answered_by"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_check")),
    )
    op.create_index(op.f("ix_special_check_bureau"), "special_check", ["bureau"], unique=False)


_TEXTS = ("title", "need", "target", "content")


def downgrade() -> None:
    op.drop_table("special_check")
    op.drop_table("item_list")
    op.execute("CREATE TABLE plan_counter_after AS SELECT * FROM plan_counter")
    op.drop_table("plan_counter")
    op.create_table(
        "plan_counter",
        _column("bureau"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bureau", "year", name=op.f("pk_plan_counter")),
    )
    op.execute(
        """INSERT INTO plan_counter (bureau, year, last)
        SELECT bureau, year, last FROM plan_counter_after WHERE kind = 'plan'"""
    )
    op.drop_table("plan_counter_after")
    with op.batch_alter_table("plan") as table:
        table.drop_index(op.f("ix_plan_enterprise"))
        table.drop_column("replaces")
    _visits_before()


def _visits_before() -> None:
    op.create_table(
        "enterprise_visit",
        _column("dossier"),
        _column("enterprise"),
        _column("day"),
        _column("kind"),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("open_findings", sa.Text(), server_default="[]", nullable=False),
        sa.PrimaryKeyConstraint("dossier", name=op.f("pk_enterprise_visit")),
    )
    op.create_index(
        op.f("ix_enterprise_visit_enterprise"), "enterprise_visit", ["enterprise"], unique=False
    )
    op.execute(
        """INSERT INTO enterprise_visit (dossier, enterprise, day, kind, counts, open_findings)
        SELECT dossier, enterprise, day, kind,
            exempt = '' AND kind NOT IN ('recheck', 'accident'), open_findings
        FROM visit WHERE id = dossier"""
    )
    op.drop_table("visit")
