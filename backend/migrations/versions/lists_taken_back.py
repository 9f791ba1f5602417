"""a list of items taken back before its first day never comes into force"""

import sqlalchemy as sa
from alembic import op

revision = "taken_back"
down_revision = "refused"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("item_list", sa.Column("taken_back", sa.BigInteger()))


def downgrade() -> None:
    with op.batch_alter_table("item_list") as altered:
        altered.drop_column("taken_back")
