"""Forms: what was typed is kept, errors are sentences, values come out clean."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.web.tiny_app import DeskForm, RegisterForm
from webinar.refusal import Invalid, Refusal
from webinar.web.fields.wall_time import _read

GOOD = {
    "title": "Flow diverters",
    "start": "2026-10-14T18:45",
    "zone": "Asia/Kathmandu",
    "minutes": "60",
    "kind": "webinar",
    "language": "en",
    "consent": "y",
}


def wall(*parts: int) -> datetime:
    return datetime(*parts)


def filled(app: Flask, **changes: Any) -> DeskForm:
    values = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    with app.test_request_context("/everything", method="POST"):
        form = DeskForm(MultiDict(values), meta={"csrf": False})
        form.validate()
        return form


def test_a_good_form_gives_clean_values(app: Flask) -> None:
    form = filled(app, title="  Flow\tdiverters ", abstract="one\r\ntwo\r\n")
    assert form.summary == ()
    assert (form.title.data, form.abstract.data) == ("Flow diverters", "one\ntwo")
    assert (form.start.data, form.zone.data) == (wall(2026, 10, 14, 18, 45), "Asia/Kathmandu")
    assert (form.minutes.data, form.topics.data, form.slides.data) == (timedelta(hours=1), [], None)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Please fill this in."),
        ("title", "   ", "Please fill this in."),
        ("title", "x" * 41, "This is 41 characters long; please keep it to 40."),
        ("title", "a\x00b", "Some characters cannot be shown and were taken out. Please check the text."),
        ("start", "", "Please give a date and a time."),
        ("start", "tomorrow", "Please write date and time like 2026-10-14 18:45 (24-hour clock)."),
        ("start", "2026-02-30T10:00", "Please write date and time like 2026-10-14 18:45 (24-hour clock)."),
        ("start", "0001-01-01T00:00", "Please check the year."),
        (
            "zone",
            "Mars/Olympus",
            "We do not know this time zone. Please use a city, or a name such as Asia/Kathmandu.",
        ),
        ("zone", "Katmandoo", "This does not name one time zone. Which one do you mean?"),
        ("minutes", "an hour", "Please write the minutes as a whole number, such as 60."),
        ("minutes", "9" * 5000, "Please write the minutes as a whole number, such as 60."),
        ("minutes", "4", "Please choose between 5 and 600 minutes."),
        ("kind", "case_discussion", "Please choose one of the list."),
        ("kind", "", "Please choose one."),
        ("language", None, "Please choose one."),
        ("topics", "x", "Please choose from the list."),
        ("consent", None, "Please tick this to go on."),
    ],
)
def test_bad_input_gets_a_sentence(app: Flask, field: str, typed: str | None, sentence: str) -> None:
    form = filled(app, **{field: typed})
    assert [(error.anchor.split("-")[0], error.sentence) for error in form.summary] == [(field, sentence)]


def test_what_cannot_be_read_is_shown_again(app: Flask) -> None:
    form = filled(app, start="tomorrow", minutes="an hour", zone="Mars/Olympus")
    assert [form.start._value(), form.minutes._value(), form.zone._value()] == [
        "tomorrow",
        "an hour",
        "Mars/Olympus",
    ]
    assert BeautifulSoup(str(form.start()), "html.parser").input["type"] == "text"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-10-14T18:45", wall(2026, 10, 14, 18, 45)),
        ("2026-10-14 18:45", wall(2026, 10, 14, 18, 45)),
        ("2026-10-14T18:45:59.123", wall(2026, 10, 14, 18, 45)),
        ("2026-1-4, 8.05", wall(2026, 1, 4, 8, 5)),
        ("2026-10-14T18:45Z", None),
        ("2026-10-14T24:00", None),
        ("2026-10-14", None),
    ],
)
def test_wall_times_are_read_forgivingly_but_never_guessed(typed: str, read: datetime | None) -> None:
    assert _read(typed) == read


@given(st.text())
def test_any_text_is_a_wall_time_or_none(typed: str) -> None:
    assert _read(typed) is None or isinstance(_read(typed), datetime)


@pytest.mark.parametrize("typed", ["asia/kathmandu", "birgunj", "Nepal", "Nepal Standard Time"])
def test_a_zone_is_found_by_what_people_type(app: Flask, typed: str) -> None:
    assert filled(app, zone=typed).zone.data == "Asia/Kathmandu"


def test_a_doubtful_zone_is_answered_with_choices_and_the_text_stays(app: Flask) -> None:
    form = filled(app, zone="BST")
    assert (form.zone.errors, form.zone._value()) == (
        ["This does not name one time zone. Which one do you mean?"],
        "BST",
    )
    assert [choice.value for choice in form.zone.choices][:2] == ["Europe/London", "Asia/Dhaka"]
    assert form.zone.choices[1].words == "Dhaka (UTC+06:00)"


def test_what_was_picked_counts_only_for_the_text_it_was_offered_for(app: Flask) -> None:
    assert filled(app, zone=["BST", "Asia/Dhaka"]).zone.data == "Asia/Dhaka"
    assert filled(app, zone=["Kathmandu", "Asia/Dhaka"]).zone.data == "Asia/Kathmandu"
    assert filled(app, zone=["BST", "Asia/Tokyo"]).zone.errors != []


def test_a_services_refusal_stands_beside_its_field_or_on_top(app: Flask) -> None:
    form = filled(app)
    with app.test_request_context("/everything"):
        form.refuse(Invalid("The end lies before the start.", field="start"))
        form.refuse(Refusal("This series is closed."))
        found = [(error.sentence, error.label, error.anchor) for error in form.summary]
    assert found == [
        ("This series is closed.", None, None),
        ("The end lies before the start.", "Start", "start"),
    ]


def test_a_file_over_the_limit_or_empty_is_refused_by_counting(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for size, sentence in [
        (300_001, "This file has 300 KB; the most we take is 300 KB."),
        (0, "This file is empty. Please choose another."),
    ]:
        data = {**GOOD, "slides": (BytesIO(b"x" * size), "a.pdf")}
        soup = BeautifulSoup(app.test_client().post("/everything", data=data).text, "html.parser")
        assert soup.find(id="slides-err").text == sentence


ADDRESSES = [
    ("ada@example.org", "ada@example.org"),
    ("  Ada@EXAMPLE.org ", "Ada@example.org"),
    ("ada@müller.example", "ada@xn--mller-kva.example"),
    ("ada@", None),
    ("ada@example.org, pia@example.org", None),
    ("Ada <ada@example.org>", None),
    ("ada@example.org\nBcc: x@example.org", None),
    ("ada@[127.0.0.1]", None),
    ("ada@localhost", None),
    ("a" * 250 + "@example.org", None),
]


@pytest.mark.parametrize(("typed", "address"), ADDRESSES)
def test_an_address_is_exactly_one_or_refused(app: Flask, typed: str, address: str | None) -> None:
    with app.test_request_context("/public", method="POST"):
        form = RegisterForm(MultiDict({"email": typed}), meta={"csrf": False})
        form.validate()
        assert (form.email.data if not form.email.errors else None) == address


def opened(visitor: FlaskClient) -> dict[str, str]:
    soup = BeautifulSoup(visitor.get("/public").text, "html.parser")
    inputs = soup.find(id="main").find_all("input", type="hidden")
    return {node["name"]: node["value"] for node in inputs}


ADA = {"name": "Ada Example", "email": "ada@example.org", "country": "NP"}


def test_ada_registers_by_one_post(visitor: FlaskClient) -> None:
    assert visitor.post("/public", data={**opened(visitor), **ADA}).get_json() == ADA


def test_a_failed_post_is_422_and_keeps_what_was_typed(visitor: FlaskClient) -> None:
    answer = visitor.post("/public", data={**opened(visitor), **ADA, "email": "<b>ada"})
    soup = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert [soup.find(id=name)["value"] for name in ("name", "email")] == ["Ada Example", "<b>ada"]
    assert soup.find(id="country").find("option", selected=True)["value"] == "NP"
    assert soup.find(id="email")["aria-describedby"].split() == ["email-err"]
    assert [a["href"] for a in soup.find(id="errors").find_all("a")] == ["#email"]


def test_the_honeypot_and_a_forged_opening_are_refused(visitor: FlaskClient) -> None:
    fresh = opened(visitor)
    assert visitor.post("/public", data={**fresh, **ADA, "leave_empty": "buy"}).status_code == 422
    assert visitor.post("/public", data={**fresh, **ADA, "opened": "forged"}).status_code == 422
