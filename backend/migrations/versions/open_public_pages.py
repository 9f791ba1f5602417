"""public pages: doors, passes, photos on their way, requests, complaints, evaluations"""

import sqlalchemy as sa
from alembic import op

revision = "open"
down_revision = "imports"
branch_labels = None
depends_on = None


def _ascii() -> sa.types.TypeEngine:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _key(name: str) -> sa.Column:
    return sa.Column(name, _ascii(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "enterprise_request",
        _key("record"),
        _key("dossier"),
        _key("order"),
        _key("kind"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _key("until"),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_enterprise_request")),
    )
    op.create_table(
        "visit_door",
        _key("token_sha256"),
        _key("dossier"),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_visit_door")),
    )
    op.create_table(
        "open_pass",
        _key("token_sha256"),
        _key("dossier"),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_open_pass")),
    )
    op.create_table(
        "draft_photo",
        _key("id"),
        _key("pass_sha256"),
        _key("item"),
        _key("sha256"),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_photo")),
    )
    op.create_table(
        "complaint",
        _key("dossier"),
        _key("bureau"),
        sa.Column("number", sa.Text(), nullable=False),
        _key("query_sha256"),
        _key("inspection"),
        _key("state"),
        sa.Column("received", sa.BigInteger(), nullable=False),
        _key("reply_by"),
        sa.PrimaryKeyConstraint("dossier", name=op.f("pk_complaint")),
        sa.UniqueConstraint("query_sha256", name=op.f("uq_complaint_query_sha256")),
    )
    op.create_table(
        "complaint_counter",
        _key("bureau"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bureau", "year", name=op.f("pk_complaint_counter")),
    )
    op.create_table(
        "evaluation",
        _key("dossier"),
        _key("bureau"),
        _key("inspection"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", name=op.f("pk_evaluation")),
    )
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    for table, column in reversed(_INDEXES):
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in _TABLES:
        op.drop_table(table)


_INDEXES = (
    ("enterprise_request", "dossier"),
    ("visit_door", "dossier"),
    ("open_pass", "until"),
    ("draft_photo", "pass_sha256"),
    ("complaint", "bureau"),
    ("complaint", "inspection"),
    ("evaluation", "bureau"),
    ("evaluation", "inspection"),
)
_TABLES = (
    "evaluation",
    "complaint_counter",
    "complaint",
    "draft_photo",
    "open_pass",
    "visit_door",
    "enterprise_request",
)
