"""Where the migrations lie, and how a database is brought to the newest of them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import DatabaseError

import webinar

_PACKAGE = Path(webinar.__file__).parent


def migrations_folder() -> Path:
    """The folder of migrations: beside the package in a checkout, inside it in a wheel."""
    beside = _PACKAGE.parent / "migrations"
    return beside if (beside / "env.py").exists() else _PACKAGE / "migrations"


def alembic_config(database_url: str) -> Config:
    """Alembic's configuration for one database URL."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.attributes["database_url"] = database_url
    return config


def upgrade(database_url: str, revision: str = "head") -> None:
    """Apply the migrations up to `revision`; does nothing where they already are."""
    command.upgrade(alembic_config(database_url), revision)


def pending(database_url: str) -> str:
    """What keeps the database from being at the newest migration, as a sentence; "" where nothing does."""
    newest = ScriptDirectory.from_config(alembic_config(database_url)).get_current_head()
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except DatabaseError as error:
        return f"cannot be reached: {error.orig}"
    finally:
        engine.dispose()
    return "" if current == newest else f"is at {current}, not at {newest}: run `webinar db upgrade`"


def downgrade(database_url: str, revision: str = "base") -> None:
    """Take migrations back down to `revision`."""
    command.downgrade(alembic_config(database_url), revision)
