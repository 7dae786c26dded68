"""The preview of credits as Olga uses it, and its door."""

import pytest

from tests.factories.accounts import ada, person
from tests.factories.awards import attended, award, be_present, held_session
from tests.factories.awards import seat as a_seat
from tests.factories.societies import ens_with_olga, member, society
from webinar.credits import queries
from webinar.societies.models import Role


def path(session, more=""):
    return f"/{session.society.slug}/sessions/{session.slug}/credits{more}"


def cells(found, name):
    rows = [tr for tr in found.soup.select("tbody tr") if name in tr.th.get_text()]
    assert len(rows) == 1, f"{len(rows)} rows for {name}"
    return [" ".join(td.get_text(" ").split()) for td in rows[0].find_all("td")]


def test_olga_sees_who_gets_what_and_why_before_she_awards(page):
    session, olga, _seats = attended(40, 60)
    found = page.sign_in(olga).get(path(session))
    assert "1 credit per hour, in quarter steps, version 1 (house rule)" in found.text
    assert "2 new. 2 people get something to certify." in found.text
    assert cells(found, "Ada Attendee") == [
        "40",
        "0.75 credit",
        "Steps Ada Attendee Present 40 min of 60 0.6667 nearest quarter 0.75",
        "not awarded yet",
    ]


def test_one_press_awards_and_then_there_is_nothing_left_to_press(page):
    session, olga, _seats = attended(40, 60)
    done = page.sign_in(olga).get(path(session)).submit("award")
    assert "Awarded: 2 new." in done.text
    assert "Pressing again would change nothing" in done.text
    assert not [form for form in done.soup.find_all("form") if "award" in form["action"]]
    assert [each.credit for each in queries.current_awards(session.id)] == ["0.75", "1.00"]


def test_the_difference_is_shown_before_the_second_press(page):
    session, olga, (ada_seat, ben, _third) = attended(40, 60, 60)
    award(session, olga)
    be_present(ada_seat, 60)
    be_present(ben, 2)
    found = page.sign_in(olga).get(path(session))
    assert "1 changed, 1 withdrawn, 1 as before" in found.text
    assert cells(found, "Ada Attendee")[-1] == "changed, was 0.75"
    assert cells(found, "Ben Attendee")[-1] == "withdrawn, was 1.00"
    assert "Awarded: 1 changed, 1 withdrawn, 1 as before." in found.submit("award").text


def test_figures_that_changed_meanwhile_are_shown_before_anything_is_awarded(page):
    session, olga, (ada_seat,) = attended(40)
    open_page = page.sign_in(olga).get(path(session))
    be_present(ada_seat, 60)
    answer = open_page.submit("award")
    assert answer.status == 409
    assert "has changed since you opened this page" in answer.text
    assert cells(answer, "Ada Attendee")[1] == "1.00 credit"
    assert list(queries.current_awards(session.id)) == []
    assert "Awarded: 1 new." in answer.submit("award").text


def test_while_attendance_is_open_it_is_a_preview_only(page):
    society_, olga = ens_with_olga()
    session = held_session(society_)
    a_seat(session, minutes=40)
    found = page.sign_in(olga).get(path(session))
    assert "Attendance is still open." in found.text
    assert not [form for form in found.soup.find_all("form") if "award" in form["action"]]


def test_a_session_without_scheme_says_attendance_only(page):
    session, olga, _seats = attended(40, 3, credit_scheme=None)
    found = page.sign_in(olga).get(path(session))
    assert "Attendance only:" in found.text
    assert cells(found, "Ada Attendee")[1] == "attendance only"
    assert cells(found, "Ben Attendee")[1] == "none: under 5 min"


def test_a_session_without_attendance_says_so(page):
    session, olga, _seats = attended()
    assert "there is nothing to award" in page.sign_in(olga).get(path(session)).text


def test_a_rule_that_was_not_in_force_is_named(page):
    session, olga, _seats = attended(40, credit_scheme="no_such_rule")
    assert "No version of the scheme “no_such_rule”" in page.sign_in(olga).get(path(session)).text


def test_a_hostile_name_is_text(page):
    society_, olga = ens_with_olga()
    session = held_session(society_, closed_by=olga)
    a_seat(session, "<script>alert(1)</script>", "x@clinic.example", minutes=40)
    found = page.sign_in(olga).get(path(session))
    assert cells(found, "<script>alert(1)</script>")[0] == "40"


@pytest.mark.parametrize("role", [None, Role.PRESENTER])
def test_others_find_nothing(page, role):
    session, _olga, _seats = attended(40)
    if role:
        member(session.society, ada(), role)
    page.sign_in(ada())
    assert page.get(path(session), status=404).status == 404
    assert page.raw(path(session, "/award"), method="POST").status_code in {400, 404}


def test_an_organiser_of_another_society_finds_nothing(page):
    session, _olga, _seats = attended(40)
    other = society("rad", founder=person("rita@rad.example", "Rita"))
    member(other, ada())
    page.sign_in(ada())
    page.get(path(session), status=404)
    page.get(f"/rad/sessions/{session.slug}/credits", status=404)
