"""Composing a mail from its folder `templates/mails/<name>/`, as its reader would see a page."""

import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import css_inline
from flask import render_template
from flask_babel import force_locale

from webinar.config import settings
from webinar.mail.delivery import MailErrand
from webinar.mail.message import CalendarPart, Mail, Party
from webinar.plaintext import one_line
from webinar.web import languages
from webinar.web.chrome import Chrome, wear
from webinar.web.preferences import known_zone
from webinar.web.viewing import Viewing, ZoneSource, see_as

TEXT_WIDTH = 72
"""Characters of a line in the text part; only a word that is longer, such as an address, passes it."""

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


@dataclass(frozen=True)
class Envelope:
    """Who gets the mail and on whose behalf; `key` is the letter's, `sent_at` an aware UTC instant.

    `locale` and `zone_name` (IANA) are the reader's own; without a zone the event's is shown.
    `from_name` stands beside our address and as the brand at the top.
    """

    key: str
    to: Party
    sent_at: datetime
    locale: str | None = None
    zone_name: str | None = None
    from_name: str = ""
    reply_to: Party | None = None
    unsubscribe_url: str | None = None


def compose(
    name: str, envelope: Envelope, *, calendar: CalendarPart | None = None, **values: Any
) -> MailErrand:
    """The mail `name` with `values` for its three templates, as an errand for the outbox."""
    with in_words_of(envelope):
        subject = one_line(render_template(f"mails/{name}/subject.txt", **values))
        text = wrapped(render_template(f"mails/{name}/body.txt", **values))
        html = render_template(f"mails/{name}/body.html", **values)
    return MailErrand(
        Mail(
            key=envelope.key,
            sender=Party(settings().mail_from, envelope.from_name),
            to=envelope.to,
            subject=subject,
            text=text,
            html=_inliner.inline(html),
            sent_at=envelope.sent_at,
            calendar=calendar,
            reply_to=envelope.reply_to,
            unsubscribe_url=envelope.unsubscribe_url,
        )
    )


@contextmanager
def in_words_of(envelope: Envelope) -> Iterator[None]:
    """Words made inside are in the language, zone and clock of the mail's reader."""
    _see_as_reader(envelope)
    with force_locale(languages.known(envelope.locale) or languages.DEFAULT):
        yield


def wrapped(text: str) -> str:
    """`text` with lines of at most 72 characters and never two empty lines together."""
    lines = [line for long in text.strip().split("\n") for line in _lines(long)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _lines(line: str) -> list[str]:
    if len(line) <= TEXT_WIDTH:
        return [line]
    margin = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(
        line,
        TEXT_WIDTH,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _see_as_reader(envelope: Envelope) -> None:
    locale = languages.known(envelope.locale) or languages.DEFAULT
    zone_name = known_zone(envelope.zone_name)
    direction = languages.direction(locale)
    source: ZoneSource = "account" if zone_name else "event"
    see_as(Viewing(zone_name, source, locale, direction, "auto", False, envelope.sent_at))
    contact = envelope.reply_to.address if envelope.reply_to else settings().support_email
    wear(
        Chrome(
            brand_name=envelope.from_name or "webinar", brand_url=settings().base_url, support_email=contact
        )
    )
