"""Answers from calendars for tests: golden mails, mails as Ada's program writes them, keys to sign them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask

from tests.factories.sessions import session
from tests.factories.societies import ens_with_olga
from webinar.calendars.models import Source
from webinar.calendars.providers.dns import TableRecords
from webinar.calendars.service import arrivals
from webinar.db.store import store, transaction
from webinar.sessions.models import Session
from webinar.timekeeping import clock

GOLDEN = Path(__file__).parents[1] / "golden" / "replies"
UID = "flow@example.org"
LIMIT = 1_000_000


def answered_session(app: Flask) -> Session:
    """A published session of two seats, known to calendars as UID; DNS speaks for Ada's mail."""
    app.extensions["webinar.records"] = records("clinic.example")
    society, _olga = ens_with_olga()
    made = session(society, capacity=2)
    made.uid, made.revision = UID, 1
    store.commit()
    return made


def golden(name: str) -> bytes:
    """A mail as a real program writes it, with the line ends of the wire."""
    return b"\r\n".join((GOLDEN / name).read_bytes().splitlines()) + b"\r\n"


def reply(says: str = "ACCEPTED", **changes: str) -> bytes:
    """A plain answer of Ada's; `changes` replace author, attendee, uid, sequence, stamp, method, extra, to."""
    told = {
        "author": "ada@clinic.example",
        "attendee": "ada@clinic.example",
        "uid": UID,
        "sequence": "2",
        "stamp": "20261007T090500Z",
        "method": "REPLY",
        "to": "events@example.org",
        "extra": "X-NOTHING:1",
        "headers": "",
    } | changes
    mail_id = changes.get("mail_id") or f"{says}.{told['sequence']}.{told['stamp']}.{told['method']}"
    lines = [
        *([told["headers"]] if told["headers"] else []),
        f"From: {told['author']}",
        f"To: {told['to']}",
        "Subject: an answer",
        "Date: Wed, 07 Oct 2026 09:05:00 +0000",
        f"Message-ID: <{mail_id}@clinic.example>",
        "MIME-Version: 1.0",
        f"Content-Type: text/calendar; charset=utf-8; method={told['method']}",
        "",
        "BEGIN:VCALENDAR",
        f"METHOD:{told['method']}",
        "BEGIN:VEVENT",
        f"UID:{told['uid']}",
        f"DTSTAMP:{told['stamp']}",
        f"SEQUENCE:{told['sequence']}",
        f"ATTENDEE;PARTSTAT={says}:mailto:{told['attendee']}",
        told["extra"],
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode()


@dataclass(frozen=True)
class Keys:
    """A domain's mail key: to sign with, and as its DNS record says it."""

    private: bytes
    public: bytes


@cache
def keys(bits: int = 2048) -> Keys:
    """A real RSA key."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    public = made.public_key().public_bytes(serialization.Encoding.PEM, spki)
    return Keys(pem, b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1]))


def signed(raw: bytes, domain: str = "clinic.example", *, length: bool = False) -> bytes:
    """The mail with a DKIM signature of a domain, by selector `s1`."""
    headers = [b"from", b"to", b"subject", b"date", b"message-id", b"content-type"]
    mark = dkim.sign(
        raw, b"s1", domain.encode(), keys().private, canonicalize=(b"relaxed", b"relaxed"),
        include_headers=headers, length=length,
    )  # fmt: skip
    return bytes(mark) + raw


def records(*domains: str) -> TableRecords:
    """The DNS in which those domains publish the key."""
    return TableRecords({f"s1._domainkey.{domain}": keys().public for domain in domains})


def bring(raw: bytes) -> bool:
    """Let a mail come in; the worker has not looked at it yet. Whether it is new."""
    with transaction():
        return arrivals.keep(raw, Source.PIPE, clock.now(), limit=LIMIT)
