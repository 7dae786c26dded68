"""The catalogues: compiled as written, whole where the public reads, with the plurals of each language."""

import io
import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from webinar.web.languages import TRANSLATIONS, available

LANGUAGES = ("ar", "es")
PLACE = re.compile(r"%\(\w+\)[sd]|%%|</?bdi>")
PUBLIC = re.compile(
    r"webinar/(templates/(accounts|components|errors|layouts|lobby|mails|registration)/"
    r"|templates/(attendance/join|certificates/(look_up|mine|own|verify)|sessions/talk_answer|societies/accept)\."
    r"|templates/scheduling/vote\.|scheduling/(forms/vote|pages/vote|service/votes|routes/votes|rules/(asking|times))"
    r"|templates/materials/(talk|_backstage|_open|_recording|_slides)\."
    r"|(accounts|calendars|files|lobby|registration|reminders|web)/"
    r"|attendance/pages/joining|certificates/(forms|pages/faces|pages/verification|queries|service)"
    r"|materials/(formats|forms|routes|rules|service|pages/(talk|words))"
    r"|sessions/(forms/speaker|rules/(credit_schemes|words)|service/answers))"
)
"""Where attendees and presenters read; organisers' pages may fall back to English."""


@cache
def written(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def said(catalog: Catalog) -> dict[tuple[str, str | None], object]:
    return {(str(m.id), m.context): m.string for m in catalog if m.id and m.string}


def both(language: str) -> Iterator[tuple[Message, str, str]]:
    """Each translated message with each of its forms and the English that the form stands for."""
    for message in written(language):
        if not message.id or not message.string:
            continue
        if not message.pluralizable:
            yield message, message.id, message.string
            continue
        for form in message.string:
            yield message, message.id[1], form


def places(words: str) -> list[str]:
    return sorted(PLACE.findall(words))


def test_pages_speak_arabic_english_and_spanish() -> None:
    assert available() == ("ar", "en", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, written(language))
    compiled.seek(0)
    shipped = TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"
    with shipped.open("rb") as file:
        assert said(read_mo(file)) == said(read_mo(compiled)) != {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_each_string_of_the_template_and_no_other(language: str) -> None:
    with (TRANSLATIONS / "messages.pot").open("rb") as file:
        template = read_po(file)
    assert {(m.id, m.context) for m in written(language)} == {(m.id, m.context) for m in template}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_original(language: str) -> None:
    differ = [
        (english, words)
        for message, english, words in both(language)
        if not message.pluralizable and places(words) != places(english)
    ]
    assert differ == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_form_names_no_place_of_its_own_and_the_last_names_all(language: str) -> None:
    strange = []
    for message in written(language):
        if message.id and message.pluralizable:
            known = set(places(message.id[1]))
            strange += [form for form in message.string if not set(places(form)) <= known]
            strange += [form for form in message.string[-1:] if set(places(form)) != known]
    assert strange == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_the_public_reads_is_left_in_english(language: str) -> None:
    silent = [
        message.id
        for message in written(language)
        if message.id
        and not message.string
        and any(PUBLIC.match(place) for place, _line in message.locations)
    ]
    assert silent == []


@pytest.mark.parametrize(("language", "forms"), [("ar", 6), ("es", 2)])
def test_every_counted_thing_has_all_plural_forms(language: str, forms: int) -> None:
    # Without them, gettext would pick English forms by the other language's rule: "1 people".
    counted = [message for message in written(language) if message.pluralizable]
    assert written(language).num_plurals == forms
    assert [m.id[0] for m in counted if len(m.string) != forms or not all(m.string)] == []


def test_arabic_counts_as_arabic_does() -> None:
    """Zero, one, two, few (3–10), many (11–99), other (100–102), as CLDR has it."""
    form = c2py(written("ar").plural_expr)
    counts = (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111)
    assert [form(n) for n in counts] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_that_a_native_reader_is_still_needed(language: str) -> None:
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    assert "# Needs a native reader before release." in path.read_text("utf-8").split("msgid", 1)[0]
