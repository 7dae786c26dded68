"""A society takes its own attendance, and no other; a person their own record."""

import csv
import io

import openpyxl
import pytest
from sqlalchemy import select

from tests.factories.accounts import ada as ada_person
from tests.factories.accounts import olga as olga_person
from tests.factories.accounts import person
from tests.factories.awards import attended, award, be_present, certificate_of, held_session
from tests.factories.awards import seat as a_seat
from tests.factories.societies import member, society
from tests.questions import questions
from webinar.audit.models import Entry
from webinar.db.store import store
from webinar.exports import queries
from webinar.exports.rules.column import ATTENDANCE, LOG
from webinar.registration.models import SeatState
from webinar.sessions.models import Session

EVIL = "=cmd|' /C calc'!A0"


def path(session, more=""):
    return f"/{session.society.slug}/sessions/{session.slug}/export{more}"


def rows(answer):
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_page_explains_every_column_and_offers_both_formats(page):
    session, olga, _seats = attended(40)
    found = page.sign_in(olga).get(path(session))
    explained = [th.get_text(strip=True) for th in found.soup.select("tbody th")]
    assert explained == [each.name for each in ATTENDANCE]
    assert "The table has one row" in found.text
    form = found.soup.find("form", action=path(session, ".csv"))
    assert form.find("input", attrs={"name": "bom"}).has_attr("checked")
    assert found.soup.find("a", href=path(session, ".xlsx"))


def test_the_table_has_everybody_with_a_place_or_presence(page, work):
    session, olga, (ada, _ben) = attended(40, 3)
    a_seat(session, "Cy Absent", "cy@clinic.example")
    a_seat(session, "Di Waiting", "di@clinic.example", state=SeatState.WAITING)
    award(session, olga)
    work()
    a_seat(session, "Ed Late", "ed@clinic.example", minutes=30)
    found = rows(page.sign_in(olga).raw(path(session, ".csv"), buffered=True))
    assert [
        (r["name_on_certificate"], r["minutes_present"], r["credit_claimed"], r["status"]) for r in found
    ] == [
        ("Ada Attendee", "40", "0.75", "ok"),
        ("Ben Attendee", "3", "0.00", "ok"),
        ("Cy Absent", "0", "", "absent"),
        ("Ed Late", "30", "", "not_awarded"),
    ]
    assert found[0] == {
        "award_id": str(certificate_of(ada).award_id),
        "activity_id": session.slug,
        "activity_title": "Flow diverters in ruptured aneurysms",
        "format": "live",
        "starts_at": "2026-09-30T13:00:00Z",
        "ends_at": "2026-09-30T14:00:00Z",
        "timezone": "Europe/Berlin",
        "scheme": "hourly_quarter",
        "scheme_version": "1",
        "unit": "credit",
        "role": "learner",
        "given_name": "Ada",
        "family_name": "Attendee",
        "name_on_certificate": "Ada Attendee",
        "email": "ada@clinic.example",
        "country": "NP",
        "minutes_present": "40",
        "credit_computed": "0.75",
        "credit_claimed": "0.75",
        "status": "ok",
        "completed_on": "2026-09-30",
        "certificate_id": certificate_of(ada).code,
        "issued_at": "2026-10-07T09:00:00Z",
        "withdrawn_at": "",
        "starts_local": "2026-09-30T15:00:00+02:00",
        "ends_local": "2026-09-30T16:00:00+02:00",
    }


def test_a_withdrawn_certificate_is_told_with_its_time(page, work):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    be_present(ada, 2)
    award(session, olga)
    work()
    (row,) = rows(page.sign_in(olga).raw(path(session, ".csv"), buffered=True))
    assert (row["credit_claimed"], row["withdrawn_at"]) == ("0.00", "2026-10-07T09:00:00Z")


def test_a_hostile_name_is_no_formula_anywhere(page):
    session, olga, _seats = attended()
    a_seat(session, EVIL, "x@clinic.example", minutes=40)
    page.sign_in(olga)
    assert f'"\'{EVIL}"' in page.raw(path(session, ".csv"), buffered=True).get_data(as_text=True)
    book = openpyxl.load_workbook(io.BytesIO(page.raw(path(session, ".xlsx"), buffered=True).get_data()))
    cell = book.active.cell(2, 1 + [each.name for each in ATTENDANCE].index("name_on_certificate"))
    assert (cell.value, cell.data_type) == (EVIL, "s")


def test_the_mark_for_excel_is_a_choice(page):
    session, olga, _seats = attended(40)
    page.sign_in(olga)
    assert (
        page.raw(path(session, ".csv?bom=1"), buffered=True).get_data().startswith(b'\xef\xbb\xbf"award_id"')
    )
    assert page.raw(path(session, ".csv"), buffered=True).get_data().startswith(b'"award_id"')


def test_the_file_has_a_name_and_stays_in_this_browser(page):
    session, olga, _seats = attended(40)
    answer = page.sign_in(olga).raw(path(session, ".csv"), buffered=True)
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="attendance-{session.slug}-2026-09-30.csv"'
    )
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"


def test_taking_it_is_put_on_record(page):
    session, olga, _seats = attended(40)
    page.sign_in(olga).raw(path(session, ".xlsx"), buffered=True)
    entry = store.scalar(select(Entry).where(Entry.action == "attendance.exported"))
    assert (entry.actor_id, entry.society_id, entry.thing_id, entry.detail) == (
        olga.id,
        session.society_id,
        session.id,
        {"format": "xlsx"},
    )


def test_an_unknown_format_is_not_there(page):
    session, olga, _seats = attended(40)
    assert page.sign_in(olga).raw(path(session, ".pdf"), buffered=True).status_code == 404


def test_only_this_sessions_people_are_in_it(page):
    session, olga, _seats = attended(40)
    other_society = society("rad", founder=person("rita@rad.example", "Rita"))
    a_seat(held_session(other_society), "Rae Elsewhere", "rae@clinic.example", minutes=60)
    found = rows(page.sign_in(olga).raw(path(session, ".csv"), buffered=True))
    assert [row["email"] for row in found] == ["ada@clinic.example"]


@pytest.mark.parametrize("more", ["", ".csv", ".xlsx"])
def test_another_society_and_strangers_find_nothing(page, more):
    session, _olga, _seats = attended(40)
    member(society("rad", founder=person("rita@rad.example", "Rita")), person("rob@rad.example", "Rob"))
    assert page.raw(path(session, more), buffered=True).status_code == 303
    page.sign_in(person("rob@rad.example", "Rob"))
    assert page.raw(path(session, more), buffered=True).status_code == 404
    assert page.raw(f"/rad/sessions/{session.slug}/export{more}").status_code == 404
    assert store.scalar(select(Entry).where(Entry.action == "attendance.exported")) is None


def test_one_question_however_many_rows(app):
    one, three = attended(40)[0].id, attended(40, 40, 40)[0].id
    assert asked(one) == asked(three)


def asked(session_id):
    return questions(lambda: list(queries.attendance_rows(store.get_one(Session, session_id))))


def test_ada_takes_her_own_record_and_nobody_elses(page, work):
    session, olga, (ada, _ben) = attended(40, 60)
    award(session, olga)
    work()
    (row,) = rows(page.sign_in(ada_person()).raw("/me/certificates.csv?bom=1", buffered=True))
    assert list(row) == [each.name for each in LOG]
    assert row == {
        "date": "2026-09-30",
        "starts_at": "2026-09-30T13:00:00Z",
        "timezone": "Europe/Berlin",
        "title": "Flow diverters in ruptured aneurysms",
        "society": "Example Neurosurgical Society",
        "minutes_present": "40",
        "credit": "0.75",
        "unit": "credit",
        "scheme": "hourly_quarter",
        "scheme_version": "1",
        "certificate_id": certificate_of(ada).code,
        "verify_url": f"http://webinar.test/v/{certificate_of(ada).code}",
    }
    assert rows(page.sign_in(olga_person()).raw("/me/certificates.csv", buffered=True)) == []
    assert page.sign_out().raw("/me/certificates.csv", buffered=True).status_code == 303
