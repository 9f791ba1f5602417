"""until when a session that a password opened may enrol a phone"""

import sqlalchemy as sa
from alembic import op

revision = "enrolling"
down_revision = "own"
branch_labels = None
depends_on = None


def upgrade() -> None:
    until = sa.Column("enrols_until", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("session", until)


def downgrade() -> None:
    with op.batch_alter_table("session") as altered:
        altered.drop_column("enrols_until")
