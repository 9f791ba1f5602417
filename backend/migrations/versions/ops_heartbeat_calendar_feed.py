"""Workers' heartbeats and the officers' calendar feeds."""

import sqlalchemy as sa
from alembic import op

revision = "ops"
down_revision = "0001"
branch_labels = None
depends_on = None


def _ascii() -> sa.types.TypeEngine:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("worker", _ascii(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("officer", _ascii(), nullable=False),
        sa.Column("token_sha256", _ascii(), nullable=False),
        sa.Column("names", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("officer", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_calendar_feed_token_sha256")),
    )


def downgrade() -> None:
    op.drop_table("calendar_feed")
    op.drop_table("heartbeat")
