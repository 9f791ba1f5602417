"""Bringing a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

_FOLDER = Path(__file__).resolve().parent / "migrations"


def migration_config(url: str) -> Config:
    """Alembic's configuration for one database; no file is read."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate_folder(url: str) -> None:
    """Make the folder of a new SQLite file."""
    if url.startswith("sqlite"):
        Path(url.partition(":///")[2]).parent.mkdir(parents=True, exist_ok=True)


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade to `revision`; a new SQLite file's folder is made."""
    migrate_folder(url)
    command.upgrade(migration_config(url), revision)


def head_revision() -> str:
    """The schema this program works on."""
    return str(ScriptDirectory.from_config(migration_config("")).get_current_head())


def knows_revision(revision: str) -> bool:
    """Whether this program has a way from that schema to its own."""
    try:
        return bool(ScriptDirectory.from_config(migration_config("")).get_revision(revision))
    except CommandError:
        return False
