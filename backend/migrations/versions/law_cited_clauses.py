"""clauses that findings cite, by the version of the law"""

import sqlalchemy as sa
from alembic import op

revision = "law"
down_revision = "ops"
branch_labels = None
depends_on = None


def _ascii() -> sa.types.TypeEngine[str]:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "cited_clause",
        sa.Column("dossier", _ascii(), nullable=False),
        sa.Column("finding", _ascii(), nullable=False),
        sa.Column("citation", _ascii(), nullable=False),
        sa.Column("version", _ascii(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("issued", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "finding", "citation", name=op.f("pk_cited_clause")),
    )
    with op.batch_alter_table("cited_clause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cited_clause_version"), ["version"], unique=False)


def downgrade() -> None:
    op.drop_table("cited_clause")
