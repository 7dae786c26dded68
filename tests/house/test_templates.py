"""Laws of the templates: nothing raw, nothing inline, no clock time of their own; mails in three parts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import TEMPLATES, place, templates
from webinar.reactions import LETTERS

RAW = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\s*\(")
INLINE = re.compile(r"""\sstyle\s*=|\son\w+\s*=\s*["']|<style\b|javascript:""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
OWN_TIME = re.compile(r"\b\d{1,2}:\d{2}\b|\bUTC[+−-]\d|\b\d{1,2} ?(?:am|pm)\b", re.IGNORECASE)
TELLS_THE_NIGHT = "webinar/templates/lobby/help.html"
"""The one page that explains which hours count as night."""
STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
MAILS = sorted(path for path in (TEMPLATES / "mails").iterdir() if path.is_dir())


def found(pattern: re.Pattern[str], *endings: str) -> list[str]:
    """Where a pattern stands in templates, comments apart; an editor can open each place."""
    return [
        place(path, text[: match.start()].count("\n") + 1)
        for path, text in uncommented(*endings)
        for match in pattern.finditer(text)
    ]


def uncommented(*endings: str) -> Iterator[tuple]:
    """Templates with their comments blanked, lines kept."""
    for path, text in templates(*endings):
        yield path, COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def frame(path: Path) -> str | None:
    """The outermost layout that a template extends."""
    parent = re.search(r'extends "([\w/.]+)"', path.read_text())
    return (frame(TEMPLATES / parent[1]) or parent[1]) if parent else None


def test_nothing_is_let_through_unescaped():
    assert found(RAW, ".html", ".txt") == []


def test_nothing_is_inline():
    places = found(INLINE, ".html")
    assert [each for each in places if not each.startswith("webinar/templates/layouts/mail.html")] == []


def test_scripts_are_files_or_data():
    inline = [
        place(path, text[: script.start()].count("\n") + 1)
        for path, text in uncommented(".html")
        for script in SCRIPT.finditer(text)
        if "src=" not in script["attributes"] and "json" not in script["attributes"]
    ]
    assert inline == []


def test_no_template_tells_a_time_of_its_own():
    told = found(OWN_TIME, ".html", ".txt")
    assert [each for each in told if not each.startswith(TELLS_THE_NIGHT)] == []


def test_no_template_formats_an_instant_itself():
    by_hand = re.compile(r"strftime|isoformat|\.astimezone|timedelta|\bnow\(\)")
    assert found(by_hand, ".html", ".txt") == []


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.name)
def test_a_mail_has_a_subject_a_text_and_an_html_part(mail):
    assert sorted(path.name for path in mail.iterdir()) == ["body.html", "body.txt", "subject.txt"]


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.name)
def test_a_mails_parts_wear_the_mails_frame_and_its_subject_is_one_line(mail):
    assert frame(mail / "body.html") == "layouts/mail.html"
    assert frame(mail / "body.txt") == "layouts/mail.txt"
    subject = STATEMENT.sub("", (mail / "subject.txt").read_text())
    assert len(subject.strip().splitlines()) == 1


def test_every_mail_is_a_letter_and_every_letter_a_mail():
    assert sorted(f"mail.{mail.name}" for mail in MAILS) == sorted(LETTERS)
