"""What an earlier program kept of an import of officers can still be undone."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import command

from backend.core.database import metadata
from backend.migrate import migration_config
from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.migrations.test_migrations import on

ACCOUNT = {"id": "a", "login": "mawen", "name": "马文", "section": "whk", "roles": ["R1"]}
HELD = {"number": "65020001", "scope": ["综合"], "issued": "2025-01-10", "until": "2028-01-09"}


def keep(connection: sa.Connection) -> None:
    texts = dict.fromkeys(("file_name", "file_sha256", "list_version", "published"), "")
    run = {**texts, "id": "r", "bureau": "changji", "kind": "officers", "officer": "gaoyuan"}
    counts = {"at": 1, "created": 1, "changed": 0, "refused": 0}
    connection.execute(metadata.tables["import_run"].insert(), {**run, **counts})
    row = {"run": "r", "row": "a", "name": "马文", "before": ""}
    after = json.dumps({**ACCOUNT, "certificate": HELD}, ensure_ascii=False)
    connection.execute(metadata.tables["import_row"].insert(), {**row, "after": after})


def kept(connection: sa.Connection) -> Any:
    (row,) = connection.execute(sa.select(metadata.tables["import_row"]))
    assert row.before == ""
    return json.loads(row.after)


@ON_BOTH
def test_the_certificate_kept_of_an_account_is_the_first_of_all_it_has(settings: Settings) -> None:
    config = migration_config(settings.database_url)
    command.downgrade(config, "taken_back")
    on(settings.database_url, keep)
    command.upgrade(config, "certificates")
    assert on(settings.database_url, kept) == {**ACCOUNT, "certificates": [HELD]}
    command.downgrade(config, "taken_back")
    assert on(settings.database_url, kept) == {**ACCOUNT, "certificate": HELD}
