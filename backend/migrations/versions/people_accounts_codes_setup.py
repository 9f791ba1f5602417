"""accounts: one-time codes, the set-up link, why an enrolment ended, warnings of certificates"""

import sqlalchemy as sa
from alembic import op

revision = "people"
down_revision = "law"
branch_labels = None
depends_on = None

ASCII = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("officer", sa.Column("code_until", sa.BigInteger()))
    op.add_column("bureau", sa.Column("district", sa.Text(), server_default="", nullable=False))
    op.add_column("session", sa.Column("client", sa.Text(), server_default="", nullable=False))
    op.add_column("device", sa.Column("said_epoch", sa.Integer()))
    op.add_column("device", sa.Column("said_n", sa.BigInteger()))
    op.add_column(
        "device", sa.Column("revoked_words", sa.Text(), server_default="", nullable=False)
    )
    op.create_table(
        "setup_link",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token_sha256", ASCII, nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_link")),
    )
    op.create_table(
        "enrolment_code",
        sa.Column("officer", ASCII, nullable=False),
        sa.Column("code_sha256", ASCII, nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("given_by", ASCII, nullable=False),
        sa.ForeignKeyConstraint(
            ["officer"], ["officer.id"], name=op.f("fk_enrolment_code_officer")
        ),
        sa.PrimaryKeyConstraint("officer", name=op.f("pk_enrolment_code")),
    )
    op.create_table(
        "certificate_warning",
        sa.Column("officer", ASCII, nullable=False),
        sa.Column("until", ASCII, nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("officer", "until", "step", name=op.f("pk_certificate_warning")),
    )


def downgrade() -> None:
    op.drop_table("certificate_warning")
    op.drop_table("enrolment_code")
    op.drop_table("setup_link")
    for table, columns in (
        ("device", ("revoked_words", "said_n", "said_epoch")),
        ("session", ("client",)),
        ("bureau", ("district",)),
        ("officer", ("code_until",)),
    ):
        with op.batch_alter_table(table) as altered:
            for column in columns:
                altered.drop_column(column)
