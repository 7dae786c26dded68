"""The form of a session's room."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webinar.meetings.port import Link
from webinar.meetings.rules import LONGEST_URL
from webinar.web.fields.text import LineField, ProseField
from webinar.web.form import Form


class LinkField(LineField):
    """A pasted address; the provider judges it."""

    html = {"dir": "ltr", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}  # noqa: RUF012


class LinkForm(Form):
    """Where the join link leads. `seen_at` carries the version that the page was opened with."""

    url = LinkField(
        _l("Join link"),
        max_length=LONGEST_URL,
        hint=_l("Paste it from Zoom, Teams, Jitsi or any other room."),
    )
    meeting_id = LineField(_l("Meeting number"), required=False, max_length=100)
    passcode = LineField(_l("Passcode"), required=False, max_length=100, autocomplete="off")
    dial_in = ProseField(
        _l("Phone numbers"),
        required=False,
        max_length=2000,
        rows=3,
        hint=_l("One per line with country and toll; shown to who cannot join by the link."),
    )
    backup_url = LinkField(
        _l("Backup link"),
        required=False,
        max_length=LONGEST_URL,
        hint=_l("Another room, if the first one fails."),
    )
    seen_at = HiddenField()

    def link(self) -> Link:
        """What was typed, for the service."""
        return Link(
            url=self.url.data,
            meeting_id=self.meeting_id.data,
            passcode=self.passcode.data,
            dial_in=self.dial_in.data,
            backup_url=self.backup_url.data,
        )
