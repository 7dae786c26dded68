"""What the finder says of the whole: the note on top, the ledger in words, whose clocks are counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.desk.pages.suggestions import Card, pair_card, single_card, turns_card
from webinar.scheduling.rules.finder import Verdict
from webinar.scheduling.rules.ledger import Ledger, Tally
from webinar.scheduling.rules.suggesting import Hours, best_in_turn, best_pair, best_single, fairest_next
from webinar.sessions.models import Session
from webinar.timekeeping.wall import local_of
from webinar.translatable import N_
from webinar.web.clock_words import clock_time
from webinar.web.sizes import amount, people

SOURCES = {
    "series": N_("Weighted by who registered for this series: %(who)s."),
    "society": N_("Weighted by who registered for any session of the society: %(who)s."),
    "members": N_("Nobody has registered yet, so the society’s team stands for the audience: %(who)s."),
    "default": N_("Nobody has registered yet, so cities around the world count once each."),
}


@dataclass(frozen=True)
class Note:
    """The first words, bold, the sentences after them, and the kind of note."""

    first: str
    words: str
    kind: str


@dataclass(frozen=True)
class Line:
    """A region's line of the ledger."""

    region: str
    people: str
    nights: str
    burden: str


def note_of(now_planned: Verdict, singles: Sequence[Verdict], pair_reaches_all: bool) -> Note:
    """Whether one hour suits everybody, and what the choice so far means."""
    so_far = _(
        "%(hour)s, your choice so far, is at night in %(places)s.",
        hour=_hour(now_planned),
        places=_places(now_planned),
    )
    best = max(singles, key=lambda each: each.awake, default=now_planned)
    if not now_planned.at_night:
        return Note(_("Nobody is at night."), _("%(hour)s suits every city.", hour=_hour(now_planned)), "ok")
    if not best.at_night:
        return Note(
            _("There is an hour for everyone."),
            so_far + " " + _("%(hour)s is at night nowhere.", hour=_hour(best)),
            "warn",
        )
    words = [so_far]
    if best.awake > now_planned.awake:
        words.append(_("%(hour)s is at night in %(places)s.", hour=_hour(best), places=_places(best)))
    if pair_reaches_all:
        words.append(_("Two live hours reach everybody."))
    return Note(_("No single hour suits everyone."), " ".join(words), "warn")


def cards_of(session: Session, single: Hours, several: Hours, owed: Sequence[Tally]) -> tuple[Card, ...]:
    """The suggestions, the one to begin with first. `single` holds the hours that suit the speakers too."""
    cards = []
    best, fair = best_single(single), fairest_next(single)
    if fair and best and owed and fair.starts != best.starts:
        label = _("the fairest next: repays %(region)s", region=_(owed[0].region))
        cards.append(single_card(session, fair, label))
    if best:
        cards.append(single_card(session, best, _("one session, most people")))
    pair, turns = best_pair(several), best_in_turn(several)
    if pair:
        cards.append(pair_card(session, pair))
    if turns:
        cards.append(turns_card(session, turns))
    return tuple(cards)


def ledger_words(found: Ledger, source: str) -> str:
    """ "Fairness so far: Americas at night in 3 of the last 3 sessions of the series." """
    if not found.held:
        return _("Fairness so far: nothing was held yet, so nobody is owed anything.")
    if not found.owed:
        return _("Fairness so far: every region was at night equally often.")
    named = ", ".join(
        _(
            "%(region)s at night in %(nights)s of the last %(held)s",
            region=_(each.region),
            nights=each.nights,
            held=each.held,
        )
        for each in found.owed[:3]
    )
    whose = _("of the series") if source == "series" else _("of the society")
    return _("Fairness so far: %(named)s sessions %(whose)s.", named=named, whose=whose)


def ledger_lines(found: Ledger) -> tuple[Line, ...]:
    """All regions, for the table."""
    return tuple(
        Line(
            region=_(each.region),
            people=amount(each.people),
            nights=_("%(nights)s of %(held)s", nights=each.nights, held=each.held),
            burden=amount(round(each.burden, 1)),
        )
        for each in found.tallies
    )


def source_words(source: str, number: int) -> str:
    """Whose clocks these are."""
    return _(SOURCES[source], who=people(number))


def _hour(found: Verdict) -> str:
    return _("%(clock)s UTC", clock=clock_time(local_of(found.start_at, "Etc/UTC")))


def _places(found: Verdict) -> str:
    cities = ngettext("%(num)s city", "%(num)s cities", len(found.at_night))
    counted = _("%(part)s of %(whole)s people", part=amount(found.asleep), whole=amount(found.people))
    return f"{cities} ({counted})"
