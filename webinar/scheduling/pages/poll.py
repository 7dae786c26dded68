"""What the organiser's page of a poll shows: how it stands, who said what, and which time is best."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.scheduling.models.poll import Poll, PollVoter
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.asking import takes_answers
from webinar.scheduling.rules.poll import Because, PollChoice, PollKind, Standing, Verdict, verdict
from webinar.timekeeping.wording import Showing, showing
from webinar.translatable import N_
from webinar.web.addresses import absolute
from webinar.web.moments import showing_text, shown, zone_label

MOST_IN_MATRIX = 60
CHOICE_WORDS = {
    PollChoice.YES: _l("Yes"),
    PollChoice.IF_NEED_BE: _l("If need be"),
    PollChoice.NO: _l("No"),
}


@dataclass(frozen=True)
class ResultRow:
    """One option in the result. `heat` is 0 (no Yes) to 4 (Yes of all)."""

    option_id: int
    seen: Showing
    yes: int
    maybe: int
    no: int
    heat: int
    night: str
    missing: tuple[str, ...]
    is_best: bool
    is_past: bool


@dataclass(frozen=True)
class VoterRow:
    """One voter: state in words, zone, suggestion, and what they said to each option in order."""

    voter_id: int
    name: str
    email: str
    required: bool
    state: str
    state_kind: str
    zone: str
    suggestion: str
    suggested: Showing | None
    said: tuple[str, ...]


@dataclass(frozen=True)
class PollPage:
    """A poll as its organiser sees it. `state`: open, over (its deadline passed), closed or set."""

    kind: PollKind
    state: str
    zone_name: str
    deadline_at: datetime
    answered: int
    asked: int
    sentence: str
    best_id: int | None
    rows: tuple[ResultRow, ...]
    voters: tuple[VoterRow, ...]
    more_voters: int
    chosen: Showing | None
    open_url: str


def poll_page(poll: Poll, now: datetime) -> PollPage:
    """A poll with its result at `now` (aware UTC), times in the viewer's zone, else in the poll's."""
    found = verdict(queries.times_of(poll), queries.ballots_of(poll))
    token = token_of(TokenKind.OPEN_POLL, poll.nonce)
    length = poll.session.ends_at - poll.session.starts_at
    return PollPage(
        kind=poll.kind,
        state=_state(poll, now),
        zone_name=poll.zone_name,
        deadline_at=poll.deadline_at,
        answered=sum(voter.answered_at is not None for voter in poll.voters),
        asked=len(poll.voters),
        sentence=best_words(found, poll.zone_name),
        best_id=found.best.time.option_id if found.best and found.best.time.starts_at > now else None,
        rows=_rows(found, poll, now),
        voters=tuple(_voter(voter, poll, now) for voter in poll.voters[:MOST_IN_MATRIX]),
        more_voters=max(0, len(poll.voters) - MOST_IN_MATRIX),
        chosen=shown(poll.chosen_at, poll.chosen_at + length, poll.zone_name) if poll.chosen_at else None,
        open_url=absolute("scheduling.answer", token=token) if poll.kind is PollKind.AUDIENCE else "",
    )


def best_words(found: Verdict, zone_name: str) -> str:
    """Which time is best and why, in one sentence."""
    best = found.best
    if best is None:
        return _("Nobody has said yes to a time yet.")
    when = _when(best, zone_name)
    if found.because is Because.ONLY:
        return _("%(when)s is the only time.", when=when)
    return _(_SENTENCES[found.because], when=when, **_figures(found, best, found.standings[1], zone_name))


_SENTENCES = {
    Because.REQUIRED_YES: N_(
        "%(when)s is best: %(yes)s of %(all)s %(whom)s say yes; at any other time at most %(other_yes)s."
    ),
    Because.REQUIRED_MAYBE: N_(
        "%(when)s is best: as many %(whom)s say yes as at %(other)s (%(yes)s of %(all)s), and more say if "
        "need be (%(maybe)s against %(other_maybe)s)."
    ),
    Because.NIGHT: N_(
        "%(when)s is best: %(whom)s like it as much as %(other)s, and it is night for fewer voters "
        "(%(night)s against %(other_night)s)."
    ),
    Because.YES: N_(
        "%(when)s is best: %(whom)s like it as much as %(other)s, nights are the same, and more of all "
        "voters say yes (%(all_yes)s against %(other_all_yes)s)."
    ),
    Because.MAYBE: N_(
        "%(when)s is best: it equals %(other)s but for if need be, which more voters say "
        "(%(all_maybe)s against %(other_all_maybe)s)."
    ),
    Because.EARLIER: N_("%(when)s equals %(other)s in everything; the earlier one stands first."),
}


def _figures(found: Verdict, best: Standing, other: Standing, zone_name: str) -> dict[str, str | int]:
    return {
        "whom": _("people") if found.everybody else _("required people"),
        "all": found.required,
        "other": _when(other, zone_name),
        "yes": best.required_yes,
        "other_yes": other.required_yes,
        "maybe": best.required_maybe,
        "other_maybe": other.required_maybe,
        "night": best.at_night,
        "other_night": other.at_night,
        "all_yes": best.yes,
        "other_all_yes": other.yes,
        "all_maybe": best.maybe,
        "other_all_maybe": other.maybe,
    }


def _when(standing: Standing, zone_name: str) -> str:
    return showing_text(shown(standing.time.starts_at, standing.time.ends_at, zone_name))


def _state(poll: Poll, now: datetime) -> str:
    if poll.chosen_at is not None:
        return "set"
    if poll.closed_at is not None:
        return "closed"
    return "open" if takes_answers(now, poll.deadline_at, poll.closed_at) else "over"


def _rows(found: Verdict, poll: Poll, now: datetime) -> tuple[ResultRow, ...]:
    best = found.best
    in_order = sorted(found.standings, key=lambda each: each.time.starts_at)
    return tuple(_row(each, poll, now, is_best=each is best) for each in in_order)


def _row(standing: Standing, poll: Poll, now: datetime, *, is_best: bool) -> ResultRow:
    time = standing.time
    return ResultRow(
        option_id=time.option_id,
        seen=shown(time.starts_at, time.ends_at, poll.zone_name),
        yes=standing.yes,
        maybe=standing.maybe,
        no=standing.no,
        heat=heat(standing.yes, len(poll.voters)),
        night=_night(standing),
        missing=standing.missing,
        is_best=is_best,
        is_past=time.starts_at <= now,
    )


def heat(yes: int, voters: int) -> int:
    """How dark a cell is: 0 for no Yes at all, 4 for Yes of everybody."""
    return 0 if not yes or not voters else min(4, 1 + yes * 3 // voters)


def _night(standing: Standing) -> str:
    if not standing.zones_known:
        return "–"
    return ngettext("%(num)s of %(all)s", "%(num)s of %(all)s", standing.at_night, all=standing.zones_known)


def _voter(voter: PollVoter, poll: Poll, now: datetime) -> VoterRow:
    zone_name, answered = queries.zone_of(voter), voter.answered_at is not None
    said = {answer.option_id: CHOICE_WORDS[answer.choice] for answer in voter.answers}
    state = _("Answered") if answered else _("No answer yet")
    suggested = None
    if voter.suggested_at:
        length = poll.session.ends_at - poll.session.starts_at
        own = zone_name or poll.zone_name
        suggested = showing(voter.suggested_at, voter.suggested_at + length, own, now=now)
    return VoterRow(
        voter_id=voter.id,
        name=voter.name,
        email=voter.email,
        required=voter.required,
        state=_("%(state)s, by the open link", state=state) if voter.came_open else state,
        state_kind="ok" if answered else "soon",
        zone=zone_label(now, zone_name) if zone_name else _("unknown zone"),
        suggestion=voter.suggestion,
        suggested=suggested,
        said=_said(poll, said),
    )


def _said(poll: Poll, said: Mapping[int, object]) -> tuple[str, ...]:
    return tuple(str(said.get(option.id, "–")) for option in poll.options)
