"""imports: which record holds a register's row, runs of imports, withdrawn enterprises"""

import json

import sqlalchemy as sa
from alembic import op

revision = "imports"
down_revision = "planning"
branch_labels = None
depends_on = None

ASCII = sa.String().with_variant(sa.String(collation="C"), "postgresql")
register_row = sa.table(
    "register_row",
    sa.column("register"),
    sa.column("entity"),
    sa.column("row"),
    sa.column("record"),
)


def upgrade() -> None:
    op.create_table(
        "register_row",
        sa.Column("register", ASCII, nullable=False),
        sa.Column("entity", ASCII, nullable=False),
        sa.Column("row", ASCII, nullable=False),
        sa.Column("record", ASCII, nullable=False),
        sa.PrimaryKeyConstraint("register", "entity", "row", name=op.f("pk_register_row")),
    )
    _find_rows()
    op.create_table(
        "import_run",
        sa.Column("id", ASCII, nullable=False),
        sa.Column("bureau", ASCII, nullable=False),
        sa.Column("kind", ASCII, nullable=False),
        sa.Column("officer", ASCII, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", ASCII, nullable=False),
        sa.Column("list_version", sa.Text(), nullable=False),
        sa.Column("published", ASCII, nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", ASCII, server_default="", nullable=False),
        sa.Column("kept", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_bureau"), "import_run", ["bureau"])
    op.create_table(
        "import_row",
        sa.Column("run", ASCII, nullable=False),
        sa.Column("row", ASCII, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["import_run.id"], name=op.f("fk_import_row_run")),
        sa.PrimaryKeyConstraint("run", "row", name=op.f("pk_import_row")),
    )
    op.add_column(
        "enterprise",
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def _find_rows() -> None:
    """Each record of a reference dossier holds one row, whose id stands in it."""
    state = sa.table(
        "record_state",
        sa.column("dossier", sa.String()),
        sa.column("entity"),
        sa.column("record"),
        sa.column("fields"),
    )
    connection = op.get_bind()
    query = sa.select(state).where(state.c.dossier.like("ref.%"))
    found = [
        {
            "register": row.dossier,
            "entity": row.entity,
            "row": json.loads(row.fields)["record"]["heads"][-1]["value"]["id"],
            "record": row.record,
        }
        for row in connection.execute(query)
    ]
    if found:
        connection.execute(register_row.insert(), found)


def downgrade() -> None:
    op.drop_column("enterprise", "withdrawn")
    op.drop_table("import_row")
    op.drop_index(op.f("ix_import_run_bureau"), table_name="import_run")
    op.drop_table("import_run")
    op.drop_table("register_row")
