"""From award to certificate: issued once, corrected with a trail, withdrawn with a reason, held in words."""

from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from tests.factories.awards import attended, award, be_present, certificate_of, speaker
from webinar.audit.models import Entry
from webinar.certificates import jobs, queries, service
from webinar.certificates.formats.face import CertificateFace
from webinar.certificates.models import Certificate, CertificateState
from webinar.credits.facts import CreditAwarded
from webinar.db.store import store
from webinar.registration.queries.seats import ticket_path
from webinar.sessions.models import Answer, Kind

UNPRINTABLE = "Ada \U00011680"  # a Takri letter: no font of ours has it


def certificates(seat):
    store.commit()
    store.expire_all()
    found = select(Certificate).where(Certificate.seat_id == seat.id).order_by(Certificate.id)
    return store.scalars(found).all()


def mails(carrier):
    return [message_from_bytes(sent, policy=policy.default) for _to, sent in carrier.sent]


def test_an_award_becomes_a_certificate_with_the_words_of_that_day(app, work):
    session, olga, (ada,) = attended(40)
    speaker(session, "pia@clinic.example", "Pia Presenter", answer=Answer.CONFIRMED)
    award(session, olga)
    work()
    made = certificate_of(ada)
    face = CertificateFace.from_stored(made.face)
    assert (made.state, made.holder, made.version) == (CertificateState.VALID, "Ada Attendee", 1)
    assert (face.society, face.did, face.title) == (
        "Example Neurosurgical Society",
        "attended the live webinar",
        "Flow diverters in ruptured aneurysms",
    )
    assert (face.date, face.presence) == (
        "30 September 2026, 15:00–16:00 Berlin (UTC+02:00)",
        "40 of 60 minutes",
    )
    assert (face.credit.amount, face.credit.unit, face.credit.scheme) == (
        "0.75",
        "credit",
        "1 credit per hour, in quarter steps, version 1",
    )
    assert face.speakers == ("Pia Presenter",)
    assert face.verify_url == f"http://webinar.test/v/{made.code}"


def test_the_same_fact_twice_makes_one_certificate_and_one_mail(app, work, carrier):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    jobs.issue_certificate(CreditAwarded(certificate_of(ada).award_id))
    work()
    assert len(certificates(ada)) == 1
    assert len(carrier.sent) == 1


def test_the_mail_brings_pdf_verify_page_and_own_page(app, work, carrier):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    (mail,) = mails(carrier)
    text = mail.get_body(("plain",)).get_content()
    code = certificate_of(ada).code
    assert mail["Subject"] == "Your certificate for Flow diverters in ruptured aneurysms"
    assert mail["To"] == "Ada Attendee <ada@clinic.example>"
    lines = [line for line in text.splitlines() if line.startswith("http")]
    assert lines == [
        f"http://webinar.test/v/{code}/certificate.pdf",
        f"http://webinar.test/v/{code}",
        f"http://webinar.test{ticket_path(ada)}/certificate",
    ]
    assert "Credit: 0.75 credit" in text
    assert f"/v/{code}/certificate.pdf" in mail.get_body(("html",)).get_content()


def test_corrected_attendance_corrects_the_certificate_and_the_old_code_leads_to_it(app, work, carrier):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    be_present(ada, 60)
    award(session, olga)
    work()
    old, new = certificates(ada)
    assert (old.state, old.replaced_by_id, old.ended_because) == (
        CertificateState.CORRECTED,
        new.id,
        service.RECOMPUTED,
    )
    assert (new.state, CertificateFace.from_stored(new.face).credit.amount) == (
        CertificateState.VALID,
        "1.00",
    )
    assert queries.successor(old).id == new.id
    assert len(carrier.sent) == 2


def test_credit_that_is_gone_withdraws_the_certificate_with_its_reason(app, work, carrier):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    be_present(ada, 0)
    award(session, olga)
    work()
    (only,) = certificates(ada)
    assert (only.state, only.ended_because) == (CertificateState.WITHDRAWN, service.NOTHING_LEFT)
    assert only.ended_at is not None
    assert len(carrier.sent) == 1


def test_credit_that_comes_back_gets_a_new_certificate(app, work):
    session, olga, (ada,) = attended(40)
    for minutes in (40, 0, 60):
        be_present(ada, minutes)
        award(session, olga)
        work()
    assert [each.state.value for each in certificates(ada)] == ["withdrawn", "valid"]


def test_an_award_superseded_before_its_turn_makes_no_certificate(app, work):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    be_present(ada, 60)
    award(session, olga)
    work()
    (only,) = certificates(ada)
    assert CertificateFace.from_stored(only.face).credit.amount == "1.00"


def test_no_credit_no_certificate(app, work, carrier):
    session, olga, (ada,) = attended(5)
    award(session, olga)
    work()
    assert (list(certificates(ada)), carrier.sent) == ([], [])


@pytest.mark.parametrize(
    ("kind", "did"),
    [
        (Kind.JOURNAL_CLUB, "attended the live journal club"),
        (Kind.CASE_DISCUSSION, "took part in the live case discussion"),
        (Kind.WORKSHOP, "attended the live workshop"),
    ],
)
def test_attendance_alone_is_certified_without_credit(app, work, kind, did):
    session, olga, (ada,) = attended(40, credit_scheme=None, kind=kind)
    award(session, olga)
    work()
    face = CertificateFace.from_stored(certificate_of(ada).face)
    assert (face.credit, face.heading, face.did) == (None, "Certificate of attendance", did)


def test_a_session_over_midnight_says_next_day(app, work):
    session, olga, (ada,) = attended(40, zone_name="Australia/Sydney")
    award(session, olga)
    work()
    date = CertificateFace.from_stored(certificate_of(ada).face).date
    assert date == "30 September 2026, 23:00–00:00 next day Sydney (UTC+10:00)"


def test_the_holder_corrects_the_name_once(app, work):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    old = certificate_of(ada)
    new = service.correct_name(old, "  Ada  King ")
    store.commit()
    assert (new.holder, new.version, new.award_id) == ("Ada King", 2, old.award_id)
    assert new.code != old.code
    assert (old.state, old.ended_because) == (CertificateState.CORRECTED, service.NAME_CORRECTED)
    assert CertificateFace.from_stored(new.face).verify_url.endswith(new.code)
    with pytest.raises(service.NameSpent):
        service.correct_name(new, "Countess Lovelace")
    with pytest.raises(service.HasEnded):
        service.correct_name(old, "Countess Lovelace")


def test_a_corrected_name_and_the_wish_for_privacy_outlive_corrected_attendance(app, work):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    new = service.correct_name(certificate_of(ada), "Ada King")
    service.choose_visibility(new, visible=False)
    be_present(ada, 60)
    award(session, olga)
    work()
    last = certificate_of(ada)
    assert (last.holder, last.renamed, last.visible, last.version) == ("Ada King", True, False, 1)


@pytest.mark.parametrize("typed", ["", "   ", "--", "123", "Ada Attendee", "\x00"])
def test_what_is_no_new_name_is_refused(app, work, typed):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    with pytest.raises(service.NothingToChange):
        service.correct_name(certificate_of(ada), typed)


def test_a_name_that_cannot_be_printed_is_held_with_the_sentence_until_it_is_corrected(app, work, carrier):
    session, olga, (ada,) = attended(40)
    ada.name = UNPRINTABLE
    award(session, olga)
    work()
    held = certificate_of(ada)
    assert held.state is CertificateState.HELD
    assert held.ended_because.startswith(f"“{UNPRINTABLE}” cannot be printed yet")
    assert carrier.sent == []
    assert service.send_again(held, olga.id) is False
    new = service.correct_name(held, "Ada Attendee")
    store.commit()
    assert (new.state, held.state) == (CertificateState.VALID, CertificateState.CORRECTED)


def test_sending_again_sends_again(app, work, carrier, clock):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    clock.shift(60)
    assert service.send_again(certificate_of(ada), olga.id) is True
    work()
    assert len(carrier.sent) == 2


def test_a_mail_whose_certificate_has_ended_is_not_sent(app, work, carrier):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    old = certificate_of(ada)
    service.correct_name(old, "Ada King")
    letter = jobs.open_certificate(jobs.Due("k", {"certificate_id": old.id}, old.issued_at, 1))
    assert letter.because == "the certificate was corrected, withdrawn or held meanwhile"


def test_every_step_is_on_record(app, work):
    session, olga, (ada,) = attended(40)
    award(session, olga)
    work()
    new = service.correct_name(certificate_of(ada), "Ada King")
    service.choose_visibility(new, visible=False)
    store.commit()
    rows = store.execute(
        select(Entry.action, Entry.actor_id).where(Entry.thing == "certificate").order_by(Entry.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("certificate.issued", olga.id),
        ("certificate.renamed", ada.person_id),
        ("certificate.hidden", ada.person_id),
    ]
