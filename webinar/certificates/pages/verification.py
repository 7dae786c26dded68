"""What somebody sees who checks a code, and what the holder sees of their own certificate."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from webinar.certificates import queries, service
from webinar.certificates.formats.face import CertificateFace
from webinar.certificates.models import Certificate, CertificateState

REASONS = {
    service.NAME_CORRECTED: lambda: _("the holder corrected the name"),
    service.RECOMPUTED: lambda: _("attendance or the credit rule was corrected"),
    service.NOTHING_LEFT: lambda: _("attendance was corrected, and no credit is left"),
}


@dataclass(frozen=True)
class Details:
    """The words as issued."""

    heading: str
    holder: str
    did: str
    title: str
    date: str
    presence: str
    credit: str
    scheme: str
    society: str
    code: str


@dataclass(frozen=True)
class VerifyPage:
    """One of three answers. `details` None: the holder keeps them private, or nothing else may be told.

    `because` and `ended_at` belong to corrected and withdrawn ones, `newer` to corrected ones.
    """

    state: CertificateState
    code: str
    details: Details | None
    ended_at: datetime | None
    because: str
    newer: str


@dataclass(frozen=True)
class OwnPage:
    """The holder's page: `code` "" until there is one; `held` is the sentence why it cannot be printed."""

    title: str
    state: str
    code: str
    holder: str
    details: Details | None
    visible: bool
    may_rename: bool
    held: str
    ended_at: datetime | None
    because: str


def verify_page(certificate: Certificate) -> VerifyPage:
    """What the public page tells of a certificate at this moment."""
    valid = certificate.state is CertificateState.VALID
    newer = queries.successor(certificate) if certificate.state is CertificateState.CORRECTED else None
    public = newer is not None and newer.state is not CertificateState.HELD
    return VerifyPage(
        state=certificate.state,
        code=certificate.code,
        details=details(certificate) if valid and certificate.visible else None,
        ended_at=certificate.ended_at,
        because="" if valid else reason(certificate),
        newer=newer.code if newer is not None and public else "",
    )


def own_page(title: str, certificate: Certificate | None) -> OwnPage:
    """The holder's view of their certificate at a session called `title`."""
    if certificate is None:
        return OwnPage(title, "none", "", "", None, True, False, "", None, "")
    standing = certificate.state in queries.STANDING
    held = certificate.state is CertificateState.HELD
    return OwnPage(
        title=title,
        state=certificate.state.value,
        code=certificate.code,
        holder=certificate.holder,
        details=details(certificate) if standing else None,
        visible=certificate.visible,
        may_rename=standing and not certificate.renamed,
        held=certificate.ended_because if held else "",
        ended_at=certificate.ended_at,
        because="" if standing else reason(certificate),
    )


def details(certificate: Certificate) -> Details:
    """The words as issued, from the stored face."""
    face = CertificateFace.from_stored(certificate.face)
    return Details(
        heading=face.heading,
        holder=face.holder,
        did=face.did,
        title=face.title,
        date=face.date,
        presence=face.presence,
        credit=f"{face.credit.amount} {face.credit.unit}" if face.credit else "",
        scheme=face.credit.scheme if face.credit else "",
        society=face.society,
        code=face.code,
    )


def reason(certificate: Certificate) -> str:
    """Why a certificate ended, in the reader's language."""
    known = REASONS.get(certificate.ended_because)
    return known() if known else certificate.ended_because
