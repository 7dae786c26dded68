"""What a mail becomes as bytes: its parts, and headers that no typed text can add to."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.mail.message import CalendarPart, Mail, Party, message_id, to_bytes
from webinar.outbox.port import Undeliverable

EXPECTED = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"}


def mail(**changes) -> Mail:
    values = {
        "key": "mail:1",
        "sender": Party("events@ens.example", "Example Society"),
        "to": Party("ada@clinic.example", "Ada Attendee"),
        "subject": "Hello",
        "text": "Text",
        "html": "<p>Text</p>",
        "sent_at": datetime(2026, 10, 7, 9, tzinfo=UTC),
    } | changes
    return Mail(**values)


def parsed(written: Mail):
    return message_from_bytes(to_bytes(written), policy=policy.default)


def test_text_and_html_are_alternatives():
    message = parsed(mail())
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_long_subject_begins_on_the_line_of_its_name():
    subject = "Registered: Flow diverters in ruptured aneurysms, Wed 14 Oct, 21:45 Kathmandu"
    assert f"\r\nSubject: {subject}\r\n".encode() in to_bytes(mail(subject=subject))


def test_an_invitation_is_the_last_alternative_and_a_file():
    body = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    message = parsed(mail(calendar=CalendarPart("REQUEST", body)))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    calendar, attachment = list(message.walk())[4:]
    assert calendar["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
    assert calendar["Content-Disposition"] is None
    assert calendar.get_payload(decode=True) == attachment.get_payload(decode=True) == body


@pytest.mark.parametrize(
    "hostile",
    [
        "Hello\r\nBcc: evil@x.example",
        "x =?utf-8?q?a=0D=0ABcc=3A_evil=40x?=",
        "a\x85b\u2028Bcc: c",
        "a\x00b\x0bc",
    ],
)
def test_typed_text_adds_no_header(hostile):
    for changes in ({"subject": hostile}, {"to": Party("ada@clinic.example", hostile)}):
        assert set(parsed(mail(**changes)).keys()) == EXPECTED


@given(st.text(max_size=200))
def test_no_text_at_all_adds_a_header(text):
    written = mail(subject=text, sender=Party("events@ens.example", text))
    assert set(message_from_bytes(to_bytes(written)).keys()) == EXPECTED


@pytest.mark.parametrize("address", ["", "ada", "ada@clinic.example\r\nBcc: x@y.example", "a b@c.example"])
def test_an_address_that_cannot_be_written_is_a_final_refusal(address):
    with pytest.raises(Undeliverable):
        to_bytes(mail(to=Party(address)))


def test_every_try_carries_the_same_message_id():
    assert message_id("mail:1", "ens.example") == message_id("mail:1", "ens.example")
    assert message_id("mail:1", "ens.example") != message_id("mail:2", "ens.example")


def test_one_click_unsubscribe_has_both_headers():
    message = parsed(mail(unsubscribe_url="https://webinar.example/me/mail/x"))
    assert message["List-Unsubscribe"] == "<https://webinar.example/me/mail/x>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_names_in_any_script_arrive():
    message = parsed(mail(to=Party("ada@clinic.example", "अनिता शर्मा"), subject="جراحة الأعصاب 神经外科"))
    assert message["To"].addresses[0].display_name == "अनिता शर्मा"
    assert message["Subject"] == "جراحة الأعصاب 神经外科"
