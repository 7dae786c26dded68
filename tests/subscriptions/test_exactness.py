"""One edit changes the feeds that hold the session, once, and no others."""

from datetime import timedelta

import pytest

from tests.factories.accounts import ada as ada_person
from tests.factories.accounts import olga, person
from tests.factories.registration import seat
from tests.factories.sessions import draft, session
from tests.factories.societies import member, society
from webinar.accounts import service as accounts
from webinar.calendars.models import FeedKind
from webinar.calendars.queries import feeds as queries
from webinar.calendars.service import feed_keys as service
from webinar.db.store import store, transaction
from webinar.registration.queries import seats
from webinar.registration.service import seats as registration
from webinar.sessions.rules.start import When
from webinar.sessions.service import draft as drafts
from webinar.sessions.service import publication, timing
from webinar.societies import service as societies
from webinar.societies.models import Role
from webinar.subscriptions.models import ScopeKind
from webinar.subscriptions.queries.changes import changed_since
from webinar.subscriptions.queries.copies import version_of
from webinar.subscriptions.queries.events import Owner

BO = "bo@clinic.example"


@pytest.fixture
def ens(app):
    found = society()
    member(found, olga())
    return found


@pytest.fixture
def flow(ens):
    return session(ens, title="Flow diverters")


@pytest.fixture
def coils(ens):
    return session(ens, title="Coils")


def path_for(who, kind=FeedKind.PERSONAL):
    with transaction():
        key = service.give_feed(who.id, kind)
    return queries.path_of(key)


@pytest.fixture
def feeds(ens, flow, coils):
    """Feeds by name: Ada holds `flow`, Bo `coils`, Olga organises both; the other society has its own."""
    seat(flow)
    bo = seat(coils, BO, "Bo").person
    other = society("other", founder=person("otto@other.example", "Otto"))
    session(other, title="Theirs")
    return {
        "ada": path_for(ada_person()),
        "bo": path_for(bo),
        "olga": path_for(olga(), FeedKind.ORGANISER),
        "ens": "/ens/calendar.ics",
        "atom": "/ens/feed.atom",
        "json": "/ens/feed.json",
        "arabic": "/ens/calendar.ics?lang=ar",
        "reminding": "/ens/calendar.ics?alarm=15",
        "other": "/other/calendar.ics",
    }


@pytest.fixture
def readers(feeds, page):
    """Reads all feeds as programs do, with the tags that they hold; answers the names of those with news."""
    held = {}

    def read() -> list[str]:
        news = []
        for name, path in feeds.items():
            answer = page.raw(path, headers={"If-None-Match": held.get(name, "")})
            assert answer.status_code in {200, 304}
            if answer.status_code == 200:
                held[name] = answer.headers["ETag"]
                news.append(name)
        return news

    assert read() == list(feeds)
    assert read() == []
    return read


def test_a_moved_session_is_one_200_for_each_feed_that_holds_it(flow, readers):
    with transaction():
        timing.move(flow, olga(), When(flow.starts_local + timedelta(days=1), "Europe/Berlin", 60))
    assert readers() == ["ada", "olga", "ens", "atom", "json", "arabic", "reminding"]
    assert readers() == []


def test_a_cancelled_session_is_told_likewise(coils, readers):
    with transaction():
        publication.cancel(coils, olga(), "No room")
    assert readers() == ["bo", "olga", "ens", "atom", "json", "arabic", "reminding"]
    assert readers() == []


def test_a_draft_shows_to_organisers_alone(ens, readers):
    draft(ens, title="Secret")
    assert readers() == ["olga"]


def test_a_seat_taken_or_given_back_changes_its_persons_feed_alone(coils, readers):
    seat(coils)
    assert readers() == ["ada"]
    with transaction():
        registration.give_back(seats.of_person(ada_person().id)[0])
    assert readers() == ["ada"]


def test_an_edit_that_no_feed_shows_is_304_everywhere(flow, ens, readers):
    with transaction():
        drafts.edit(flow, olga(), drafts.Draft(title=flow.title, capacity=flow.capacity, locale="en"))
    # The date of the last change is in the calendars; nothing else could tell who holds the old one.
    readers()
    assert readers() == []


def test_a_societys_new_name_changes_what_names_it(ens, readers):
    profile = societies.Profile("New name", "Europe/Berlin", "en", "#0B5563", "events@ens.example")
    with transaction():
        societies.change_profile(ens, profile, olga())
    assert readers() == ["olga", "ens", "atom", "json", "arabic", "reminding"]


def test_a_persons_new_zone_changes_their_feed_alone(readers):
    with transaction():
        accounts.choose(ada_person(), "Ada", "Asia/Tokyo", "en")
    assert readers() == ["ada"]


def test_who_organises_no_longer_sees_no_drafts_any_more(ens, feeds, page, readers):
    draft(ens, title="Secret")
    readers()
    with transaction():
        held = next(m for m in societies.queries.team(ens.id) if m.person_id == olga().id)
        societies.change_role(ens, held.id, Role.PRESENTER, olga())
    assert readers() == ["olga"]
    assert b"BEGIN:VEVENT" not in page.raw(feeds["olga"]).data


def test_what_was_rolled_back_raises_nothing(flow, readers):
    with pytest.raises(ZeroDivisionError), transaction():
        timing.move(flow, olga(), When(flow.starts_local + timedelta(days=1), "Europe/Berlin", 60))
        raise ZeroDivisionError
    assert readers() == []


def test_a_new_day_without_news_is_304(readers, clock):
    clock.shift(timedelta(days=1))
    assert readers() == []


def test_a_day_on_which_sessions_leave_the_window_is_one_200(flow, readers, clock):
    clock.move_to(flow.starts_at + timedelta(days=91))
    assert readers() == ["ada", "bo", "olga", "ens", "atom", "json", "arabic", "reminding", "other"]
    assert readers() == []


def test_a_rotated_address_leaves_the_other_kind_alone(feeds, page, readers):
    with transaction():
        service.give_feed(olga().id)
        service.renew(olga(), FeedKind.PERSONAL)
    assert page.raw(feeds["olga"]).status_code == 200
    with transaction():
        service.renew(olga(), FeedKind.ORGANISER)
    assert page.raw(feeds["olga"]).status_code == 410
    assert page.raw(path_for(olga(), FeedKind.ORGANISER)).status_code == 200


def test_a_scopes_log_tells_what_changed_since_a_token_also_what_left(flow, coils):
    ada = seat(flow)
    owner = Owner(ScopeKind.PERSON, ada.person_id)
    first = version_of(owner)
    assert [(uid, session_id) for session_id, uid, _ in changed_since(owner, 0)] == [(flow.uid, flow.id)]
    assert list(changed_since(owner, first)) == []
    seat(coils)
    with transaction():
        registration.give_back(ada)
    assert [session_id for session_id, _uid, _version in changed_since(owner, first)] == [coils.id, flow.id]
    assert version_of(owner) > first


def test_a_first_edit_before_any_reader_is_not_lost(flow, page):
    store.commit()
    with transaction():
        timing.move(flow, olga(), When(flow.starts_local + timedelta(days=1), "Europe/Berlin", 60))
    assert b"DTSTART;TZID=Europe/Berlin:20261015" in page.raw("/ens/calendar.ics").data
