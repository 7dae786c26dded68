"""The attendance page as Olga uses it."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import event, func, select

from tests.factories.accounts import ada, olga
from tests.factories.attendance import GUESTS, Z1, Z2, Z3, golden, journal_club, read, row, seat_named
from tests.factories.registration import START_AT, open_session, seat
from tests.factories.societies import ens_with_olga, member, society
from tests.page import Page
from webinar.attendance.models import Report, ReportPerson, Unread
from webinar.attendance.queries import people
from webinar.attendance.service.visits import record_visit
from webinar.db.store import db, store
from webinar.files.storage import storage


@pytest.fixture
def club(app, page):
    """The journal club, and Olga signed in."""
    ens, organiser = ens_with_olga()
    page.sign_in(organiser)
    return journal_club(ens)


def path(session, leaf: str = "") -> str:
    return f"/{session.society.slug}/sessions/{session.slug}/attendance{leaf}"


def add(page, session, content: bytes, name: str = "participants.csv"):
    found = page.get(path(session))
    return found.submit("/attendance/report", file=(BytesIO(content), name))


def add_raw(page, session, content: bytes):
    """The same for large files, without the test client's own temporary file."""
    token = _token(page, session)["csrf_token"].encode()
    head = b"--edge\r\nContent-Disposition: form-data; name="
    body = head + b'"csrf_token"\r\n\r\n' + token + b"\r\n"
    body += (
        head + b'"file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n' + content + b"\r\n--edge--\r\n"
    )
    response = page.raw(
        path(session, "/report"), method="POST", data=body, content_type="multipart/form-data; boundary=edge"
    )
    return Page(page, response, path(session))


def added(page, session, name: str = Z2):
    """A golden file, added and its question answered."""
    found = add(page, session, golden(name), name)
    return found.submit("/answer") if "One question about" in found.text else found


def count(model) -> int:
    return store.scalar(select(func.count()).select_from(model))


def test_empty_it_says_what_to_add(page, club):
    found = page.get(path(club))
    assert "No report yet." in found.text
    assert found.form("/attendance/report")["enctype"] == "multipart/form-data"


@pytest.mark.parametrize("name", [Z1, Z2, Z3])
def test_a_zoom_report_asks_its_zone_preset_to_the_sessions_and_then_is_read(page, club, name):
    asked = add(page, club, golden(name), name)
    assert "In which time zone are the times of this file?" in asked.text
    assert asked.soup.select_one("input[name$='zone']")["value"] == "Europe/Berlin"
    found = asked.submit("/answer")
    assert "Zoom report says 9, we hold 7 (6 matched, 1 set aside, 2 to review)" in found.text
    assert (count(Report), count(Unread)) == (1, 0)


def test_a_zone_that_is_none_keeps_the_file_and_the_typed_words(page, club):
    asked = add(page, club, golden(Z2))
    found = asked.submit("/answer", **{_zone(asked): "Berlim"})
    assert found.status == 422
    assert found.errors == ["This does not name one time zone. Which one do you mean?"]
    offered = [choice["value"] for choice in found.soup.select("input[type=radio][name$='zone']")]
    assert offered[0] == "Europe/Berlin"
    assert found.soup.select_one("input[name$='zone']")["value"] == "Berlim"
    assert count(Unread) == 1


def test_a_file_that_waits_is_asked_about_on_every_visit_and_can_be_thrown_away(page, club):
    add(page, club, golden(Z2))
    key = store.scalar(select(Unread.storage_key))
    found = page.get(path(club))
    assert "One question about participants.csv" in found.text
    gone = found.submit("/discard")
    assert "The file is thrown away." in gone.text
    assert count(Unread) == 0
    with pytest.raises(FileNotFoundError):
        storage().open(key)


def test_the_same_file_twice_changes_nothing_and_says_so(page, club):
    added(page, club)
    before = count(ReportPerson)
    found = add(page, club, golden(Z2), "copy of participants.csv")
    assert "This very file is on record already. Nothing has changed." in found.text
    assert (count(Report), count(ReportPerson)) == (1, before)


def test_an_unknown_layout_asks_for_its_columns_then_for_its_zone(page, club):
    table = b"Who;Mail;In;Out\nJonas Feld;jonas.feld@klinik-nord.example;2026-03-10 18:00:00;2026-03-10 18:30:00\n"
    asked = add(page, club, table, "own.csv")
    names = {
        each["name"].rsplit("-", 1)[-1]: each["name"] for each in asked.soup.select("select[name^=file-]")
    }
    assert set(names) == {"name", "email", "registrant_id", "join", "leave", "minutes"}
    chosen = {names["name"]: "Who", names["email"]: "Mail", names["join"]: "In", names["leave"]: "Out"}
    zone_asked = asked.submit("/answer", **chosen)
    assert "Thank you. One more question:" in zone_asked.text
    found = zone_asked.submit("/answer")
    assert "report says 1, we hold 1" in found.text
    [presence] = people.presences_of(club.id)
    assert presence.seconds == 1800


def test_the_last_mapping_is_offered_for_the_next_file_with_the_same_headings(page, club):
    test_an_unknown_layout_asks_for_its_columns_then_for_its_zone(page, club)
    table = b"Who;Mail;In;Out\nPriya;priya.raman@stmary.example;2026-03-10 18:00:00;2026-03-10 18:30:00\n"
    asked = add(page, club, table, "own again.csv")
    chosen = [option["value"] for option in asked.soup.select("select[name^=file-] option[selected]")]
    assert chosen == ["Who", "Mail", "In", "Out"]


def test_columns_that_do_not_suffice_are_answered_and_the_choice_stays(page, club):
    asked = add(page, club, b"Who;Mail;In;Out\nJonas;j@k.example;2026-03-10 18:00;2026-03-10 18:30\n")
    name = next(each["name"] for each in asked.soup.select("select[name$=-name]"))
    found = asked.submit("/answer", **{name: "Who"})
    assert found.status == 422
    assert found.soup.select_one(f"select[name={name}] option[selected]")["value"] == "Who"


def _xlsx() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return held.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", _xlsx(), b"\x00\x01\x02" * 1_700_000, b"lorem ipsum\n" * 420_000, b"{}", b"[1, 2]"],
    ids=["empty", "blank", "xlsx as csv", "5 MB of bytes", "5 MB of words", "no rows", "odd json"],
)
def test_what_is_no_report_gets_a_sentence_and_leaves_nothing_behind(page, club, content):
    found = add_raw(page, club, content)
    assert found.status == 422
    assert len(found.errors) == 1
    assert found.errors[0].endswith(".")
    assert (count(Report), count(Unread)) == (0, 0)


def test_a_file_in_an_old_encoding_is_read_with_a_warning(page, club):
    table = golden(Z3).decode("utf-8-sig").encode("cp1252")
    found = add(page, club, table).submit("/answer")
    assert "The file was read as Windows-1252. Check that accents in names are right." in found.text


def test_a_file_beyond_the_limit_gets_a_sentence(page, club, settings):
    settings.report_max_bytes = 1000
    found = add(page, club, golden(Z2))
    assert found.status == 422
    assert found.errors == ["This file has 2 KB; the most we take is 1 KB."]


def test_nothing_chosen_gets_a_sentence(page, club):
    found = page.get(path(club)).submit("/attendance/report")
    assert (found.status, found.errors) == (422, ["Please choose a file."])


def test_a_report_whose_times_miss_the_session_is_told_and_can_be_taken_out(page, club):
    asked = add(page, club, golden(Z2))
    found = asked.submit("/answer", **{_zone(asked): "Asia/Tokyo"})
    assert "None of the times in this file falls into the session." in found.text
    gone = found.submit("/remove")
    assert "The report is taken out" in gone.text
    assert (count(Report), count(ReportPerson)) == (0, 0)


def test_a_suggestion_becomes_a_match_by_one_press_and_can_be_undone(page, club):
    added(page, club)
    found = page.get(path(club))
    greta = seat_named(club, "greta.holm@valley.example")
    waiting = row(club, "iPhone von Greta")
    form = found.soup.find("form", action=lambda a: a and f"/rows/{waiting.id}/match" in a)
    assert [button["value"] for button in form.find_all("button")] == [str(greta.id)]
    matched = page.post(form["action"], {**found.fields(form), "seat": str(greta.id)})
    assert "Matched to Greta Holm." in matched.text
    assert people.presence_of(greta.id).seconds == 1260
    undone = matched.submit(f"/rows/{waiting.id}/undo")
    assert "Back in the queue." in undone.text
    store.expire_all()
    assert people.presence_of(greta.id) is None


def test_a_row_is_matched_by_a_typed_address(page, club):
    read(club, olga())
    waiting = row(club, "Tanaka, Hiro")
    form = f"/rows/{waiting.id}/match"
    typed = {f"match-{waiting.id}-email": "nobody@clinic.example"}
    refused = page.post(path(club, form), {**_token(page, club), **typed})
    assert refused.status == 422
    assert refused.errors[0].startswith("Nobody registered for this session with this address.")
    typed = {f"match-{waiting.id}-email": "Greta.Holm@valley.example"}
    assert "Matched to Greta Holm." in page.post(path(club, form), {**_token(page, club), **typed}).text


def test_a_new_person_needs_an_address_that_olga_types(page, club):
    read(club, olga())
    waiting = row(club, "iPhone von Greta")
    found = page.get(path(club, f"/rows/{waiting.id}/new"))
    refused = found.submit("/new", name="Greta Berg")
    assert (refused.status, refused.errors) == (422, ["Please give an email address."])
    assert refused.soup.find("input", {"name": "name"})["value"] == "Greta Berg"
    made = refused.submit("/new", email="greta@home.example", country="DE")
    assert "Greta Berg has a place and the time of this row." in made.text


def test_ignoring_takes_a_row_out_of_the_queue(page, club):
    read(club, olga())
    found = page.get(path(club)).submit(f"/rows/{row(club, 'iPhone von Greta').id}/ignore")
    assert "Set aside. It counts for nobody." in found.text
    assert "1 row needs you" in found.text


def test_why_shows_every_stay_and_their_union(page, club):
    read(club, olga())
    found = page.get(path(club)).follow("Jonas Feld")
    assert found.heading == "Why 50 min 55 s? Jonas Feld"
    counted = found.soup.find("table")
    assert [cell.get_text() for cell in counted.select("tbody tr")[0].select("td")] == [
        "18:01:10",
        "18:20:40",
        "19 min 30 s",
    ]
    assert "matched by the address they registered with" in found.text


def test_why_of_a_file_of_totals_says_stated_minutes(page, club):
    read(club, olga(), Z1)
    found = page.get(path(club, f"/people/{seat_named(club, GUESTS[0][0]).id}"))
    assert found.heading == "Why 52 min? Jonas Feld"
    assert "Stated minutes." in found.text


def test_a_press_on_the_link_is_shown_and_gives_no_minutes(page, club):
    priya = seat_named(club, "priya.raman@stmary.example")
    record_visit(priya, club.starts_at + timedelta(minutes=1))
    found = page.get(path(club))
    line = next(each for each in found.soup.select("#people tbody tr") if "Priya Raman" in each.get_text())
    assert [cell.get_text(" ", strip=True) for cell in line.select("td")] == [
        "–",
        "pressed the link; no report yet names them",
        "Tue 10 Mar 2026, 18:01",
    ]


def test_closing_shows_what_follows_and_reopening_takes_it_back(page, club):
    read(club, olga())
    asked = page.get(path(club)).follow("Close attendance")
    assert (
        "6 people have time in this session. 2 rows are still in review and count for nobody." in asked.text
    )
    closed = asked.submit("/close")
    assert "Attendance is closed. Next: credits." in closed.text
    assert people.closing_of(club.id).version == 1
    assert closed.path == path(club).removesuffix("/attendance") + "/credits"
    assert "Attendance is open again." in page.get(path(club)).submit("/reopen").text


def test_before_the_session_there_is_nothing_to_add_or_close(page, app):
    _ens, organiser = ens_with_olga()
    page.sign_in(organiser)
    session = open_session()
    assert "Attendance begins when the session does." in page.get(path(session)).text
    token = _token(page, session)
    refused = page.post(path(session, "/close"), token)
    assert (refused.status, "The session is not over yet." in refused.text) == (409, True)


def test_while_it_runs_presses_are_counted(page, app, clock):
    _ens, organiser = ens_with_olga()
    clock.move_to(START_AT - timedelta(minutes=1))
    session = open_session()
    record_visit(seat(session), START_AT)
    clock.move_to(START_AT + timedelta(minutes=5))
    page.sign_in(organiser)
    assert "The session is running." in page.get(path(session)).text


def test_another_society_and_an_attendee_find_nothing(page, club):
    read(club, olga())
    waiting = row(club, "iPhone von Greta")
    other = society("other", founder=ada())
    member(other, ada())
    foreign = journal_club(other, guests=0)
    page.sign_out().sign_in(ada())
    leaves = ["", "/close", f"/people/{seat_named(club, GUESTS[0][0]).id}"]
    assert [page.raw(path(club, leaf)).status_code for leaf in leaves] == [404] * 3
    posts = [f"/rows/{waiting.id}/{verb}" for verb in ("match", "new", "ignore", "undo")]
    token = _token(page, foreign)
    for session in (club, foreign):
        for leaf in (*posts, f"/evidence/{store.scalar(select(Report.id))}/remove"):
            assert page.raw(path(session, leaf), method="POST", data=token).status_code == 404
    store.expire_all()
    assert row(club, "iPhone von Greta").id == waiting.id


def test_every_deed_needs_the_forms_token(page, club):
    read(club, olga())
    leaf = f"/rows/{row(club, 'iPhone von Greta').id}/ignore"
    assert page.raw(path(club, leaf), method="POST").status_code == 400


def test_the_page_asks_as_often_for_many_people_as_for_one(page, app):
    ens, organiser = ens_with_olga()
    page.sign_in(organiser)
    counts = []
    for guests in (1, len(GUESTS)):
        session = journal_club(ens, guests=guests)
        read(session, organiser)
        asked: list[str] = []

        def count_it(*args, into=asked):
            into.append(args[2])

        event.listen(db.engine, "before_cursor_execute", count_it)
        page.get(path(session))
        event.remove(db.engine, "before_cursor_execute", count_it)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _zone(found) -> str:
    return str(found.soup.select_one("input[name$='zone']")["name"])


def _token(page, session) -> dict[str, str]:
    found = page.get(path(session))
    return {"csrf_token": str(found.soup.find("input", {"name": "csrf_token"})["value"])}
