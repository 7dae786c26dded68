"""Migrations are numbered, form one line, go down and up again, and end where the models are."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from tests.house.tree import ROOT
from webinar.app import MODELS
from webinar.db.base import Base
from webinar.db.migrating import alembic_config, downgrade, upgrade

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))
NUMBERED = re.compile(r"(\d{4})_[a-z_]+\.py")


@pytest.fixture
def engine(database_url):
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def tables(engine) -> set[str]:
    """The tables of a database, without the migrations' own."""
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def differences(engine) -> list:
    """What `alembic check` would complain of."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def test_migrations_are_numbered_from_one_without_a_gap():
    numbers = [found and int(found[1]) for found in (NUMBERED.fullmatch(path.name) for path in VERSIONS)]
    assert numbers == list(range(1, len(VERSIONS) + 1))


def test_migrations_form_one_line_in_the_order_of_their_numbers():
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))
    line = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    assert line == [path.name[:4] for path in VERSIONS]
    assert scripts.get_heads() == [line[-1]]


def test_each_migration_opens_with_a_sentence_and_can_be_taken_back():
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))
    for script in scripts.walk_revisions():
        assert script.doc, f"{script.revision} says nothing"
        assert callable(script.module.downgrade), f"{script.revision} cannot be taken back"


def test_a_migrated_database_is_what_the_models_say(engine):
    assert MODELS, "the app registers the models"
    assert differences(engine) == []
    assert tables(engine) == set(Base.metadata.tables)


def test_migrations_go_down_to_nothing_and_up_again(engine, database_url):
    downgrade(database_url, "base")
    assert tables(engine) == set()
    upgrade(database_url)
    assert differences(engine) == []


def test_each_migration_can_be_taken_back_alone_and_repeated(engine, database_url):
    for path in reversed(VERSIONS):
        downgrade(database_url, "-1")
        upgrade(database_url, "+1")
        downgrade(database_url, "-1")
        assert path.name[:4] == str(int(_revision(engine) or 0) + 1).zfill(4)


def _revision(engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
