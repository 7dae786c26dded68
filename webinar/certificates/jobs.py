"""The certificate that answers an award, and the mail that brings it."""

from functools import partial

from webinar.certificates import queries, service
from webinar.certificates.formats.face import CertificateFace
from webinar.certificates.models import CertificateState
from webinar.certificates.pages.faces import face_of
from webinar.certificates.pages.lists import credit_of
from webinar.credits import queries as credits
from webinar.credits.facts import CreditAwarded
from webinar.mail.message import Party
from webinar.outbox.port import Due, Opened, Useless
from webinar.registration.queries.seats import ticket_path
from webinar.web.addresses import absolute_path
from webinar.web.mailing import Envelope, compose


def issue_certificate(fact: CreditAwarded) -> None:
    """Issue, correct or withdraw, as the award says; harmless twice."""
    award = credits.award(fact.award_id)
    if award is not None:
        service.issue(award, partial(face_of, award))


def open_certificate(due: Due) -> Opened:
    """The mail with the links, unless the certificate has ended since."""
    certificate = queries.certificate(due.payload["certificate_id"])
    if certificate is None or certificate.state is not CertificateState.VALID:
        return Useless("the certificate was corrected, withdrawn or held meanwhile")
    seat, society = certificate.seat, certificate.award.session.society
    verify = queries.verify_path(certificate.code)
    own = f"{ticket_path(seat)}/certificate"
    face = CertificateFace.from_stored(certificate.face)
    envelope = Envelope(
        key=due.key,
        to=Party(seat.person.email, certificate.holder),
        sent_at=due.now,
        locale=seat.locale,
        zone_name=seat.zone_name,
        from_name=society.name,
        reply_to=Party(society.contact_email),
    )
    return compose(
        "certificate",
        envelope,
        face=face,
        credit=credit_of(face),
        verify_url=absolute_path(verify),
        pdf_url=absolute_path(f"{verify}/certificate.pdf" if certificate.visible else f"{own}.pdf"),
        own_url=absolute_path(own),
        may_rename=not certificate.renamed,
    )
