"""What the preview of credits shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from webinar.credits.queries import Forecast, Outlook
from webinar.credits.rules.change import Change, tally
from webinar.credits.rules.explain import explain
from webinar.credits.rules.outcome import ATTENDANCE, Outcome
from webinar.credits.rules.terms import Scheme
from webinar.sessions.models import Session
from webinar.sessions.pages import Head, head
from webinar.sessions.rules.credit_schemes import scheme_name
from webinar.web.sizes import amount
from webinar.web.viewing import current_viewing

CHANGE_KINDS = {
    Change.NEW: "info",
    Change.SAME: "ok",
    Change.RECOMPUTED: "info",
    Change.CHANGED: "soon",
    Change.WITHDRAWN: "live",
}


@dataclass(frozen=True)
class CreditRow:
    """One person: `minutes` and `credit` as text, `why` the steps as sentences, `state` of its award."""

    name: str
    email: str
    minutes: str
    credit: str
    why: tuple[str, ...]
    state: str
    state_kind: str


@dataclass(frozen=True)
class PreviewPage:
    """The whole page. `difference` says what pressing would change; `ready` whether it can be pressed."""

    head: Head
    society_slug: str
    session_slug: str
    rule: str
    rule_notes: str
    attendance_only: bool
    trouble: str
    attendance_open: bool
    rows: tuple[CreditRow, ...]
    with_credit: int
    difference: str
    ready: bool
    seen: str


def preview_page(session: Session, outlook: Outlook) -> PreviewPage:
    """The outlook in words."""
    counts = tally(row.change for row in outlook.rows)
    return PreviewPage(
        head=head(session, "credits", current_viewing().now),
        society_slug=session.society.slug,
        session_slug=session.slug,
        rule=rule_words(outlook.scheme) if outlook.scheme else "",
        rule_notes=outlook.scheme.notes if outlook.scheme else "",
        attendance_only=outlook.scheme is ATTENDANCE,
        trouble=_(outlook.trouble) if outlook.trouble else "",
        attendance_open=not outlook.attendance_closed,
        rows=tuple(_row(row) for row in outlook.rows),
        with_credit=sum(row.after.earned for row in outlook.rows),
        difference=difference_words(counts),
        ready=outlook.attendance_closed and outlook.differs,
        seen=outlook.seen,
    )


def rule_words(scheme: Scheme) -> str:
    """The rule with its version and who made it: "1 credit per hour, in quarter steps, version 1 (house rule)"."""
    if scheme is ATTENDANCE:
        return _("Certificates of attendance, no credit")
    return _(
        "%(scheme)s, version %(version)s (%(authority)s)",
        scheme=_(scheme_name(scheme.id)),
        version=scheme.version,
        authority=scheme.authority,
    )


def difference_words(counts: Mapping[Change, int]) -> str:
    """What awarding changes: "2 new, 3 changed, 1 withdrawn, 40 as before"."""
    words = {
        Change.NEW: _("%(n)s new", n=amount(counts[Change.NEW])),
        Change.CHANGED: _("%(n)s changed", n=amount(counts[Change.CHANGED])),
        Change.WITHDRAWN: _("%(n)s withdrawn", n=amount(counts[Change.WITHDRAWN])),
        Change.RECOMPUTED: _(
            "%(n)s with the same credit but other minutes or another rule",
            n=amount(counts[Change.RECOMPUTED]),
        ),
        Change.SAME: _("%(n)s as before", n=amount(counts[Change.SAME])),
    }
    return ", ".join(said for each, said in words.items() if counts[each])


def credit_words(outcome: Outcome) -> str:
    """The credit with its unit, or what stands instead."""
    if outcome.scheme_id == ATTENDANCE.id:
        return _("attendance only") if outcome.earned else _("none: under 5 min")
    return f"{outcome.credit} {outcome.unit}"


def _row(row: Forecast) -> CreditRow:
    return CreditRow(
        name=row.seat.name,
        email=row.seat.person.email,
        minutes=amount(row.after.seconds // 60),
        credit=credit_words(row.after),
        why=tuple(explain(row.after.steps)),
        state=_state(row),
        state_kind=CHANGE_KINDS[row.change],
    )


def _state(row: Forecast) -> str:
    was = row.before.credit if row.before else ""
    words = {
        Change.NEW: _("not awarded yet"),
        Change.SAME: _("awarded"),
        Change.RECOMPUTED: _("same credit, computed anew"),
        Change.CHANGED: _("changed, was %(credit)s", credit=was),
        Change.WITHDRAWN: _("withdrawn, was %(credit)s", credit=was),
    }
    return words[row.change]
