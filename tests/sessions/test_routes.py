"""Planning a session through its pages; what bad input is told; what others must not see."""

from datetime import UTC, datetime

import pytest

from tests.factories.accounts import ada, pia
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import ens_with_olga, member, society
from webinar.accounts import service as accounts
from webinar.accounts.rules import TokenKind
from webinar.db.store import store
from webinar.sessions.models import Answer, Disclosure, Session, State
from webinar.societies import queries as societies
from webinar.societies.models import Society

NEW = "/ens/sessions/new"


@pytest.fixture
def desk(page):
    """Olga, signed in at the desk of the example society."""
    _, organiser = ens_with_olga()
    return page.sign_in(organiser)


def ens() -> Society:
    return societies.by_slug("ens")


def only_session() -> Session:
    store.expire_all()
    return store.query(Session).one()


def planned(desk, **typed):
    form = {"title": "Spine rounds", "starts_local": "2026-10-14T18:00"} | typed
    return desk.get(NEW).submit(NEW, **form)


def test_an_organiser_plans_a_session(desk):
    answer = planned(
        desk,
        zone_name="Asia/Kathmandu",
        minutes="90",
        kind="journal_club",
        abstract="Two **papers**.",
        objectives="One\n\n Two ",
        capacity="120",
        credit_scheme="one_per_45",
        locale="ne",
        **{
            "questions-0-label": "Your specialty?",
            "questions-0-kind": "choice",
            "questions-0-options": "Brain\nSpine",
            "questions-0-required": "y",
            "questions-1-label": "Anything to ask?",
        },
    )
    made = only_session()
    assert (answer.status, answer.heading) == (200, "Spine rounds")
    assert (made.starts_at, made.minutes, made.zone_name) == (
        datetime(2026, 10, 14, 12, 15, tzinfo=UTC),
        90,
        "Asia/Kathmandu",
    )
    assert (made.kind, made.objectives, made.capacity, made.credit_scheme, made.locale) == (
        "journal_club",
        ["One", "Two"],
        120,
        "one_per_45",
        "ne",
    )
    assert made.questions == [
        {"label": "Your specialty?", "kind": "choice", "required": True, "options": ["Brain", "Spine"]},
        {"label": "Anything to ask?", "kind": "text", "required": False, "options": []},
    ]


def test_the_next_session_borrows_the_habits_of_the_last(desk):
    planned(desk, zone_name="Asia/Kathmandu", minutes="45", kind="workshop")
    form = desk.get(NEW)
    values = form.fields(form.form(NEW))
    assert {name: values[name] for name in ("zone_name", "minutes", "kind", "title")} == {
        "zone_name": "Asia/Kathmandu",
        "minutes": "45",
        "kind": "workshop",
        "title": "",
    }


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Please fill this in."),
        ("title", "x" * 201, "This is 201 characters long; please keep it to 200."),
        ("starts_local", "", "Please give a date and a time."),
        ("starts_local", "next week", "Please write date and time like 2026-10-14 18:45 (24-hour clock)."),
        ("starts_local", "2026-10-01T18:00", "That time lies in the past. Please choose one to come."),
        (
            "zone_name",
            "Asia/Katmandoo",
            "This does not name one time zone. Which one do you mean?",
        ),
        ("minutes", "0", "Please choose between 5 and 1440 minutes."),
        ("minutes", "-60", "Please write the minutes as a whole number, such as 60."),
        ("capacity", "many", "Please write a whole number from 1 to 1,000,000."),
        ("capacity", "0", "Please write a whole number from 1 to 1,000,000."),
        ("abstract", "x" * 10_001, "This is 10,001 characters long; please keep it to 10,000."),
    ],
)
def test_bad_input_gets_a_sentence_and_stays_in_the_form(desk, field, typed, sentence):
    answer = planned(desk, **{field: typed})
    assert (answer.status, answer.errors) == (422, [sentence])
    assert answer.fields(answer.form(NEW))[field] == typed
    assert store.query(Session).count() == 0


def test_html_in_a_title_is_only_text(desk):
    answer = planned(desk, title="<script>alert(1)</script>")
    assert answer.heading == "<script>alert(1)</script>"
    assert "<script>alert" not in answer.response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "offsets", "chosen", "instant"),
    [
        (
            "2027-03-28T02:30",
            ["01:30 on 28 March 2027, Berlin (UTC+01:00)", "03:30 on 28 March 2027, Berlin (UTC+02:00)"],
            1,
            "2027-03-28T01:30",
        ),
        (
            "2026-10-25T02:30",
            ["02:30 on 25 October 2026, Berlin (UTC+02:00)", "02:30 on 25 October 2026, Berlin (UTC+01:00)"],
            1,
            "2026-10-25T01:30",
        ),
        (
            "2026-10-25T02:30",
            ["02:30 on 25 October 2026, Berlin (UTC+02:00)", "02:30 on 25 October 2026, Berlin (UTC+01:00)"],
            0,
            "2026-10-25T00:30",
        ),
    ],
)
def test_a_doubtful_time_is_answered_by_a_choice_and_keeps_what_was_typed(
    desk, typed, offsets, chosen, instant
):
    asked = planned(desk, starts_local=typed)
    assert asked.status == 422
    radios = asked.soup.select('input[name="chosen_at"]')
    words = [asked.soup.select_one(f'label[for="{radio["id"]}"]').get_text(strip=True) for radio in radios]
    assert words == offsets
    assert asked.fields(asked.form(NEW))["starts_local"] == typed
    answer = asked.submit(NEW, chosen_at=radios[chosen]["value"])
    assert answer.status == 200
    assert only_session().starts_at == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_the_page_of_a_second_doubled_hour_shows_which_one_it_is(desk):
    made = draft(
        ens(),
        starts_local=datetime.fromisoformat("2026-10-25T02:30"),
        chosen_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )
    form = desk.get(f"/ens/sessions/{made.slug}/time")
    answer = form.submit("/time", minutes="90")
    assert answer.status == 200
    store.expire_all()
    assert (made.minutes, made.starts_at) == (90, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


def test_edit_shows_what_is_saved_and_saves_what_is_typed(desk):
    made = draft(ens())
    form = desk.get(f"/ens/sessions/{made.slug}/edit")
    assert form.fields(form.form("/edit"))["title"] == "Flow diverters in ruptured aneurysms"
    answer = form.submit("/edit", title="Flow diverters, twice", objectives="One\nTwo")
    assert (answer.status, answer.heading) == (200, "Flow diverters, twice")
    store.expire_all()
    assert made.objectives == ["One", "Two"]


def test_two_people_saving_lose_nothing(desk):
    made = draft(ens())
    address = f"/ens/sessions/{made.slug}/edit"
    first, second = desk.get(address), desk.get(address)
    first.submit("/edit", title="Title of the first", topic="Vascular")
    refused = second.submit("/edit", title="Title of the second")
    assert refused.status == 422
    assert refused.text.count("Somebody saved this session while you had it open") == 1
    assert refused.fields(refused.form("/edit"))["title"] == "Title of the second"
    meanwhile = [(dt.get_text(), dt.find_next("dd").get_text()) for dt in refused.soup.select(".facts dt")]
    assert meanwhile == [("Title", "Title of the first"), ("Topic", "Vascular")]
    store.expire_all()
    assert made.title == "Title of the first"
    refused.submit("/edit")
    store.expire_all()
    assert made.title == "Title of the second"


def test_moving_from_an_old_page_is_refused_too(desk):
    made = session(ens())
    address = f"/ens/sessions/{made.slug}/time"
    first, second = desk.get(address), desk.get(address)
    first.submit("/time", starts_local="2026-10-15T18:00")
    refused = second.submit("/time", starts_local="2026-10-16T18:00")
    assert refused.status == 422
    store.expire_all()
    assert made.starts_local == datetime.fromisoformat("2026-10-15T18:00")


def test_publishing_and_cancelling(desk):
    made = draft(ens())
    address = f"/ens/sessions/{made.slug}"
    token = desk.get(f"{address}/edit").soup.select_one('[name="csrf_token"]')["value"]
    desk.post(f"{address}/publish", {"csrf_token": token})
    store.expire_all()
    assert made.state == State.PUBLISHED
    refused = desk.post(f"{address}/cancel", {"csrf_token": token, "because": ""})
    assert (refused.status, refused.errors) == (422, ["Please fill this in."])
    answer = refused.submit("/cancel", because="The hall is flooded.")
    store.expire_all()
    assert (answer.status, made.state) == (200, State.CANCELLED)


def test_publishing_with_blockers_says_which(desk):
    made = draft(ens(), credit_scheme="one_per_45")
    speaker(made)
    token = desk.get(f"/ens/sessions/{made.slug}/edit").soup.select_one('[name="csrf_token"]')["value"]
    refused = desk.post(f"/ens/sessions/{made.slug}/publish", {"csrf_token": token})
    assert refused.status == 409
    assert "Interests not disclosed in the last 12 months: Pia Presenter." in refused.text


def test_speakers_are_asked_ordered_and_removed(desk):
    made = draft(ens())
    address = f"/ens/sessions/{made.slug}/edit"
    form = desk.get(address)
    form.submit("/speakers#ask", name="Pia Presenter", email="pia@clinic.example", talk_minutes="15")
    page = desk.get(address).submit("/speakers#ask", name="Quinn", email="quinn@clinic.example")
    assert [row.th.bdi.get_text() for row in page.soup.select("#speakers tbody tr")] == [
        "Pia Presenter",
        "Quinn",
    ]
    quinn = made.speakers[1]
    page = page.submit(f"/speakers/{quinn.id}/order", by="earlier")
    assert [row.th.bdi.get_text() for row in page.soup.select("#speakers tbody tr")] == [
        "Quinn",
        "Pia Presenter",
    ]
    page = page.submit(f"/speakers/{quinn.id}/remove")
    assert [row.th.bdi.get_text() for row in page.soup.select("#speakers tbody tr")] == ["Pia Presenter"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Please fill this in."),
        ("email", "pia", "This does not look like one email address"),
        ("email", "pia@clinic.example", "This address is asked already."),
        ("talk_minutes", "61", "A talk lasts from 1 to 60 minutes, the length of the session."),
    ],
)
def test_a_speaker_that_cannot_be_asked(desk, field, typed, sentence):
    made = draft(ens())
    speaker(made)
    form = {"name": "Quinn", "email": "quinn@clinic.example"} | {field: typed}
    answer = desk.get(f"/ens/sessions/{made.slug}/edit").submit("/speakers#ask", **form)
    assert answer.status == 422
    assert answer.errors[0].startswith(sentence)
    assert answer.fields(answer.form("/speakers#ask"))[field] == typed


SERIES = "/ens/series/new"


def series(desk, **typed):
    form = {"title": "Vascular series", "starts_local": "2026-10-14T18:00", "count": "3"} | typed
    return desk.get(SERIES).submit(SERIES, **form)


def test_a_series_shows_its_dates_before_it_is_made(desk):
    shown = series(desk)
    assert shown.status == 200
    assert [li.get_text(" ", strip=True)[:15] for li in shown.soup.select("#dates ~ ol li")] == [
        "Wed 14 Oct 2026",
        "Wed 21 Oct 2026",
        "Wed 28 Oct 2026",
    ]
    assert "Clocks in Berlin change before 28 October 2026" in shown.text
    assert store.query(Session).count() == 0
    made = shown.submit(SERIES, do="create")
    assert made.heading == "Vascular series"
    assert "3 drafts were made." in made.text
    assert "Vascular series, 1 of 3" in made.text
    assert store.query(Session).count() == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"count": ""}, "Please say either how many sessions there are or the last date, not both."),
        ({"count": "61"}, "Please write a whole number from 2 to 60."),
        ({"count": "", "until": "2026-10-01"}, "The last date lies before the first session."),
        ({"count": "", "until": "soon"}, "Please write the date like 2026-12-31."),
        (
            {"count": "", "until": "2029-10-01"},
            "A series has at most 60 sessions. Please choose an earlier end or fewer sessions.",
        ),
        ({"every": "day_of_month", "starts_local": "2026-10-30T18:00"}, "Not every month has a day 30."),
        ({"interval": "0"}, "Please write a whole number from 1 to 26."),
    ],
)
def test_a_rhythm_that_cannot_be_gets_a_sentence(desk, typed, sentence):
    answer = series(desk, **typed)
    assert answer.status == 422
    assert answer.errors[0].startswith(sentence)
    values = answer.fields(answer.form(SERIES))
    assert {name: values[name] for name in typed} == typed


def test_another_society_finds_nothing(page):
    ours, _ = ens_with_olga()
    theirs = society("other", name="Another Society")
    member(theirs, ada())
    made = session(ours)
    page.sign_in(ada())
    for path in (f"/ens/sessions/{made.slug}/edit", f"/other/sessions/{made.slug}/edit", NEW, SERIES):
        page.get(path, status=404)
    for leaf in ("time", "link"):
        page.get(f"/ens/sessions/{made.slug}/{leaf}", status=404)
        page.get(f"/other/sessions/{made.slug}/{leaf}", status=404)


def talk(page, leaf: str, **typed):
    """Send an answer from the speaker's page, with the CSRF token of some public page."""
    made = session(ens_with_olga()[0])
    asked = speaker(made)
    token = accounts.token_of(TokenKind.TALK, asked.nonce)
    csrf = page.get("/sign-in").soup.select_one('[name="csrf_token"]')["value"]
    response = page.raw(f"/talk/{token}/{leaf}", method="POST", data=typed | {"csrf_token": csrf})
    store.expire_all()
    return asked, response, token


def test_a_speaker_answers_without_an_account(page):
    asked, response, token = talk(page, "answer", answer="other_time", note="Mornings, Kathmandu")
    assert (response.status_code, response.headers["Location"]) == (303, f"/talk/{token}")
    assert (asked.answer, asked.answer_note) == (Answer.OTHER_TIME, "Mornings, Kathmandu")


def test_a_speaker_tells_of_themselves(page):
    asked, response, _ = talk(page, "describe", name="Dr Pia", bio="Works in Birgunj.", affiliation="Clinic")
    assert (response.status_code, asked.name, asked.bio) == (303, "Dr Pia", "Works in Birgunj.")


def test_a_speaker_discloses(page):
    asked, _, _ = talk(page, "disclose", disclosure="listed", disclosure_text="Acme: fees")
    assert (asked.disclosure, asked.disclosure_text) == (Disclosure.LISTED, "Acme: fees")


@pytest.mark.parametrize(("recording", "agreed"), [("yes", True), ("no", False)])
def test_a_speaker_agrees_to_the_recording_or_not(page, recording, agreed):
    asked, _, _ = talk(page, "consent", recording=recording)
    assert asked.recording_consent is agreed


@pytest.mark.parametrize(
    ("leaf", "typed", "sentence"),
    [
        ("answer", {}, "Please choose one."),
        (
            "answer",
            {"answer": "other_time"},
            "Please say which times would suit you, with your city.",
        ),
        ("disclose", {"disclosure": "listed"}, "Please list the relationships, one per line."),
        ("describe", {"name": ""}, "Please fill this in."),
        ("consent", {"recording": "perhaps"}, "Please choose one of the list."),
    ],
)
def test_an_incomplete_answer_is_asked_again(page, leaf, typed, sentence):
    _, response, _ = talk(page, leaf, **typed)
    assert response.status_code == 422
    assert sentence in response.get_data(as_text=True)
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_a_made_up_talk_link_opens_nothing(page):
    ens_with_olga()
    csrf = page.get("/sign-in").soup.select_one('[name="csrf_token"]')["value"]
    token = accounts.token_of(TokenKind.TICKET, pia().nonce)
    for made_up in ("tk_nothing", token):
        response = page.raw(f"/talk/{made_up}/answer", method="POST", data={"csrf_token": csrf})
        assert response.status_code == 404


def to_another_zone(desk, made: Session, **typed):
    address = f"/ens/sessions/{made.slug}/time"
    return desk.get(address).submit("/time", **{"zone_name": "Nepal"} | typed)


def test_another_zone_asks_first_what_should_stay_and_shows_both_results(desk):
    made = session(ens())
    asked = to_another_zone(desk, made)
    assert asked.status == 422
    assert "Not saved yet: say below what should stay, then save again." in asked.text
    assert (
        "Keep the clock time: Wed 14 Oct, 18:00 Kathmandu (UTC+05:45), that is Wed 14 Oct, 12:15 UTC "
        "(now Wed 14 Oct, 16:00 UTC)" in asked.text
    )
    assert (
        "Keep the instant: Wed 14 Oct, 21:45 Kathmandu (UTC+05:45), still Wed 14 Oct, 16:00 UTC" in asked.text
    )
    assert only_session().zone_name == "Europe/Berlin"
    assert asked.submit("/time").status == 200
    kept = only_session()
    assert (kept.zone_name, f"{kept.starts_local:%H:%M}", f"{kept.starts_at:%H:%M}") == (
        *("Asia/Kathmandu", "18:00"),
        "12:15",
    )


def test_the_instant_stays_where_that_is_wished(desk):
    asked = to_another_zone(desk, session(ens()))
    asked.submit("/time", keep="instant:Asia/Kathmandu")
    kept = only_session()
    assert (kept.zone_name, f"{kept.starts_local:%H:%M}", f"{kept.starts_at:%H:%M}") == (
        *("Asia/Kathmandu", "21:45"),
        "16:00",
    )


def test_an_answer_for_one_zone_does_not_count_for_the_next(desk):
    asked = to_another_zone(desk, session(ens()))
    again = asked.submit("/time", keep="instant:Asia/Kathmandu", zone_name="Tokyo")
    assert again.status == 422
    assert "Keep the instant: Thu 15 Oct, 01:00 Tokyo (UTC+09:00)" in again.text
    assert only_session().zone_name == "Europe/Berlin"


def test_who_types_another_time_for_another_zone_has_said_what_they_mean(desk):
    to_another_zone(desk, session(ens()), starts_local="2026-10-15T20:00")
    kept = only_session()
    assert (kept.zone_name, f"{kept.starts_local:%d %H:%M}") == ("Asia/Kathmandu", "15 20:00")


def test_a_doubtful_zone_is_answered_with_radio_buttons(desk):
    made = session(ens())
    asked = to_another_zone(desk, made, zone_name="BST", starts_local="2026-10-15T20:00")
    assert asked.status == 422
    assert asked.errors == ["This does not name one time zone. Which one do you mean?"]
    offered = [each["value"] for each in asked.soup.select("input[type=radio][name=zone_name]")]
    assert offered[:2] == ["Europe/London", "Asia/Dhaka"]
    assert "Dhaka (UTC+06:00)" in asked.text
    asked.submit("/time", zone_name=["BST", "Asia/Dhaka"])
    kept = only_session()
    assert (kept.zone_name, f"{kept.starts_local:%d %H:%M}") == ("Asia/Dhaka", "15 20:00")
