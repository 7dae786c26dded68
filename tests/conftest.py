"""One migrated database per test, a frozen clock, mail in memory, and a client that checks its pages."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from tests.databases import PostgresServer, fresh_postgres, migrated_sqlite
from tests.page import PageClient
from webinar import worker
from webinar.app import create_app
from webinar.config import Settings
from webinar.db.store import db, store
from webinar.mail.carriers.memory import MemoryCarrier

# Machines under load are slow now and then; that is no finding.
hypothesis.settings.register_profile("house", deadline=None, max_examples=60)
hypothesis.settings.load_profile("house")

WEDNESDAY = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
"""The present of every test that does not choose its own: Wednesday 7 October 2026, 09:00 UTC."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that touch no database need not run again on the second one."""
    for item in items:
        if "database_url" not in getattr(item, "fixturenames", ()):
            item.add_marker("pure")


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session")
def prepared(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | PostgresServer]:
    """The real migrations, run once per test process; each test gets a copy."""
    if database_kind == "sqlite":
        yield migrated_sqlite(tmp_path_factory.mktemp("prepared"))
    else:
        with (
            TemporaryDirectory(prefix="webinar-postgres-") as folder,
            PostgresServer.started(Path(folder)) as server,
        ):
            yield server


@pytest.fixture
def database_url(prepared: Path | PostgresServer, tmp_path: Path) -> Iterator[str]:
    if isinstance(prepared, Path):
        copy = tmp_path / "test.sqlite3"
        shutil.copy(prepared, copy)
        yield f"sqlite:///{copy}"
    else:
        with fresh_postgres(prepared) as url:
            yield url


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The frozen clock: `clock.move_to(...)`, `clock.shift(timedelta)`."""
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        mode="test",
        base_url="http://webinar.test",
        secret_key="a secret for tests only, long enough to be accepted",
        data=tmp_path / "data",
        database_url=database_url,
        mail_carrier="folder",
    )


@pytest.fixture
def app(settings: Settings, clock: time_machine.Traveller) -> Iterator[Flask]:
    app = create_app(settings)
    app.extensions["webinar.carrier"] = MemoryCarrier()
    with app.app_context():
        yield app
        store.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def carrier(app: Flask) -> MemoryCarrier:
    """The mails sent so far: `carrier.sent`."""
    return app.extensions["webinar.carrier"]


@pytest.fixture
def page(app: Flask) -> PageClient:
    """A browser without JavaScript that checks every page it fetches."""
    return PageClient(app)


@pytest.fixture
def work(app: Flask):
    """Ticks the worker by hand: sweep, then deliver all that is due."""

    def tick() -> int:
        store.commit()
        return worker.once(app)

    return tick


@pytest.fixture
def questions(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with questions() as asked: …` collects the SELECT statements sent meanwhile."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            if statement.lstrip().upper().startswith("SELECT"):
                asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
