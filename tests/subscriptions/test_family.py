"""A series that goes on by another rhythm: who subscribed before keeps its later dates."""

from datetime import timedelta

import icalendar
import pytest

from tests.factories.accounts import olga
from tests.factories.series import dates_of, follow_on, rounds
from webinar.db.store import transaction
from webinar.sessions.rules.start import When
from webinar.sessions.service import timing


@pytest.fixture
def split(app):
    """Four weekly dates, the last two on Thursdays by a series of their own."""
    first = rounds(4, published=4)
    third = dates_of(first)[2]
    return first, follow_on(first, third, "2026-10-29T18:00", 2)


def path(series):
    return f"/ens/series/{series.slug}.ics"


def uids(answer):
    return {str(each["UID"]) for each in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}


def test_the_first_feed_holds_all_dates_and_the_second_its_own(split, page):
    first, second = split
    before, after = ({each.uid for each in dates_of(series)} for series in split)
    assert (len(before), len(after)) == (2, 2)
    assert uids(page.raw(path(first))) == before | after
    assert uids(page.raw(path(second))) == after


def test_a_later_date_that_moves_is_news_in_both_feeds_and_an_earlier_one_in_the_first(split, page):
    held = {}

    def news():
        found = []
        for series in split:
            answer = page.raw(path(series), headers={"If-None-Match": held.get(series.slug, "")})
            held[series.slug] = answer.headers["ETag"]
            found.append(answer.status_code)
        return found

    assert (news(), news()) == ([200, 200], [304, 304])
    move(dates_of(split[1])[1])
    assert (news(), news()) == ([200, 200], [304, 304])
    move(dates_of(split[0])[1])
    assert (news(), news()) == ([200, 304], [304, 304])


def move(session):
    with transaction():
        timing.move(session, olga(), When(session.starts_local + timedelta(hours=1), "Europe/Berlin", 60))
