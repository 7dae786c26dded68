"""Real programs against the served application: the caldav library, and vdirsyncer with a folder."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

import icalendar
import pytest
from werkzeug.serving import make_server

from tests.caldav.test_syncing import move
from tests.factories.registration import START_AT, call_off, open_session, seat
from tests.journeys.served import free_port
from webinar.db.store import store, transaction
from webinar.registration.service import seats as registration

HOUR = timedelta(hours=1)
ADA = "ada@clinic.example"

CLIENT = """
import sys
from datetime import datetime, timedelta
import caldav

url, user, password, start, end = sys.argv[1:]
with caldav.DAVClient(url=url, username=user, password=password) as client:
    [calendar] = client.principal().calendars()
    print(calendar.get_display_name())
    span = [datetime.fromisoformat(text) for text in (start, end)]
    for server_side in (False, True):
        found = calendar.search(start=span[0], end=span[1], event=True, expand=True, server_expand=server_side)
        for event in found:
            component = event.icalendar_component
            print(component.start.timestamp(), component.end.timestamp(), component["SUMMARY"])
    token = calendar.objects_by_sync_token().sync_token
    print(len(list(calendar.objects_by_sync_token(token))))
"""

CONFIG = """
[general]
status_path = "{folder}/status/"
[pair sessions]
a = "copy"
b = "webinar"
collections = ["from b"]
conflict_resolution = "b wins"
[storage copy]
type = "filesystem"
path = "{folder}/copy/"
fileext = ".ics"
[storage webinar]
type = "caldav"
url = "{base}/"
username = "{user}"
password = "{secret}"
item_types = ["VEVENT"]
read_only = true
"""


@pytest.fixture
def settings(settings):
    """As of every test, at an address of this machine."""
    return settings.model_copy(update={"base_url": f"http://127.0.0.1:{free_port()}"})


@pytest.fixture
def base(app, settings) -> Iterator[str]:
    """The application at its address."""
    server = make_server("127.0.0.1", urlsplit(settings.base_url).port or 80, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield settings.base_url
    server.shutdown()
    thread.join()
    server.server_close()


class Item(NamedTuple):
    """An event in the folder, and when its file was written."""

    start: datetime
    status: str
    written_ns: int


class Folder:
    """A folder that vdirsyncer keeps like Ada's calendar."""

    def __init__(self, folder: Path, base: str, secret: str) -> None:
        self.copy = folder / "copy" / "personal"
        self.copy.mkdir(parents=True)
        self.config = folder / "config"
        self.config.write_text(CONFIG.format(folder=folder, base=base, user=ADA, secret=secret))
        self._run("discover")

    def synced(self) -> dict[str, Item]:
        """The events by UID, after one more sync."""
        store.commit()
        self._run("sync")
        items = {}
        for path in self.copy.glob("*.ics"):
            [event] = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
            start = event.start.astimezone(UTC)
            items[str(event["UID"])] = Item(start, str(event["STATUS"]), path.stat().st_mtime_ns)
        return items

    def _run(self, verb: str) -> None:
        program = Path(sys.executable).parent / "vdirsyncer"
        command = [program, "--config", self.config, verb]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, input="")
        assert (done.returncode, "error" in done.stderr.lower()) == (0, False), done.stderr + done.stdout


def test_the_caldav_library_finds_the_right_instants(base, secret, flow):
    other = open_session(title="Months later", starts_at=START_AT + timedelta(days=60))
    seat(other)
    store.commit()
    span = [(START_AT - HOUR).isoformat(), (START_AT + HOUR).isoformat()]
    command = [sys.executable, "-W", "ignore", "-c", CLIENT, f"{base}/dav/", ADA, secret, *span]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    event = f"{START_AT.timestamp()} {(START_AT + HOUR).timestamp()} Flow diverters"
    assert done.stdout.splitlines() == ["My sessions", event, event, "0"]


def test_vdirsyncer_keeps_a_folder_like_the_calendar(base, secret, flow, tmp_path):
    other = open_session(title="Second")
    second = seat(other)
    folder = Folder(tmp_path, base, secret)
    first = folder.synced()
    assert {uid: item.start for uid, item in first.items()} == {flow.uid: START_AT, other.uid: START_AT}
    assert folder.synced() == first

    move(flow)
    moved = folder.synced()
    assert moved[flow.uid].start == START_AT + timedelta(days=1)
    assert moved[other.uid] == first[other.uid]

    call_off(flow)
    called_off = folder.synced()
    assert {uid: item.status for uid, item in called_off.items()} == {
        flow.uid: "CANCELLED",
        other.uid: "CONFIRMED",
    }
    assert called_off[other.uid] == first[other.uid]

    with transaction():
        registration.give_back(second)
    assert list(folder.synced()) == [flow.uid]
