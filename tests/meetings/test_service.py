"""Setting a room and switching to its backup; each real change is told once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.accounts import olga
from tests.factories.meetings import room
from tests.factories.sessions import draft, session
from tests.factories.societies import ens_with_olga
from webinar.audit.models import Entry
from webinar.db.store import store
from webinar.meetings import queries, service
from webinar.meetings.port import Link
from webinar.meetings.rules import join_target
from webinar.meetings.service import LinkSavedMeanwhile, NoBackup
from webinar.outbox.models import Letter

pytestmark = pytest.mark.usefixtures("app")
FIRST, BACKUP = "https://first.example/r", "https://backup.example/r"


def told() -> int:
    return len(store.scalars(select(Letter).where(Letter.kind == "fact.RoomChanged")).all())


def test_without_a_link_there_is_no_room():
    assert queries.room_of(draft(ens_with_olga()[0]).id) is None


def test_setting_a_link_is_told_and_setting_it_again_is_not():
    made = session(ens_with_olga()[0])
    room(made, FIRST, passcode="4417")
    room(made, FIRST, passcode="4417")
    found = queries.room_of(made.id)
    assert found is not None
    assert (join_target(found), found.passcode, told()) == (FIRST, "4417", 1)
    room(made, FIRST, passcode="0000")
    assert told() == 2


def test_one_switch_leads_everybody_to_the_backup_and_back():
    made = session(ens_with_olga()[0])
    room(made, FIRST, backup_url=BACKUP)
    assert join_target(service.use_backup(made, olga())) == BACKUP
    service.use_backup(made, olga())
    assert told() == 2
    assert join_target(service.use_backup(made, olga(), backup=False)) == FIRST
    assert told() == 3


def test_without_a_backup_there_is_nothing_to_switch_to():
    made = session(ens_with_olga()[0])
    with pytest.raises(NoBackup):
        service.use_backup(made, olga())
    room(made, FIRST)
    with pytest.raises(NoBackup):
        service.use_backup(made, olga())


def test_taking_the_backup_away_leads_back_to_the_first_room():
    made = session(ens_with_olga()[0])
    room(made, FIRST, backup_url=BACKUP)
    service.use_backup(made, olga())
    assert join_target(room(made, FIRST)) == FIRST


def test_a_link_from_an_old_page_is_refused(clock):
    made = session(ens_with_olga()[0])
    seen_at = room(made, FIRST).changed_at
    clock.shift(timedelta(minutes=1))
    room(made, BACKUP)
    with pytest.raises(LinkSavedMeanwhile):
        service.set_link(made, olga(), Link(url="https://third.example/r"), seen_at=seen_at)


def test_the_audit_log_never_holds_the_link():
    made = session(ens_with_olga()[0])
    room(made, FIRST, passcode="4417")
    entries = store.scalars(select(Entry).where(Entry.action == "room.set")).all()
    assert [(entry.thing_id, entry.detail) for entry in entries] == [(made.id, {})]


def test_many_rooms_in_one_question():
    ens, _ = ens_with_olga()
    first, second = session(ens), session(ens)
    found = room(first, FIRST)
    assert queries.rooms_of([first.id, second.id]) == {first.id: found}
