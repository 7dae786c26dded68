"""Untrusted text and addresses: Markdown, where to go next; and words for amounts."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from webinar.web import sizes
from webinar.web.fields.country import countries
from webinar.web.markdown import markdown
from webinar.web.safe_next import safe_next


def test_markdown_becomes_a_short_list_of_tags() -> None:
    assert markdown("# Aims\n\n**one** [two](https://example.org)\n\n1. a\n2. b\n") == (
        "<h3>Aims</h3>\n<p><strong>one</strong> "
        '<a href="https://example.org" rel="noopener nofollow ugc">two</a></p>\n'
        "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,hi)",
        "[x](//evil.example)",
        "[x](/sign-out)",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/pixel.png)",
        '<https://a.example" onclick=x>',
    ],
)
def test_markdown_never_lets_markup_or_foreign_schemes_through(typed: str) -> None:
    html = markdown(typed)
    assert [
        bad for bad in ("<script", "<img", 'href="j', 'href="data', 'href="/', 'onclick=x"') if bad in html
    ] == []


@given(st.text(max_size=300))
def test_markdown_takes_any_text(typed: str) -> None:
    assert "<script" not in markdown(typed)


def test_markdown_is_quick_on_hostile_text() -> None:
    for hostile in ("[" * 50_000, "*a" * 25_000, ">" * 50_000, "`" * 50_000, "- " * 25_000, "|a" * 25_000):
        markdown(hostile)


@pytest.mark.parametrize("target", ["/", "/me", "/s/flow?tz=Asia/Kathmandu#now", "/a//b", "/%C3%A9"])
def test_a_path_of_ours_is_a_place_to_go(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        *(
            None,
            "",
            "me",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil",
            "https://evil.example",
        ),
        *(
            "javascript:alert(1)",
            "/a\nb",
            "/a\r\nSet-Cookie: x",
            "/\t/evil.example",
            " /me",
            "/%2F/evil",
            "/%5cevil",
        ),
        *("/%09/evil", "/%252f/evil", "http:evil", "/" + "a" * 3000, "/\u2028x", "/%0d%0ax"),
    ],
)
def test_anything_else_leads_to_the_front_page(target: str | None) -> None:
    assert safe_next(target) == "/"


@given(st.text())
def test_whatever_is_accepted_is_a_plain_path(target: str) -> None:
    assert safe_next(target)[0] == "/" and safe_next(target)[1:2] not in {"/", "\\"}


def test_amounts_are_said_with_unit_and_denominator(app: Flask) -> None:
    with app.test_request_context("/"):
        assert [
            sizes.file_size(n)
            for n in (0, 640, 999, 1000, 1_100_000, 9_960_000, 14_200_000, 999_900, 5 * 10**9)
        ] == [*("0 B", "640 B", "999 B", "1 KB", "1.1 MB", "10 MB", "14 MB", "1 MB", "5 GB")]
        assert sizes.share(101, 175) == "58 % (101 of 175)"
        assert sizes.share(0, 0) == "none of 0"
        assert [sizes.length(timedelta(minutes=n)) for n in (45, 60, 90)] == ["45 min", "1 h", "1 h 30 min"]
        assert [sizes.people(n) for n in (1, 1451)] == ["1 person", "1,451 people"]


def test_countries_are_the_iso_codes_sorted_by_name() -> None:
    names = [name for _code, name in countries("en")]
    assert len(names) == 250  # ISO 3166-1 has 249; Kosovo is the one more
    assert (names[0], names[1], names[-1]) == ("Afghanistan", "Åland Islands", "Zimbabwe")
    assert str(escape(names[9])) == "Antigua &amp; Barbuda"
