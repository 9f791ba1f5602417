"""the rows an import refused are kept with it, as they stood in the file"""

import sqlalchemy as sa
from alembic import op

revision = "refused"
down_revision = "enrolling"
branch_labels = None
depends_on = None

ASCII = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "import_refused",
        sa.Column("run", ASCII, nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["import_run.id"], name=op.f("fk_import_refused_run")),
        sa.PrimaryKeyConstraint("run", name=op.f("pk_import_refused")),
    )


def downgrade() -> None:
    op.drop_table("import_refused")
