"""Issuing, correcting, withdrawing and sending certificates; a code once printed never stops answering."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from webinar.audit import service as audit
from webinar.certificates import queries
from webinar.certificates.formats.face import CertificateFace
from webinar.certificates.formats.pdf import MissingGlyph, render
from webinar.certificates.models import Certificate, CertificateState
from webinar.certificates.rules import new_code
from webinar.credits.models import Award
from webinar.credits.rules.outcome import earns
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.plaintext import one_line
from webinar.refusal import Invalid, Refusal
from webinar.registration.models import Seat
from webinar.timekeeping import clock
from webinar.web.addresses import absolute_path

NAME_CORRECTED = "the holder corrected the name"
RECOMPUTED = "attendance or the credit rule was corrected"
NOTHING_LEFT = "attendance was corrected, and no credit is left"

Wording = Callable[[str, str, str], CertificateFace]
"""Makes the face of a certificate from its holder, its code and the address that checks it."""


class NameSpent(Refusal):
    """The one self-service correction of a name was used."""


class NothingToChange(Invalid):
    """The typed name cannot go on the certificate, or is there already."""


class HasEnded(Refusal):
    """A corrected or withdrawn certificate can no longer be changed."""


def issue(award: Award, wording: Wording) -> Certificate | None:
    """Answer an award: issue its certificate, correct the one before it, or withdraw that. Harmless twice.

    Returns the certificate that stands afterwards, None without one. An award that was superseded
    meanwhile is passed over: the newer one is told by itself.
    """
    _take_turns(award.seat_id)
    store.refresh(award)
    made = queries.of_award(award.id)
    if made is not None or award.superseded_by_id is not None:
        return made
    before = queries.standing(award.seat_id)
    if not earns(award.scheme_id, award.credit, award.seconds):
        if before is not None:
            _withdraw(before, NOTHING_LEFT, award.awarded_by_id)
        return None
    holder = before.holder if before is not None and before.renamed else award.seat.name
    code = new_code()
    face = wording(holder, code, _address(code))
    made = _put_on_record(award, face, before)
    if before is not None:
        _end(before, made, RECOMPUTED)
    _audit(made, "certificate.issued", award.awarded_by_id)
    send(made)
    return made


def correct_name(certificate: Certificate, typed: str) -> Certificate:
    """The holder's one correction: a new certificate with a new code; the old code leads to it.

    Raises HasEnded, NameSpent, NothingToChange.
    """
    _take_turns(certificate.seat_id)
    store.refresh(certificate)
    _refuse_ended(certificate)
    if certificate.renamed:
        raise NameSpent(
            "The name was corrected once already. Please write to the society for another change."
        )
    name = " ".join(one_line(typed).split())
    if not any(unicodedata.category(letter).startswith("L") for letter in name):
        raise NothingToChange("Please write the name as it should stand on the certificate.", "name")
    if name == certificate.holder:
        raise NothingToChange("This is the name on the certificate already.", "name")
    code = new_code()
    face = replace(
        CertificateFace.from_stored(certificate.face), holder=name, code=code, verify_url=_address(code)
    )
    made = _put_on_record(certificate.award, face, certificate, renamed=True)
    _end(certificate, made, NAME_CORRECTED)
    _audit(made, "certificate.renamed", certificate.seat.person_id)
    return made


def choose_visibility(certificate: Certificate, *, visible: bool) -> None:
    """The holder's choice whether the public page tells more than that the certificate is valid."""
    # The lock alone first: a refresh with it would lock the rows joined for pages too, which PostgreSQL refuses.
    store.execute(select(Certificate.id).where(Certificate.id == certificate.id).with_for_update())
    store.refresh(certificate)
    _refuse_ended(certificate)
    certificate.visible = visible
    _audit(certificate, "certificate.shown" if visible else "certificate.hidden", certificate.seat.person_id)


def send(certificate: Certificate) -> None:
    """Promise the mail with the links; a second press within the same second changes nothing."""
    if certificate.state is CertificateState.VALID:
        key = f"mail:certificate:{certificate.id}:{clock.now():%Y%m%dT%H%M%S}"
        outbox.post("mail.certificate", key, {"certificate_id": certificate.id})


def send_again(certificate: Certificate, actor_id: int) -> bool:
    """Send a valid one once more; a held one as soon as it can be printed. Whether a mail is on its way.

    Raises HasEnded.
    """
    _refuse_ended(certificate)
    if certificate.state is CertificateState.HELD and not _released(certificate):
        return False
    send(certificate)
    _audit(certificate, "certificate.sent_again", actor_id)
    return True


def _released(certificate: Certificate) -> bool:
    """Whether a held certificate can be printed by now; if so it is issued at this moment."""
    certificate.state, certificate.ended_because = _printable(CertificateFace.from_stored(certificate.face))
    if certificate.state is CertificateState.HELD:
        return False
    certificate.issued_at = clock.now()
    return True


def _put_on_record(
    award: Award, face: CertificateFace, before: Certificate | None, *, renamed: bool = False
) -> Certificate:
    state, because = _printable(face)
    made = Certificate(
        code=face.code,
        award_id=award.id,
        version=before.version + 1 if before is not None and before.award_id == award.id else 1,
        seat_id=award.seat_id,
        holder=face.holder,
        renamed=renamed or (before is not None and before.renamed),
        face=face.stored(),
        state=state,
        visible=before.visible if before is not None else True,
        issued_at=clock.now(),
        ended_because=because,
    )
    store.add(made)
    store.flush()
    return made


def _printable(face: CertificateFace) -> tuple[CertificateState, str]:
    """Whether every letter can be printed; if not, the sentence that says which."""
    try:
        render(face)
    except MissingGlyph as missing:
        return CertificateState.HELD, missing.sentence
    return CertificateState.VALID, ""


def _end(certificate: Certificate, successor: Certificate, because: str) -> None:
    certificate.state = CertificateState.CORRECTED
    certificate.ended_at = clock.now()
    certificate.ended_because = because
    certificate.replaced_by_id = successor.id
    store.flush()


def _withdraw(certificate: Certificate, because: str, actor_id: int) -> None:
    certificate.state = CertificateState.WITHDRAWN
    certificate.ended_at = clock.now()
    certificate.ended_because = because
    _audit(certificate, "certificate.withdrawn", actor_id)
    store.flush()


def _refuse_ended(certificate: Certificate) -> None:
    if certificate.state not in queries.STANDING:
        raise HasEnded("This certificate was corrected or withdrawn meanwhile. Please load the page again.")


def _take_turns(seat_id: int) -> None:
    """Two workers, or a worker and the holder, never answer for one seat at the same time."""
    store.execute(select(Seat.id).where(Seat.id == seat_id).with_for_update())


def _address(code: str) -> str:
    return absolute_path(queries.verify_path(code))


def _audit(certificate: Certificate, action: str, actor_id: int) -> None:
    audit.record(
        action,
        "certificate",
        certificate.id,
        actor_id=actor_id,
        society_id=certificate.award.society_id,
        detail={"award_id": certificate.award_id, "version": certificate.version},
    )
