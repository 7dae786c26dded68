"""The words of a certificate, in the language of its holder and the time of the event."""

from datetime import datetime

from babel.dates import format_date
from flask_babel import force_locale
from flask_babel import gettext as _

from webinar.certificates.formats.face import CertificateFace, CertificateWords, CreditLine
from webinar.credits.models import Award
from webinar.credits.rules.outcome import ATTENDANCE
from webinar.sessions.models import Answer, Kind, Session, SpeakerRole
from webinar.sessions.rules.credit_schemes import scheme_name
from webinar.timekeeping import clock
from webinar.timekeeping.wording import Showing, showing
from webinar.web import languages
from webinar.web.moments import when_words
from webinar.web.viewing import Viewing, current_viewing, see_as


def face_of(award: Award, holder: str, code: str, address: str) -> CertificateFace:
    """Everything printed for an award: in its person's language, with dates in the event's own zone."""
    session = award.session
    locale = languages.known(award.seat.locale) or languages.DEFAULT
    see_as(
        Viewing(session.zone_name, "event", locale, languages.direction(locale), "auto", False, clock.now())
    )
    with force_locale(locale):
        return CertificateFace(
            holder=holder,
            society=session.society.name,
            did=_did(session.kind),
            title=session.title,
            date=date_words(session),
            presence=presence_words(award),
            code=code,
            verify_url=address,
            credit=_credit(award),
            speakers=_speakers(session),
            brand=session.society.brand_colour,
            language=locale.replace("_", "-"),
            holder_language=award.seat.locale.replace("_", "-"),
            words=_words(),
        )


def date_words(session: Session) -> str:
    """When it was: "14 October 2026, 15:00–16:00 Berlin (UTC+02:00)"."""
    seen = showing(session.starts_at, session.ends_at, session.zone_name, now=current_viewing().now)
    return f"{_day(seen.start_local)}, {_span(seen)}"


def presence_words(award: Award) -> str:
    """How long they were there, in whole minutes: "56 of 60 minutes"."""
    whole = int((award.session.ends_at - award.session.starts_at).total_seconds() // 60)
    return _("%(present)s of %(whole)s minutes", present=award.seconds // 60, whole=whole)


def _day(local: datetime) -> str:
    locale = current_viewing().locale
    return format_date(local, "d MMMM y" if locale.startswith("en") else "long", locale=locale)


def _span(seen: Showing) -> str:
    words = when_words(seen)
    end = f"{words.end} {words.end_day}".strip()
    return f"{words.start}–{end} {words.city} ({words.offset})"


def _did(kind: Kind) -> str:
    words = {
        Kind.WEBINAR: _("attended the live webinar"),
        Kind.JOURNAL_CLUB: _("attended the live journal club"),
        Kind.CASE_DISCUSSION: _("took part in the live case discussion"),
        Kind.WORKSHOP: _("attended the live workshop"),
    }
    return words[kind]


def _credit(award: Award) -> CreditLine | None:
    if award.scheme_id == ATTENDANCE.id:
        return None
    scheme = _(
        "%(scheme)s, version %(version)s",
        scheme=_(scheme_name(award.scheme_id)),
        version=award.scheme_version,
    )
    return CreditLine(amount=award.credit, unit=award.unit, scheme=scheme)


def _speakers(session: Session) -> tuple[str, ...]:
    return tuple(
        each.name
        for each in session.lead.speakers
        if each.role is SpeakerRole.SPEAKER and each.answer is Answer.CONFIRMED
    )


def _words() -> CertificateWords:
    return CertificateWords(
        attendance_heading=_("Certificate of attendance"),
        credit_heading=_("Certificate of credit"),
        certifies=_("This is to certify that"),
        speakers=_("Presented by"),
        separator=_(", "),
        date=_("Date"),
        present=_("Present"),
        credit=_("Credit claimed"),
        scheme=_("Scheme"),
        check=_("Scan the code or open the address to check this certificate."),
        code=_("Certificate code"),
        qr_alternative=_("QR code with the address"),
    )
