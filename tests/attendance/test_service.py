"""Reports read into a session: matched, reviewed, counted, closed, corrected."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from tests.factories.accounts import olga
from tests.factories.attendance import (
    BERLIN,
    GUESTS,
    Z1,
    Z2,
    Z3,
    golden,
    journal_club,
    read,
    row,
    seat_named,
    upload,
)
from tests.factories.registration import application, cancelled_session, open_session, seat
from tests.factories.societies import ens_with_olga
from webinar.attendance.facts import AttendanceClosed
from webinar.attendance.format import Answers, NeedsAnswer
from webinar.attendance.models import MatchedBy, MatchState, Presence, Report, ReportPerson
from webinar.attendance.queries import evidence, people, reports
from webinar.attendance.queries.reports import Tally
from webinar.attendance.service import closing, decisions
from webinar.attendance.service import reports as service
from webinar.attendance.service.closing import NotOver
from webinar.attendance.service.presences import recompute
from webinar.attendance.service.reports import TooEarly
from webinar.attendance.service.visits import record_visit
from webinar.audit.models import Entry
from webinar.db.store import db, store
from webinar.outbox.models import Letter
from webinar.refusal import Missing
from webinar.registration.models import SeatState
from webinar.timekeeping import clock as time

TRUTH = {
    "jonas.feld@klinik-nord.example": 3055,
    "priya.raman@stmary.example": 3435,
    "lucia.ibanez@hospital-sur.example": 3299,
    "sam.orourke@regional.example": 2520,
    "chen.wei@north-lab.example": 1800,
    "c.wei@south-lab.example": 2640,
}
"""Seconds inside the session, from the manifest of the golden files."""


@pytest.fixture
def club(app):
    society, _organiser = ens_with_olga()
    return journal_club(society)


def seconds(session) -> dict[str, int]:
    return {each.seat.person.email: each.seconds for each in people.presences_of(session.id)}


def told(session) -> list[int]:
    letters = store.scalars(select(Letter).where(Letter.kind == "fact.AttendanceClosed").order_by(Letter.id))
    return [letter.payload["version"] for letter in letters if letter.payload["session_id"] == session.id]


def actions(session) -> list[str]:
    entries = store.scalars(select(Entry).where(Entry.action.startswith("attendance.")).order_by(Entry.id))
    return [entry.action for entry in entries]


def test_joins_and_leaves_give_everybody_the_union_of_their_time(club):
    report = read(club, olga(), Z2)
    assert seconds(club) == TRUTH
    assert {each.source for each in people.presences_of(club.id)} == {"report"}
    assert (report.provider, report.layout, report.zone_name) == (
        "zoom",
        "zoom-meeting-joins",
        "Europe/Berlin",
    )


@pytest.mark.parametrize("name", [Z1, Z3])
def test_a_file_of_totals_gives_stated_minutes(club, name):
    read(club, olga(), name)
    assert seconds(club)["jonas.feld@klinik-nord.example"] == 52 * 60
    assert {each.source for each in people.presences_of(club.id)} == {"stated minutes"}


def test_totals_and_times_of_one_meeting_do_not_add_up(club):
    for name in (Z1, Z2, Z3):
        read(club, olga(), name)
    assert seconds(club) == TRUTH


def test_what_cannot_be_matched_waits_and_hosts_are_no_noise(club):
    report = read(club, olga(), Z2)
    assert reports.tallies(club.id)[report.id] == Tally(matched=6, review=2, ignored=1)
    assert {each.name for each in reports.rows_in_review(club.id).items} == {
        "iPhone von Greta",
        "Tanaka, Hiro",
    }


def test_a_speaker_of_the_session_is_set_aside(app):
    society, organiser = ens_with_olga()
    session = journal_club(society, speaker_email="hiro.tanaka@umc-east.example")
    read(session, organiser, Z2)
    assert [each.name for each in reports.rows_in_review(session.id).items] == ["iPhone von Greta"]


def test_the_same_file_twice_changes_nothing(club):
    first = read(club, olga(), Z2)
    before = (seconds(club), actions(club), store.scalars(select(ReportPerson.id)).all())
    again = read(club, olga(), Z2)
    assert again.id == first.id
    assert (seconds(club), actions(club), store.scalars(select(ReportPerson.id)).all()) == before


def test_a_file_that_asks_is_not_read_until_it_is_answered(club):
    with upload(golden(Z2)) as given, pytest.raises(NeedsAnswer) as asked:
        service.read_report(club, olga(), given, Answers())
    assert [question.code for question in asked.value.questions] == ["zone"]
    assert reports.reports_of(club.id) == []


def test_a_report_before_the_session_is_refused(app):
    _society, organiser = ens_with_olga()
    session = open_session()
    with upload(golden(Z2)) as given, pytest.raises(TooEarly):
        service.read_report(session, organiser, given, BERLIN)


def test_times_that_miss_the_session_are_told(club):
    report = read(club, olga(), Z2, Answers(zone="Asia/Tokyo"))
    assert report.warnings[0]["code"] == "outside_session"
    assert set(seconds(club).values()) == {0}


def test_a_decision_binds_a_row_and_undo_takes_it_back(club):
    read(club, olga(), Z2)
    greta = seat_named(club, "greta.holm@valley.example")
    found = row(club, "iPhone von Greta")
    decisions.match(club, found, greta, olga())
    assert seconds(club)[greta.person.email] == 1260
    assert (found.state, found.matched_by, found.decided_by_id) == (
        MatchState.MATCHED,
        MatchedBy.PERSON,
        olga().id,
    )
    decisions.undo(club, found, olga())
    assert greta.person.email not in seconds(club)
    assert actions(club) == ["attendance.report_read", "attendance.matched", "attendance.undone"]


def test_an_undone_match_of_an_exact_address_stays_undone(club):
    read(club, olga(), Z2)
    priya = seat_named(club, "priya.raman@stmary.example")
    [(found, _report)] = reports.rows_of_seat(club.id, priya.id)
    decisions.undo(club, found, olga())
    decisions.rematch(club)
    assert found.state == MatchState.REVIEW
    assert priya.person.email not in seconds(club)


def test_ignoring_a_row_sets_it_aside(club):
    read(club, olga(), Z2)
    decisions.ignore(club, row(club, "iPhone von Greta"), olga())
    assert [each.name for each in reports.rows_in_review(club.id).items] == ["Tanaka, Hiro"]


def test_a_new_person_gets_a_place_after_the_session_without_an_invitation(club):
    read(club, olga(), Z2)
    new = application("greta@home.example", "Greta Berg")
    made = decisions.new_person(club, row(club, "iPhone von Greta"), new, olga())
    assert made.state == SeatState.CONFIRMED
    assert seconds(club)["greta@home.example"] == 1260
    letters = store.scalars(select(Letter).where(Letter.kind == "fact.SeatConfirmed")).all()
    assert made.id not in {letter.payload["seat_id"] for letter in letters}


def test_a_new_person_takes_all_rows_of_their_address(club):
    read(club, olga(), Z1)
    read(club, olga(), Z2)
    hiro = application("hiro.tanaka@umc-east.example", "Hiro Tanaka")
    decisions.new_person(club, row(club, "Tanaka, Hiro"), hiro, olga())
    rows = reports.rows_of_seat(club.id, seat_named(club, hiro.email).id)
    assert [found.matched_by for found, _report in rows] == [MatchedBy.PERSON, MatchedBy.EMAIL]
    assert seconds(club)[hiro.email] == 2400


def test_an_address_matched_by_hand_is_remembered_as_a_hint_only(club):
    read(club, olga(), Z2)
    greta = seat_named(club, "greta.holm@valley.example")
    decisions.match(club, row(club, "Tanaka, Hiro"), greta, olga())
    assert evidence.aliases(club.id) == {"hiro.tanaka@umc-east.example": greta.id}
    read(club, olga(), Z1)
    assert row(club, "Tanaka, Hiro").seat_id is None


def test_taking_a_report_out_takes_its_time_away(club):
    read(club, olga(), Z1)
    report = read(club, olga(), Z2)
    service.remove(club, report, olga())
    assert seconds(club)["jonas.feld@klinik-nord.example"] == 52 * 60
    assert store.scalars(select(Report.layout)).all() == ["zoom-meeting-totals"]


def test_a_row_of_another_session_is_not_there(club):
    read(club, olga(), Z2)
    other = journal_club(club.society, guests=0)
    with pytest.raises(Missing):
        reports.row_of(other, row(club, "iPhone von Greta").id)
    with pytest.raises(Missing):
        people.seat_of(other, seat_named(club, GUESTS[0][0]).id)
    with pytest.raises(Missing):
        reports.report_of(other, reports.reports_of(club.id)[0].id)


def test_closing_tells_credits_once_per_version(club):
    read(club, olga(), Z2)
    closing.close(club, olga())
    closing.close(club, olga())
    assert told(club) == [1]
    closing.reopen(club, olga())
    assert people.closing_of(club.id).closed_at is None
    closing.close(club, olga())
    assert told(club) == [1, 2]


def test_a_correction_after_closing_is_told_as_a_new_version_if_a_time_changed(club):
    read(club, olga(), Z2)
    closing.close(club, olga())
    greta = seat_named(club, "greta.holm@valley.example")
    decisions.match(club, row(club, "iPhone von Greta"), greta, olga())
    assert told(club) == [1, 2]
    decisions.ignore(club, row(club, "Tanaka, Hiro"), olga())
    assert told(club) == [1, 2]
    assert actions(club)[-3:] == ["attendance.matched", "attendance.corrected", "attendance.ignored"]


def test_the_fact_has_one_key_per_version():
    assert AttendanceClosed(3, 2).key == "fact:AttendanceClosed:session_id=3,version=2"


def test_attendance_cannot_be_closed_before_the_end_nor_of_a_cancelled_session(app):
    _society, organiser = ens_with_olga()
    session = open_session()
    with pytest.raises(NotOver):
        closing.close(session, organiser)
    cancelled = cancelled_session()
    with pytest.raises(NotOver):
        closing.close(cancelled, organiser)


def test_deriving_time_again_changes_nothing(club):
    read(club, olga(), Z2)
    before = [(each.id, each.computed_at) for each in people.presences_of(club.id)]
    assert recompute(club) is False
    assert [(each.id, each.computed_at) for each in people.presences_of(club.id)] == before


@pytest.mark.parametrize("guests", [1, 3])
def test_deriving_time_asks_as_often_for_three_people_as_for_one(app, guests):
    society, organiser = ens_with_olga()
    session = journal_club(society, guests=guests)
    read(session, organiser, Z2)
    store.execute(Presence.__table__.update().values(seconds=1))
    store.commit()
    store.refresh(session)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert recompute(session) is True
    assert len(asked) == 3, asked


def test_a_visit_is_one_whatever_the_number_of_presses(app, clock):
    ens_with_olga()
    session = open_session()
    found = seat(session)
    first = time.now()
    record_visit(found, first)
    clock.shift(timedelta(hours=1))
    record_visit(found, time.now())
    visit = people.visit_of(found.id)
    assert (visit.first_at, visit.last_at, visit.times) == (first, first + timedelta(hours=1), 2)
    assert people.presence_of(found.id) is None
    assert list(people.visits_of(session.id)) == [found.id]
