"""Finding certificates: by code, by seat, by person, by session; foreign and missing look alike."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from webinar.certificates.models import Certificate, CertificateState
from webinar.certificates.rules import read_code
from webinar.credits.models import Award
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.registration.models import Seat
from webinar.sessions.models import Session
from webinar.translatable import N_

STANDING = (CertificateState.VALID, CertificateState.HELD)
NO_SUCH_CODE = N_(
    "No certificate has this code. Please compare each letter with the certificate: "
    "it has five groups of four letters and digits."
)


def verify_path(code: str) -> str:
    """The path of the public page that checks a code."""
    return f"/v/{code}"


def public(typed: str) -> Certificate:
    """The certificate of a code, however it was typed; never one that is held. Raises Missing, in words."""
    code = read_code(typed)
    found = None
    if code is not None:
        found = store.scalar(_whole().where(Certificate.code == code))
    if found is None or found.state is CertificateState.HELD:
        raise Missing(NO_SUCH_CODE)
    return found


def certificate(certificate_id: int) -> Certificate | None:
    """The certificate of an id that a letter carries."""
    return store.scalar(_whole().where(Certificate.id == certificate_id))


def of_award(award_id: int) -> Certificate | None:
    """The newest certificate of an award."""
    found = select(Certificate).where(Certificate.award_id == award_id).order_by(Certificate.version.desc())
    return store.scalar(found.limit(1))


def standing(seat_id: int) -> Certificate | None:
    """The certificate of a seat that counts, or that is held until it can be printed."""
    found = _whole().where(Certificate.seat_id == seat_id, Certificate.state.in_(STANDING))
    return store.scalar(found.order_by(Certificate.id.desc()).limit(1))


def newest_of(seat_id: int) -> Certificate | None:
    """The last certificate of a seat, in whatever state."""
    found = _whole().where(Certificate.seat_id == seat_id).order_by(Certificate.id.desc())
    return store.scalar(found.limit(1))


def successor(certificate: Certificate) -> Certificate:
    """The end of the chain of corrections that begins with `certificate`."""
    current = certificate
    while current.replaced_by_id is not None:
        current = store.get_one(Certificate, current.replaced_by_id)
    return current


def of_session(*session_ids: int) -> Sequence[Certificate]:
    """The last certificate of each seat in a session's live hours with its person, by name."""
    return store.scalars(
        select(Certificate)
        .join(Certificate.award)
        .join(Certificate.seat)
        .where(Award.session_id.in_(session_ids), Certificate.replaced_by_id.is_(None))
        .options(contains_eager(Certificate.seat).joinedload(Seat.person), contains_eager(Certificate.award))
        .order_by(Certificate.holder, Certificate.id)
    ).all()


def of_session_and_id(session: Session, certificate_id: int) -> Certificate:
    """A certificate of this session and no other. Raises Missing."""
    found = certificate(certificate_id)
    if found is None or found.award.session.lead.id != session.lead.id:
        raise Missing
    return found


def of_person(person_id: int) -> Sequence[Certificate]:
    """Somebody's certificates that are not replaced, the latest session first."""
    return store.scalars(
        _whole()
        .join(Certificate.seat)
        .join(Seat.session)
        .where(Seat.person_id == person_id, Certificate.replaced_by_id.is_(None))
        .order_by(Session.starts_at.desc(), Certificate.id.desc())
    ).all()


def _whole() -> Select[Certificate]:
    """Certificates with all that their pages and mails need."""
    return select(Certificate).options(
        joinedload(Certificate.seat).joinedload(Seat.person),
        joinedload(Certificate.award).joinedload(Award.session).joinedload(Session.society),
    )
