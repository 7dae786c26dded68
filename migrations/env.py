"""Runs migrations against the database of the settings, or the one handed over by a caller."""

from alembic import context
from sqlalchemy import create_engine

from webinar import app as _every_model  # noqa: F401  importing the app registers every model
from webinar.config import Settings
from webinar.db.base import Base

config = context.config
url = config.attributes.get("database_url") or Settings().database_url


def run() -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A table rebuilt in batch mode is dropped for a moment; its rows elsewhere must not object.
            connection.connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
