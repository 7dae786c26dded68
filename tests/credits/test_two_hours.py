"""Who was at both live hours of a session is credited for one, the better; and named once in tables."""

from datetime import timedelta

import pytest

from tests.factories.awards import (
    STARTED_AT,
    award,
    be_present,
    certificate_of,
    close_attendance,
    held_session,
)
from tests.factories.awards import seat as a_seat
from tests.factories.societies import ens_with_olga
from webinar.certificates.models import CertificateState
from webinar.credits import queries, service
from webinar.credits.pages import preview_page
from webinar.credits.rules.change import Change
from webinar.credits.service import NotYet
from webinar.db.store import store
from webinar.exports.queries import attendance_count, attendance_rows
from webinar.exports.rules.column import ATTENDANCE

MINUTES = [each.name for each in ATTENDANCE].index("minutes_present")
NAME = [each.name for each in ATTENDANCE].index("name_on_certificate")
START = [each.name for each in ATTENDANCE].index("starts_at")


def both_hours(**changes):
    """A session held twice, and Olga, who has closed attendance of both."""
    ens, olga = ens_with_olga()
    first = held_session(ens, closed_by=olga, hour=1, **changes)
    second = held_session(
        ens,
        closed_by=olga,
        hour=2,
        twin_of_id=first.id,
        starts_at=STARTED_AT + timedelta(hours=12),
        **changes,
    )
    return first, second, olga


def standing(first, second):
    return {each.seat.session.hour: each.credit for each in queries.current_awards(first.id, second.id)}


def test_the_better_hour_counts_and_the_reason_is_said(app):
    first, second, olga = both_hours()
    a_seat(first, minutes=20)
    a_seat(second, minutes=60)
    (row,) = preview_page(first, queries.outlook(first)).rows
    assert (row.credit, row.why[-1]) == (
        "1.00 credit",
        "at both live hours: the second counts, 60 min against 20 min",
    )
    award(first, olga)
    assert standing(first, second) == {2: "1.00"}


def test_of_two_equal_hours_the_earlier_counts(app):
    first, second, olga = both_hours()
    a_seat(first, minutes=60)
    a_seat(second, minutes=60)
    award(second, olga)
    assert standing(first, second) == {1: "1.00"}


def test_people_of_either_hour_are_awarded_by_one_press_and_a_second_changes_nothing(app):
    first, second, olga = both_hours()
    a_seat(first, minutes=30)
    a_seat(second, "Ben Attendee", "ben@clinic.example", minutes=60)
    counts = service.award_session(second, olga)
    assert counts[Change.NEW] == 2
    store.commit()
    assert service.award_session(first, olga)[Change.SAME] == 2


def test_nothing_is_awarded_before_attendance_of_both_hours_is_closed(app):
    ens, olga = ens_with_olga()
    first = held_session(ens, closed_by=olga, hour=1)
    second = held_session(ens, hour=2, twin_of_id=first.id, starts_at=STARTED_AT + timedelta(hours=12))
    a_seat(first, minutes=60)
    with pytest.raises(NotYet, match="close it for each first"):
        service.award_session(first, olga)
    close_attendance(second, olga)
    assert service.award_session(first, olga)[Change.NEW] == 1


def test_corrected_attendance_moves_the_credit_to_the_other_hour_and_the_certificate_with_it(app, work):
    first, second, olga = both_hours()
    here, there = a_seat(first, minutes=60), a_seat(second, minutes=20)
    award(first, olga)
    work()
    assert certificate_of(here).state is CertificateState.VALID
    be_present(here, 10)
    be_present(there, 60)
    award(first, olga)
    work()
    assert standing(first, second) == {1: "0.00", 2: "1.00"}
    assert (certificate_of(here).state, certificate_of(there).state) == (
        CertificateState.WITHDRAWN,
        CertificateState.VALID,
    )
    assert service.award_session(first, olga)[Change.SAME] == 2


def test_attendance_without_credit_is_attested_once_too(app, work):
    first, second, olga = both_hours(credit_scheme=None)
    here, there = a_seat(first, minutes=30), a_seat(second, minutes=50)
    award(first, olga)
    work()
    assert certificate_of(there).state is CertificateState.VALID
    assert [each.seat_id for each in queries.current_awards(first.id, second.id)] == [there.id]
    assert here.id != there.id


def test_tables_have_one_row_a_person_with_the_hour_that_counts(app):
    first, second, olga = both_hours()
    a_seat(first, minutes=20)
    a_seat(second, minutes=60)
    a_seat(first, "Ben Attendee", "ben@clinic.example", minutes=30)
    award(first, olga)
    rows = list(attendance_rows(first))
    assert attendance_count(first) == 2
    assert [(row[NAME], row[MINUTES], row[START]) for row in rows] == [
        ("Ada Attendee", "60", "2026-10-01T01:00:00Z"),
        ("Ben Attendee", "30", "2026-09-30T13:00:00Z"),
    ]
