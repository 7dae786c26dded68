"""A program that keeps a copy of a feed (vdirsyncer) gets each event once, and then only what changed."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

import icalendar
import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.factories.accounts import olga
from tests.factories.sessions import session
from tests.factories.societies import society
from tests.journeys.served import free_port
from tests.judges import installed
from webinar.config import Settings
from webinar.db.store import store
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication, timing

# The first run installs the readers.
pytestmark = pytest.mark.timeout(900)

CONFIG = """
[general]
status_path = "{folder}/status/"
[pair feed]
a = "copy"
b = "webinar"
collections = null
[storage copy]
type = "filesystem"
path = "{folder}/copy/"
fileext = ".ics"
[storage webinar]
type = "http"
url = "{url}"
"""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As of every test, at an address of this machine."""
    return settings.model_copy(update={"base_url": f"http://127.0.0.1:{free_port()}"})


@pytest.fixture
def base(app: Flask, settings: Settings) -> Iterator[str]:
    """The application at its address."""
    server = make_server("127.0.0.1", urlsplit(settings.base_url).port or 80, app)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield settings.base_url
    server.shutdown()
    thread.join()
    server.server_close()


class Item(NamedTuple):
    """An event in the copy, and the file that holds it."""

    sequence: int
    start: datetime
    status: str
    file: str


class Copy:
    """A folder that vdirsyncer keeps like the feed."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder / "copy"
        self.folder.mkdir()
        self.config = folder / "config"
        self.config.write_text(CONFIG.format(folder=folder, url=url))
        self._run("discover")

    def sync(self) -> str:
        """Sync, and what the program said it did."""
        store.commit()  # what the test has only read would keep SQLite's one writer waiting
        return self._run("sync")

    def _run(self, command: str) -> str:
        done = subprocess.run(
            [installed.python(), "-m", "vdirsyncer", "--config", self.config, command],
            env=installed.QUIET, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stderr + done.stdout

    def events(self) -> dict[str, Item]:
        """Each file's event by the address of its page (vdirsyncer makes UIDs anew); one event a file."""
        items = {}
        for path in self.folder.iterdir():
            [event] = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
            start = event["DTSTART"].dt.astimezone(UTC)
            items[str(event["URL"]).rpartition("/")[2]] = Item(
                int(event["SEQUENCE"]), start, str(event["STATUS"]), path.name
            )
        assert len(items) == len(list(self.folder.iterdir()))
        return items


def test_two_syncs_copy_each_event_once_and_a_change_reaches_one(
    app: Flask, base: str, tmp_path: Path
) -> None:
    ens = society()
    flows = [session(ens, title=f"Flow {number}") for number in range(3)]
    names = [flow.slug for flow in flows]
    copy = Copy(tmp_path, f"{base}/{ens.slug}/calendar.ics")
    copy.sync()
    first = copy.events()
    assert sorted(first) == names

    copy.sync()
    assert copy.events() == first

    moved = flows[1]
    timing.move(moved, olga(), When(moved.starts_local + timedelta(days=1), "Europe/Berlin", 60))
    store.commit()
    copy.sync()
    assert {uid for uid, seen in copy.events().items() if seen != first[uid]} == {moved.slug}
    assert copy.events()[moved.slug].start == moved.starts_at
    assert copy.events()[moved.slug].sequence == first[moved.slug].sequence + 1

    cancelled = flows[2]
    publication.cancel(cancelled, olga(), "The speaker is ill.")
    store.commit()
    copy.sync()
    assert copy.events()[cancelled.slug].status == "CANCELLED"
    assert len(copy.events()) == 3
