"""what a bureau words itself on its papers, though it works by the pack of another"""

import sqlalchemy as sa
from alembic import op

revision = "own"
down_revision = "comfort"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bureau", sa.Column("own", sa.Text(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("bureau") as altered:
        altered.drop_column("own")
