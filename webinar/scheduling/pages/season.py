"""What a plan for a season shows: each session's new start, who carries what, how good it is proven to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.scheduling import providers
from webinar.scheduling.models.season import UNDER_WAY, PlanState, SeasonPlan
from webinar.scheduling.rules.burden import NIGHT, burdens
from webinar.scheduling.rules.season import Party, Season, read_season
from webinar.scheduling.service.starts import fingerprint
from webinar.sessions.models import Session
from webinar.timekeeping.wall import local_of
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time, short_day
from webinar.web.moments import zone_label

NAMED = 4
MOST_PARTIES = 20


@dataclass(frozen=True)
class Move:
    """One session's line: the planned and the new start in its own city, the new one in UTC, who is at night."""

    title: str
    was: str
    will: str
    utc: str
    zone: str
    at_night: str
    moves: bool


@dataclass(frozen=True)
class Carrier:
    """One party's line: burden before, from these sessions, and after; nights among them."""

    city: str
    region: str
    people: int
    before: int
    after: int
    nights: str
    worst: bool


@dataclass(frozen=True)
class PlanPage:
    """A plan. `state` is a pill's words and kind, `sentences` say how good the answer is."""

    plan_id: int
    state: tuple[str, str]
    sentences: tuple[str, ...]
    under_way: bool
    stopping: bool
    moves: tuple[Move, ...]
    carriers: tuple[Carrier, ...]
    more_carriers: int
    moving: int
    seen: str
    outdated: bool
    applied_at: datetime | None


def plan_page(plan: SeasonPlan, drafts: Sequence[Session]) -> PlanPage:
    """The plan beside the drafts as they are now."""
    season = read_season(plan.season)
    starts = {
        meeting.session_id: meeting.starts[pick]
        for meeting, pick in zip(season.meetings, plan.picks, strict=True)
    }
    moves = moves_of([each for each in drafts if each.id in starts], starts, season.parties)
    carriers = _carriers(season, plan.picks)
    return PlanPage(
        plan_id=plan.id,
        state=_state(plan),
        sentences=_sentences(plan, season),
        under_way=plan.state in UNDER_WAY,
        stopping=plan.state == PlanState.STOPPING,
        moves=moves,
        carriers=carriers[:MOST_PARTIES],
        more_carriers=max(0, len(carriers) - MOST_PARTIES),
        moving=sum(move.moves for move in moves),
        seen=fingerprint(drafts),
        outdated={each.id for each in drafts} != set(starts),
        applied_at=plan.applied_at,
    )


def moves_of(
    drafts: Sequence[Session], starts: Mapping[int, datetime], parties: Sequence[Party] = ()
) -> tuple[Move, ...]:
    """Each draft with its planned and its new start (aware UTC)."""
    return tuple(_move(session, starts[session.id], parties) for session in drafts)


def _move(session: Session, start_at: datetime, parties: Sequence[Party]) -> Move:
    costs = burdens((start_at,), session.minutes, [party.zone_name for party in parties])[0]
    asleep = [party for party, cost in zip(parties, costs, strict=True) if cost >= NIGHT]
    return Move(
        title=session.title if session.series_number is None else f"{session.series_number}. {session.title}",
        was=_local_words(session.starts_at, session),
        will=_local_words(start_at, session),
        utc=clock_time(local_of(start_at, "Etc/UTC")),
        zone=zone_label(start_at, session.zone_name),
        at_night=_named(asleep),
        moves=start_at != session.starts_at,
    )


def _local_words(at: datetime, session: Session) -> str:
    local = local_of(at, session.zone_name)
    return _(", ").join((short_day(local), clock_time(local)))


def _named(parties: Sequence[Party]) -> str:
    if not parties:
        return _("nobody")
    heaviest = sorted(parties, key=lambda party: (-party.people, party.zone_name))
    words = [city_name(party.zone_name) for party in heaviest[:NAMED]]
    if len(heaviest) > NAMED:
        words.append(ngettext("%(num)s more", "%(num)s more", len(heaviest) - NAMED))
    return ", ".join(words)


def _carriers(season: Season, picks: Sequence[int]) -> tuple[Carrier, ...]:
    loads = season.loads(picks)
    worst = max(
        (load for load, party in zip(loads, season.parties, strict=True) if season.counts(party)), default=0
    )
    nights = _nights(season, picks)
    lines = [
        Carrier(
            city=city_name(party.zone_name),
            region=_(party.region),
            people=party.people,
            before=party.carried,
            after=load,
            nights=_("%(nights)s of %(all)s", nights=night, all=len(picks)),
            worst=load == worst and season.counts(party),
        )
        for party, load, night in zip(season.parties, loads, nights, strict=True)
    ]
    return tuple(sorted(lines, key=lambda line: (-line.after, -line.people, line.city)))


def _nights(season: Season, picks: Sequence[int]) -> list[int]:
    names = [party.zone_name for party in season.parties]
    nights = [0] * len(names)
    for meeting, pick in zip(season.meetings, picks, strict=True):
        costs = burdens((meeting.starts[pick],), meeting.minutes, names)[0]
        nights = [night + (cost >= NIGHT) for night, cost in zip(nights, costs, strict=True)]
    return nights


def _state(plan: SeasonPlan) -> tuple[str, str]:
    if _proven(plan):
        return _("Proven"), "ok"
    words = {
        PlanState.GREEDY: (_("At once"), "info"),
        PlanState.WAITING: (_("Waiting for the worker"), "soon"),
        PlanState.RUNNING: (_("Looking for a better one"), "soon"),
        PlanState.STOPPING: (_("Stopping"), "soon"),
        PlanState.OVER: (_("Best found"), "info"),
    }
    return words[plan.state]


def _sentences(plan: SeasonPlan, season: Season) -> tuple[str, ...]:
    worst = ", ".join(line.city for line in _carriers(season, plan.picks) if line.worst)
    said = [
        _("The worst-off, %(who)s, will have carried a burden of %(worst)s.", who=worst, worst=plan.worst)
    ]
    if _proven(plan):
        said.append(_("No choice of these hours can treat the worst-off better: that is proven."))
    elif plan.bound is not None:
        said.append(
            ngettext(
                "A better choice can save them at most %(num)s more point.",
                "A better choice can save them at most %(num)s more points.",
                plan.worst - plan.bound,
            )
        )
    else:
        said.append(_("How much better a choice could be is not known yet."))
    if plan.state == PlanState.GREEDY and not _proven(plan) and not providers.can_prove():
        said.append(
            _(
                "Nobody looks for the proof, as the extra “fair” is not installed here: "
                "pip install 'webinar[fair]' on the machine of the worker and the web adds it."
            )
        )
    return tuple(said)


def _proven(plan: SeasonPlan) -> bool:
    return plan.bound is not None and plan.bound >= plan.worst
