"""Languages of the pages: which catalogues exist, which direction they run, how Babel finds ours."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from flask import Flask
from flask_babel import Babel

from webinar.web.viewing import current_viewing

DEFAULT = "en"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
TRANSLATIONS = Path(__file__).parent.parent / "translations"


@cache
def available() -> tuple[str, ...]:
    """Locales that pages can be read in: English and every compiled catalogue, sorted."""
    catalogues = TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo")
    return tuple(sorted({DEFAULT, *(path.parent.parent.name for path in catalogues)}))


def known(locale: str | None) -> str | None:
    """`locale` if pages can be read in it, else None."""
    return locale if locale in available() else None


def best(wanted: Iterable[str]) -> str | None:
    """The first of the browser's `wanted` languages (BCP 47) that we have, or None."""
    exact = (tag.replace("-", "_") for tag in wanted)
    return next((found for tag in exact if (found := known(tag) or known(tag.partition("_")[0]))), None)


def direction(locale: str) -> Literal["ltr", "rtl"]:
    """Which way a locale is written."""
    return "rtl" if locale.partition("_")[0] in RIGHT_TO_LEFT else "ltr"


def isolated(words: str) -> str:
    """Somebody's own `words` for a line that runs right to left, so that a Latin name turns nothing round.

    Unicode's first strong isolate and its end (UAX 9); pages that run left to right need none.
    """
    return f"\u2068{words}\u2069" if current_viewing().direction == "rtl" else words


def name_of(locale: str) -> str:
    """The language's name in itself, such as "English"."""
    try:
        name = Locale.parse(locale).display_name or locale
    except (UnknownLocaleError, ValueError):
        return locale
    return name[0].upper() + name[1:]


def speak(app: Flask) -> None:
    """Let gettext in `app` follow the viewing of each request.

    Times never pass through flask-babel: `moments` formats them with our own zone data.
    """
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, default_locale=DEFAULT, locale_selector=lambda: current_viewing().locale)
