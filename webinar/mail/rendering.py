"""Composing a mail from its folder `templates/mails/<name>/`, in the reader's own language."""

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

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


@dataclass(frozen=True)
class Envelope:
    """Who gets the mail, on whose behalf, in which language; `key` is the letter's."""

    key: str
    to: Party
    sent_at: datetime
    locale: str = "en"
    from_name: str = ""
    reply_to: Party | None = None
    unsubscribe_url: str | None = None


def compose(
    name: str, envelope: Envelope, *, calendar: CalendarPart | None = None, **values: Any
) -> MailErrand:
    """The mail `name` with `values` for its templates, as an errand for the outbox."""
    with force_locale(envelope.locale):
        given = {"locale": envelope.locale, "support_email": settings().support_email} | values
        subject = one_line(render_template(f"mails/{name}/subject.txt", **given))
        text = render_template(f"mails/{name}/body.txt", **given)
        html = render_template(f"mails/{name}/body.html", **given)
    sender = Party(settings().mail_from, envelope.from_name)
    return MailErrand(
        Mail(
            key=envelope.key,
            sender=sender,
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
