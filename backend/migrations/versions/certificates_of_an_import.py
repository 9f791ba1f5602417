"""what an import of officers keeps of an account are all its certificates, not only the newest"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "certificates"
down_revision = "taken_back"
branch_labels = None
depends_on = None

RUN = sa.table("import_run", sa.column("id"), sa.column("kind"))
ROW = sa.table(
    "import_row", sa.column("run"), sa.column("row"), sa.column("before"), sa.column("after")
)


def upgrade() -> None:
    _rewrite(_all)


def downgrade() -> None:
    _rewrite(_newest)


def _rewrite(change: Any) -> None:
    connection, c = op.get_bind(), ROW.c
    runs = sa.select(RUN.c.id).where(RUN.c.kind == "officers")
    for row in connection.execute(sa.select(ROW).where(c.run.in_(runs))).all():
        values = {name: _changed(getattr(row, name), change) for name in ("before", "after")}
        mine = (c.run == row.run, c.row == row.row)
        connection.execute(ROW.update().where(*mine).values(**values))


def _changed(text: str, change: Any) -> str:
    return json.dumps(change(json.loads(text)), ensure_ascii=False) if text else ""


def _all(account: dict[str, Any]) -> dict[str, Any]:
    held = account.pop("certificate", None)
    return {**account, "certificates": [held]} if held else account


def _newest(account: dict[str, Any]) -> dict[str, Any]:
    held = account.pop("certificates", None)
    return {**account, "certificate": held[-1]} if held else account
