"""Who vouches for an answer: real signatures with a table for DNS, and our own mail server's verdict."""

import pytest

from tests.factories.replies import Keys, keys, records, reply, signed
from webinar.calendars.formats.mail import read_mail
from webinar.calendars.formats.signature import proofs
from webinar.calendars.port import RecordsSilent
from webinar.calendars.providers.dns import TableRecords
from webinar.calendars.rules.reply import Proof, Reply, is_aligned, is_by_attendee

OURS = "mx.example.org"


def shown(raw: bytes, known: TableRecords | None = None, authserv_id: str = "") -> list[str]:
    return sorted(proofs(read_mail(raw), raw, known or TableRecords(), authserv_id))


def verdict(text: str, **changes: str) -> bytes:
    return reply(headers=f"Authentication-Results: {text}", **changes)


def test_a_signature_of_the_authors_domain_counts():
    assert shown(signed(reply()), records("clinic.example")) == ["signed"]


def test_a_parent_domain_speaks_for_its_children_and_nobody_else_does():
    assert shown(signed(reply(author="ada@ward.clinic.example")), records("clinic.example")) == ["signed"]
    assert shown(signed(reply(), "ward.clinic.example"), records("ward.clinic.example")) == []
    assert shown(signed(reply(), "mailer.example"), records("mailer.example")) == []


def test_one_of_several_signatures_is_enough():
    raw = signed(signed(reply()), "mailer.example")
    assert shown(raw, records("clinic.example", "mailer.example")) == ["signed"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"PARTSTAT=ACCEPTED", b"PARTSTAT=DECLINED"),
        (b"From: ada@", b"From: bob@"),
        (b"UID:flow", b"UID:glow"),
    ],
)
def test_a_signature_does_not_hold_for_what_was_changed_afterwards(before, after):
    assert shown(signed(reply()).replace(before, after), records("clinic.example")) == []


def test_a_signature_of_the_first_bytes_alone_is_none():
    raw = signed(reply(), length=True)
    assert shown(raw, records("clinic.example")) == []


def test_a_withdrawn_short_or_missing_key_proves_nothing():
    raw = signed(reply())
    name = "s1._domainkey.clinic.example"
    assert shown(raw) == []
    assert shown(raw, TableRecords({name: b"v=DKIM1; k=rsa; p="})) == []
    assert shown(raw, TableRecords({name: b"nonsense"})) == []
    assert isinstance(keys(), Keys)


def test_broken_signatures_are_none_and_do_not_hide_a_good_one():
    for broken in (b"v=1", b"v=1; a=rsa-sha256; b=!; bh=!; d=x; h=from; s=y", b"\xff\xfe"):
        raw = b"DKIM-Signature: " + broken + b"\r\n" + signed(reply())
        assert shown(raw, records("clinic.example")) == ["signed"]


def test_a_second_author_is_nobodys_to_vouch_for():
    raw = b"From: eve@x.example\r\n" + signed(reply())
    assert shown(raw, records("clinic.example")) == []


def test_a_silent_dns_is_asked_again_later():
    with pytest.raises(RecordsSilent):
        shown(signed(reply()), TableRecords(silent=frozenset({"s1._domainkey.clinic.example"})))


@pytest.mark.parametrize(
    ("text", "believed"),
    [
        (f"{OURS}; dmarc=pass (p=REJECT) header.from=clinic.example", True),
        (f"{OURS}; spf=pass smtp.mailfrom=ada@clinic.example", True),
        (f"{OURS} 1; dkim=pass header.d=clinic.example header.s=s1; spf=fail smtp.mailfrom=x.example", True),
        (f"{OURS}; spf=pass smtp.mailfrom=mailer.example", False),
        (f"{OURS}; dmarc=fail header.from=clinic.example", False),
        (f"{OURS}; dmarc=none header.from=clinic.example", False),
        (f"{OURS}; none", False),
        ("mx.elsewhere.example; dmarc=pass header.from=clinic.example", False),
        (f"mx.elsewhere.example (really {OURS}); dmarc=pass header.from=clinic.example", False),
        (f'{OURS}; x=fail reason="; dmarc=pass header.from=clinic.example"', False),
        ("nonsense ((", False),
    ],
)
def test_our_own_servers_verdict_counts_where_it_is_about_the_authors_domain(text, believed):
    assert shown(verdict(text), authserv_id=OURS) == (["receiver"] if believed else [])


def test_no_verdict_counts_where_the_settings_name_no_server():
    assert shown(verdict(f"{OURS}; dmarc=pass header.from=clinic.example")) == []


def test_only_the_topmost_verdict_of_our_server_counts():
    forged = f"Authentication-Results: {OURS}; dmarc=pass header.from=clinic.example"
    raw = reply(headers=f"Authentication-Results: {OURS}; dmarc=fail header.from=clinic.example\r\n{forged}")
    assert shown(raw, authserv_id=OURS) == []


@pytest.mark.parametrize(
    ("author", "proven", "aligned"),
    [
        ("clinic.example", "clinic.example", True),
        ("Clinic.Example", "CLINIC.example.", True),
        ("ward.clinic.example", "clinic.example", True),
        ("clinic.example", "ward.clinic.example", False),
        ("notclinic.example", "clinic.example", False),
        ("clinic.example", "example", False),
        ("clinic.example", "", False),
        ("", "clinic.example", False),
    ],
)
def test_alignment_goes_downward_only(author, proven, aligned):
    assert is_aligned(author, proven) is aligned


ADA, OFFICE = "ada@clinic.example", "office@clinic.example"


@pytest.mark.parametrize(
    ("author", "shown_by", "believed"),
    [
        (ADA, {Proof.SIGNED}, True),
        (ADA, {Proof.RECEIVER}, True),
        (ADA, {Proof.TOKEN}, True),
        (ADA, set(), False),
        (ADA, {Proof.NONE}, False),
        (OFFICE, {Proof.SIGNED}, False),
        (OFFICE, {Proof.TOKEN}, False),
        (OFFICE, {Proof.SIGNED, Proof.TOKEN}, True),
        ("eve@x.example", {Proof.SIGNED, Proof.TOKEN}, False),
        ("", {Proof.SIGNED, Proof.TOKEN}, False),
    ],
)
def test_the_author_must_be_the_attendee_or_a_known_voice_of_theirs(author, shown_by, believed):
    answer = Reply("REPLY", "u", (ADA,), sent_by=OFFICE)
    assert is_by_attendee(answer, author, shown_by) is believed
