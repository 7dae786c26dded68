"""Lists of certificates: a session's for its organisers, a person's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from webinar.certificates.formats.face import CertificateFace
from webinar.certificates.models import Certificate, CertificateState
from webinar.certificates.pages.verification import reason
from webinar.credits.models import Award
from webinar.credits.queries import outcome_of
from webinar.registration.queries.seats import ticket_path
from webinar.sessions.models import Session
from webinar.sessions.pages import Head, head
from webinar.web.sizes import amount
from webinar.web.viewing import current_viewing

PILLS = {
    CertificateState.VALID: "ok",
    CertificateState.CORRECTED: "info",
    CertificateState.WITHDRAWN: "live",
    CertificateState.HELD: "soon",
}


@dataclass(frozen=True)
class IssuedRow:
    """One certificate on the desk; `trouble` is the sentence why it is held or ended."""

    certificate_id: int
    holder: str
    email: str
    credit: str
    code: str
    state: str
    state_kind: str
    issued_at: datetime
    trouble: str
    held: bool
    valid: bool


@dataclass(frozen=True)
class IssuedPage:
    """The desk's page. `pending`: awards whose certificates are being made this minute."""

    head: Head
    society_slug: str
    session_slug: str
    rows: tuple[IssuedRow, ...]
    held: int
    pending: str
    awarded: bool


@dataclass(frozen=True)
class MineRow:
    """One of a person's certificates; `own_url` is the page where its holder decides about it."""

    title: str
    society: str
    date: str
    credit: str
    state: str
    state_kind: str
    code: str
    own_url: str


def issued_page(session: Session, certificates: Sequence[Certificate], awards: Sequence[Award]) -> IssuedPage:
    """A session's certificates and what is still to come."""
    answered = {each.award_id for each in certificates}
    earned = [each for each in awards if outcome_of(each).earned]
    pending = sum(each.id not in answered for each in earned)
    return IssuedPage(
        head=head(session, "certificates", current_viewing().now),
        society_slug=session.society.slug,
        session_slug=session.slug,
        rows=tuple(_issued(each) for each in certificates),
        held=sum(each.state is CertificateState.HELD for each in certificates),
        pending=amount(pending) if pending else "",
        awarded=bool(awards),
    )


def mine_rows(certificates: Sequence[Certificate]) -> tuple[MineRow, ...]:
    """A person's own certificates."""
    return tuple(_mine(each) for each in certificates)


def state_words(state: CertificateState) -> str:
    """The state in one word."""
    words = {
        CertificateState.VALID: _("Valid"),
        CertificateState.CORRECTED: _("Corrected"),
        CertificateState.WITHDRAWN: _("Withdrawn"),
        CertificateState.HELD: _("Held"),
    }
    return words[state]


def credit_of(face: CertificateFace) -> str:
    """The credit on a face, or that it attests attendance."""
    return f"{face.credit.amount} {face.credit.unit}" if face.credit else _("attendance")


def _issued(certificate: Certificate) -> IssuedRow:
    state = certificate.state
    return IssuedRow(
        certificate_id=certificate.id,
        holder=certificate.holder,
        email=certificate.seat.person.email,
        credit=credit_of(CertificateFace.from_stored(certificate.face)),
        code=certificate.code,
        state=state_words(state),
        state_kind=PILLS[state],
        issued_at=certificate.issued_at,
        trouble="" if state is CertificateState.VALID else reason(certificate),
        held=state is CertificateState.HELD,
        valid=state is CertificateState.VALID,
    )


def _mine(certificate: Certificate) -> MineRow:
    face = CertificateFace.from_stored(certificate.face)
    return MineRow(
        title=face.title,
        society=face.society,
        date=face.date,
        credit=credit_of(face),
        state=state_words(certificate.state),
        state_kind=PILLS[certificate.state],
        code=certificate.code,
        own_url=f"{ticket_path(certificate.seat)}/certificate",
    )
