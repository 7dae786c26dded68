"""Answers read from mails as real programs write them; whatever is broken is said to be unreadable."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.replies import GOLDEN, golden, reply
from webinar.calendars.formats.address import normal, spellings
from webinar.calendars.formats.mail import may_hold_calendar, read_mail
from webinar.calendars.formats.reply import read_replies
from webinar.calendars.formats.unreadable import Unreadable
from webinar.calendars.rules.reply import Reply

ADA = ("ada@clinic.example",)
AT_18 = datetime(2026, 10, 14, 16, 0, tzinfo=UTC)
AT_19 = datetime(2026, 10, 14, 17, 0, tzinfo=UTC)

# file: method, addresses, says, comment, sequence, DTSTAMP (minutes after 09:00Z), RECURRENCE-ID, DTSTART
READ = {
    "another-attendee.eml": (
        "REPLY", ("bo@elsewhere.example",), "DECLINED", "Ada forwarded this to me.", 2, 59, None, None,
    ),
    "apple-attendee-is-a-principal.eml": ("REPLY", ADA, "ACCEPTED", "", 2, 15, None, AT_18),
    "asks-for-the-invitation-again.eml": ("REFRESH", ADA, "NEEDS-ACTION", "", None, 59, None, None),
    "assistant-answers-for-somebody.eml": ("REPLY", ADA, "ACCEPTED", "", 2, 59, None, AT_18),
    "delegated-to-a-colleague.eml": ("REPLY", ADA, "DELEGATED", "Bo comes instead of me.", 2, 59, None, None),
    "exchange-windows-zone.eml": ("REPLY", ADA, "ACCEPTED", "", 2, 12, None, AT_18),
    "google-note-in-a-parameter.eml": (
        "REPLY", ADA, "DECLINED", "Theatre list until eight, sorry", 2, 30, None, AT_18,
    ),
    "latin-1-under-the-name-of-utf-8.eml": (
        "REPLY", ADA, "DECLINED", "Bin im OP, schöne Grüße", 2, 59, None, None,
    ),
    "method-only-in-the-part.eml": ("REPLY", ADA, "ACCEPTED", "", 2, 59, None, None),
    "mobile-without-sequence.eml": ("REPLY", ADA, "ACCEPTED", "", None, 59, None, AT_18),
    "nextcloud-from-the-servers-own-address.eml": ("REPLY", ADA, "ACCEPTED", "", 2, 50, None, AT_18),
    "only-a-file-by-its-name.eml": ("REPLY", ADA, "DECLINED", "", 2, 59, None, None),
    "outlook-desktop-one-part-mailto-in-capitals.eml": (
        "REPLY", ADA, "TENTATIVE", "On call that evening, I try to come.", 2, 20, None, AT_18,
    ),
    "outlook-proposes-another-time.eml": (
        "COUNTER", ADA, "TENTATIVE", "Could it be an hour later?", 2, 59, None, AT_19,
    ),
    "recurrence-id-in-utc.eml": ("REPLY", ADA, "TENTATIVE", "", 2, 59, AT_18, None),
    "recurrence-id-with-a-windows-zone.eml": ("REPLY", ADA, "TENTATIVE", "", 2, 59, AT_18, None),
    "thunderbird-two-identical-parts.eml": ("REPLY", ADA, "DECLINED", "", 2, 44, None, AT_18),
    "two-attendees.eml": ("REPLY", (), "NEEDS-ACTION", "", 2, 59, None, None),
    "zimbra-quoted-zone-name.eml": ("REPLY", ADA, "DECLINED", "Operating all day.", 2, 55, None, AT_18),
}  # fmt: skip
UNREADABLE = {
    "cut-off-in-the-middle.eml": "the calendar is broken (ValueError)",
    "no-calendar-in-it.eml": "the mail holds no calendar",
}


def read(raw: bytes) -> Reply:
    mail = read_mail(raw)
    [found] = read_replies(mail.calendar, mail.method)
    return found


def test_every_golden_mail_is_spoken_of():
    assert sorted(path.name for path in GOLDEN.glob("*.eml")) == sorted([*READ, *UNREADABLE])


@pytest.mark.parametrize("name", READ)
def test_what_a_real_program_says_is_understood(name):
    found = read(golden(name))
    minutes = (found.stamp_at - datetime(2026, 10, 7, 9, tzinfo=UTC)).total_seconds() // 60
    assert found.uid == "flow@example.org"
    assert (
        found.method, found.addresses, found.says, found.comment, found.sequence, minutes, found.recurs_at,
        found.starts_at,
    ) == READ[name]  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_to_be_so(name):
    with pytest.raises(Unreadable) as said:
        read(golden(name))
    assert str(said.value) == UNREADABLE[name]


def test_who_writes_for_somebody_and_who_is_sent_instead_are_kept():
    assert read(golden("assistant-answers-for-somebody.eml")).sent_by == "office@clinic.example"
    assert read(golden("delegated-to-a-colleague.eml")).delegated_to == "bo@clinic.example"


def test_the_method_inside_counts_where_the_parts_parameter_says_another():
    raw = reply().replace(b"method=REPLY", b"method=COUNTER")
    assert read(raw).method == "REPLY"


def test_the_author_is_the_only_mailbox_of_the_only_from():
    assert read_mail(reply()).author == "ada@clinic.example"
    assert read_mail(reply(author="Ada <ADA@Clinic.Example>")).author == "ada@clinic.example"
    assert read_mail(reply(author="ada@clinic.example, bo@x.example")).author == ""
    assert read_mail(reply(headers="From: eve@x.example")).author == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("MAILTO:Ada@Clinic.Example", "ada@clinic.example"),
        ("mailto:ada%2Bwork@clinic.example?subject=x", "ada+work@clinic.example"),
        ("ada@klinik-zürich.example", "ada@xn--klinik-zrich-klb.example"),
        ("/1402837465/principal/", ""),
        ("urn:uuid:6f1c", ""),
        ("ada@clinic.example,eve@x.example", ""),
        ("ada@clinic.example\nBcc: x", ""),
        ("@", ""),
    ],
)
def test_addresses_are_compared_in_one_form(written, meant):
    assert normal(written) == meant


def test_a_domain_in_other_letters_is_looked_for_in_both_spellings():
    assert spellings([normal("ada@klinik-zürich.example")]) == {
        "ada@klinik-zürich.example",
        "ada@xn--klinik-zrich-klb.example",
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"
        + b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n" * 51
        + b"END:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nSEQUENCE:many\r\nEND:VEVENT\r\nEND:VCALENDAR",
        b"x" * 300_000,
    ],
)
def test_empty_endless_and_nonsensical_calendars_are_unreadable(body):
    with pytest.raises(Unreadable):
        read(b"From: ada@clinic.example\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n" + body)


def test_a_mail_of_too_many_parts_is_unreadable():
    parts = b"".join(b"--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n" for _ in range(200))
    with pytest.raises(Unreadable):
        read(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + parts + b"--x--\r\n")


def test_only_mails_that_may_hold_a_calendar_are_ours():
    assert may_hold_calendar(golden("exchange-windows-zone.eml"))
    assert may_hold_calendar(golden("only-a-file-by-its-name.eml"))
    assert not may_hold_calendar(golden("no-calendar-in-it.eml"))


@given(st.sampled_from(sorted(READ)), st.data())
def test_however_a_mail_was_damaged_it_is_read_or_said_to_be_unreadable(name, data):
    raw = bytearray(golden(name))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=12))
    try:
        mail = read_mail(bytes(raw))
        found = read_replies(mail.calendar, mail.method)
    except Unreadable:
        return
    assert all(isinstance(each, Reply) for each in found)


@given(st.binary(max_size=600))
def test_any_bytes_in_a_calendar_part_are_read_or_unreadable(body):
    try:
        read_replies(
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + body + b"\r\nEND:VEVENT\r\nEND:VCALENDAR", "REPLY"
        )
    except Unreadable:
        return
