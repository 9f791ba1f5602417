"""Tables of the log. `seq` is per dossier and taken under the dossier's row lock (LG1)."""

import sqlalchemy as sa

from backend.core.database import Ascii, Instant, metadata

server = sa.Table(
    "server",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("timeline", Ascii, nullable=False),
    sa.Column("backed_up", Instant, nullable=False, server_default="0"),
)

device = sa.Table(
    "device",
    metadata,
    sa.Column("device", Ascii, primary_key=True),
    sa.Column("officer", Ascii, nullable=False, index=True),
    sa.Column("public_key", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("enrolled", Instant, nullable=False),
    sa.Column("revoked", Instant),
    sa.Column("last_contact", Instant),
    sa.Column("skew", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("said_epoch", sa.Integer),
    sa.Column("said_n", sa.BigInteger),
    sa.Column("revoked_words", sa.Text, nullable=False, server_default=""),
)
"""`said_epoch` and `said_n`: how far the phone's chain went when it last spoke of it."""

device_epoch = sa.Table(
    "device_epoch",
    metadata,
    sa.Column("device", Ascii, sa.ForeignKey("device.device"), primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("hash", Ascii, nullable=False),
)

dossier = sa.Table(
    "dossier",
    metadata,
    sa.Column("name", Ascii, primary_key=True),
    sa.Column("kind", Ascii, nullable=False),
    sa.Column("bureau", Ascii, nullable=False),
    sa.Column("section", Ascii, nullable=False),
    sa.Column("opener", Ascii, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("system_n", sa.BigInteger, nullable=False),
    sa.Column("system_hash", Ascii, nullable=False),
    sa.Column("system_time", Ascii, nullable=False),
)

dossier_grant = sa.Table(
    "dossier_grant",
    metadata,
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("officer", Ascii, primary_key=True, index=True),
    sa.Column("since", Instant, nullable=False),
    sa.Column("revoked", Instant),
)

changeset = sa.Table(
    "changeset",
    metadata,
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("device", Ascii, nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("entity", Ascii, nullable=False),
    sa.Column("record", Ascii, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("hash", Ascii, nullable=False),
    sa.Column("received", Instant, nullable=False),
    sa.Column("clamped", Ascii, nullable=False),
    sa.Column("author", Ascii, nullable=False),
    sa.Column("courier", Ascii, nullable=False),
    sa.Column("heads_after", sa.Text, nullable=False),
    sa.UniqueConstraint("device", "epoch", "n"),
)

record_state = sa.Table(
    "record_state",
    metadata,
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("entity", Ascii, primary_key=True),
    sa.Column("record", Ascii, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("fields", sa.Text, nullable=False),
    sa.Column("superseded", sa.Text, nullable=False),
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("device", Ascii, primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("n", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("dossier", Ascii, nullable=False, index=True),
    sa.Column("record", Ascii, nullable=False, index=True),
    sa.Column("reason", Ascii, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("hash", Ascii, nullable=False),
    sa.Column("signature", Ascii, nullable=False),
    sa.Column("author", Ascii, nullable=False),
    sa.Column("courier", Ascii, nullable=False),
    sa.Column("received", Instant, nullable=False),
    sa.Column("state", Ascii, nullable=False),
    sa.Column("decided_by", Ascii, nullable=False, server_default=""),
    sa.Column("decided", Instant),
    sa.Column("words", sa.Text, nullable=False, server_default=""),
)

unprocessed = sa.Table(
    "unprocessed",
    metadata,
    sa.Column("listener", Ascii, primary_key=True),
    sa.Column("dossier", Ascii, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due", Instant, nullable=False),
)
"""Effects of listeners that failed: the fact stays, the failed effect is retried and alarmed."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("topic", Ascii, primary_key=True),
    sa.Column("key", Ascii, primary_key=True),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("due", Instant, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lease_until", Instant),
    sa.Column("lease", Ascii),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
)
"""What belongs elsewhere: written with its cause, done by the worker."""
