"""faults that officers report"""

import sqlalchemy as sa
from alembic import op

revision = "comfort"
down_revision = "open"
branch_labels = None
depends_on = None


def _ascii() -> sa.types.TypeEngine[str]:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "fault",
        sa.Column("id", _ascii(), nullable=False),
        sa.Column("officer", _ascii(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["officer"], ["officer.id"], name=op.f("fk_fault_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault")),
    )
    op.create_index(op.f("ix_fault_officer"), "fault", ["officer"])
    op.create_index(op.f("ix_fault_at"), "fault", ["at"])


def downgrade() -> None:
    op.drop_table("fault")
