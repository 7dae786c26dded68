"""Plain link: a room that somebody made elsewhere and pasted here; we only check that it is an address."""

from webinar.meetings.port import Link
from webinar.meetings.rules import checked_url
from webinar.plaintext import clean_text, one_line
from webinar.refusal import Invalid


class PlainLink:
    """Any https address: Zoom, Teams, Jitsi, BigBlueButton, a stream."""

    def accepted(self, link: Link) -> Link:
        """The link, cleaned. Raises Invalid."""
        url = checked_url(link.url, "url")
        backup = checked_url(link.backup_url, "backup_url") if link.backup_url.strip() else ""
        if backup == url:
            raise Invalid("The backup is the same link. Please give another room, or none.", "backup_url")
        return Link(
            url=url,
            meeting_id=one_line(link.meeting_id),
            passcode=one_line(link.passcode),
            dial_in=clean_text(link.dial_in).strip(),
            backup_url=backup,
        )
