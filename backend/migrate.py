"""Bringing a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config

_FOLDER = Path(__file__).resolve().parent / "migrations"


def migration_config(url: str) -> Config:
    """Alembic's configuration for one database; no file is read."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade to `revision`; a new SQLite file's folder is made."""
    if url.startswith("sqlite"):
        Path(url.partition(":///")[2]).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(migration_config(url), revision)
