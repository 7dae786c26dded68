"""Errors and refusals: a sentence, a status, the same headers as everything else."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.web.tiny_app import make_app

HEADERS = [
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
]


def heading_and_sentence(text: str) -> tuple[str, str]:
    soup = BeautifulSoup(text, "html.parser")
    return soup.h1.text, soup.h1.find_next("p").text


def test_a_refusal_becomes_a_page_with_its_sentence_escaped(visitor: FlaskClient) -> None:
    answer = visitor.get("/refused")
    assert answer.status_code == 409
    assert heading_and_sentence(answer.text) == (
        "This cannot be done",
        "This session is full. <b>Join</b> the waiting list.",
    )
    assert "<b>Join" not in answer.text


def test_below_api_a_refusal_is_a_problem_in_json(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/v1/invalid")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    problem = answer.get_json()
    del problem["request_id"]
    assert problem == {
        "status": 422,
        "title": "This cannot be done",
        "detail": "The end lies before the start.",
        "field": "end",
    }


def test_missing_and_never_existed_look_alike_in_status(visitor: FlaskClient) -> None:
    assert [visitor.get(url).status_code for url in ("/missing", "/nothing/here")] == [404, 404]


def test_a_wrong_method_names_the_right_ones(visitor: FlaskClient) -> None:
    answer = visitor.get("/upload")
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"OPTIONS", "POST"})


def test_a_failure_shows_a_number_and_no_detail(visitor: FlaskClient) -> None:
    answer = visitor.get("/broken")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert "secret detail" not in answer.text


def test_too_many_tries_are_told_to_wait(visitor: FlaskClient) -> None:
    assert visitor.get("/fast").status_code == 429


def test_a_form_without_its_token_says_go_back(visitor: FlaskClient) -> None:
    answer = visitor.post("/public", data={"name": "Ada"})
    assert (answer.status_code, heading_and_sentence(answer.text)[0]) == (400, "This form has expired")


def test_a_large_body_is_413_but_an_upload_view_takes_more(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    part = b'--x\r\nContent-Disposition: form-data; name="slides"; filename="a.pdf"\r\n\r\n%s\r\n--x--\r\n'
    two_mb = {"data": part % (b"s" * 2_000_000), "content_type": "multipart/form-data; boundary=x"}
    visitor = app.test_client()
    assert visitor.post("/public", **two_mb).status_code == 413
    assert visitor.post("/upload", **two_mb).text == "2000000"


@pytest.mark.parametrize(
    "url", ["/public", "/refused", "/nothing", "/broken", "/upload", "/static/css/app.css"]
)
def test_every_answer_carries_the_security_headers(visitor: FlaskClient, url: str) -> None:
    with visitor.get(url) as answer:
        assert [name for name in HEADERS if name not in answer.headers] == []


def test_the_policy_allows_nothing_inline_and_no_frames(visitor: FlaskClient) -> None:
    first, second = (visitor.get("/public").headers["Content-Security-Policy"] for _ in range(2))
    parts = dict(part.strip().split(" ", 1) for part in first.split(";"))
    nonce = parts.pop("script-src")
    assert parts == {
        "default-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }
    assert nonce.startswith("'self' 'nonce-")
    assert first != second


def test_personal_pages_stay_in_their_browser_and_secret_addresses_are_not_passed_on(
    visitor: FlaskClient,
) -> None:
    assert visitor.get("/mine").headers["Cache-Control"] == "private, no-store"
    ticket = visitor.get("/t/secret").headers
    assert (ticket["Referrer-Policy"], ticket["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


def test_https_installations_insist_on_https(tmp_path: Path) -> None:
    visitor = make_app(tmp_path, base_url="https://webinar.example").test_client()
    for url in ("/public", "/static/css/app.css", "/nothing"):
        with visitor.get(url, base_url="https://webinar.example") as answer:
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:81", "localhost@evil", "", "[::1"]
)
def test_a_foreign_host_is_400(visitor: FlaskClient, host: str) -> None:
    assert visitor.get("/public", headers={"Host": host}).status_code == 400


def test_forwarded_headers_count_for_the_configured_hops_only(tmp_path: Path) -> None:
    forged = {"X-Forwarded-Host": "evil.example"}
    direct = make_app(tmp_path).test_client()
    behind = make_app(tmp_path, proxy_hops=1).test_client()
    assert direct.get("/public", headers=forged).status_code == 200
    assert behind.get("/public", headers=forged).status_code == 400
