"""Answers that Thunderbird itself writes to our invitations are read as what its user chose."""

from datetime import timedelta

import pytest

from tests.factories.calendars import ADA, at, invited, series, talk
from tests.judges import installed, thunderbird
from webinar.calendars.formats.mail import read_mail
from webinar.calendars.formats.reply import read_replies
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.invite import Method, invitation

pytestmark = pytest.mark.timeout(300)

TUESDAY = at("Europe/London", 2026, 11, 3, 18)
MOVED = talk(recurs_at=TUESDAY, start_at=TUESDAY + timedelta(hours=18))
INVITATIONS = {
    "a talk in UTC": invited(talk(sequence=3)),
    "a series by the clocks of London": invited(series(sequence=4)),
    "a series with a moved session": invited(series(sequence=5, overrides=(MOVED,))),
}


def answered(event: CalendarEvent, asked: thunderbird.Marionette, *choice: str) -> bytes:
    """The mail by which Thunderbird answers an invitation."""
    script = (installed.READERS / "thunderbird_reply.js").read_text()
    octets = invitation(event, Method.REQUEST)
    [mail] = asked.run(script, octets.decode(), ADA.address, *choice)
    return mail.encode("latin-1")


def test_a_choice_in_thunderbird_is_read_with_its_comment_and_sequence() -> None:
    choices = (("ACCEPTED", ""), ("DECLINED", "Im OP; schöne Grüße, Ada"), ("TENTATIVE", ""))
    seen, wanted = {}, {}
    with thunderbird.running() as asked:
        for name, event in INVITATIONS.items():
            for partstat, comment in choices:
                mail = read_mail(answered(event, asked, partstat, comment))
                for_all = [r for r in read_replies(mail.calendar, mail.method) if r.recurs_at is None]
                seen[name, partstat] = [(r.uid, r.says, r.comment, r.sequence) for r in for_all]
                wanted[name, partstat] = [(event.uid, partstat, comment, event.sequence)]
    assert seen == wanted
