"""Seasons: asking for a fair one, writing down each better answer, stopping, and using it."""

from collections.abc import Sequence
from datetime import timedelta

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.refusal import Invalid
from webinar.scheduling import providers
from webinar.scheduling.models.season import UNDER_WAY, PlanState, SeasonPlan
from webinar.scheduling.queries import seasons as queries
from webinar.scheduling.rules.problem import Answer
from webinar.scheduling.rules.season import Meeting, Party, Season, read_season
from webinar.scheduling.rules.slots import Wishes, awake_for, slots
from webinar.scheduling.service.starts import apply_starts
from webinar.sessions.models import Series, Session
from webinar.timekeeping import clock
from webinar.timekeeping.wall import day_words

PROVE = "season.prove"
LIMIT = timedelta(seconds=20)
"""So long a worker looks for the proof; its mails wait meanwhile."""


def season_of(sessions: Sequence[Session], parties: Sequence[Party], wishes: Wishes) -> Season:
    """The season that wishes leave to some drafts. Raises Invalid where nothing is left to choose."""
    if not sessions:
        raise Invalid("This series has no draft to come, so there is no time to choose.")
    return Season(tuple(_meeting(session, wishes) for session in sessions), tuple(parties))


def plan_season(series: Series, actor: Person, season: Season, wishes: Wishes) -> SeasonPlan:
    """Write down a season with its greedy answer; the proof is left to a worker, where that is installed."""
    found = next(providers.SOLVERS["greedy"].answers(season.problem(), timedelta()))
    now = clock.now()
    to_prove = not found.proven and providers.can_prove()
    plan = SeasonPlan(
        society_id=series.society_id,
        series_id=series.id,
        asked_by_id=actor.id,
        season=season.stored(),
        wishes=wishes.stored(),
        state=PlanState.WAITING if to_prove else PlanState.GREEDY,
        asked_at=now,
        **_values(found),
        changed_at=now,
    )
    store.add(plan)
    store.flush()
    if to_prove:
        outbox.post(PROVE, f"{PROVE}:{plan.id}", {"plan_id": plan.id})
    audit.record(
        "season.planned", "series", series.id, actor_id=actor.id, society_id=series.society_id,
        detail={"plan": plan.id, "sessions": len(season.meetings)},
    )  # fmt: skip
    return plan


def begin(plan_id: int) -> Season | None:
    """Take a plan in hand for the proof; None where nobody waits for it any more."""
    plan = queries.plan_of_id(plan_id)
    if plan is None or plan.state not in {PlanState.WAITING, PlanState.RUNNING}:
        return None
    plan.state, plan.changed_at = PlanState.RUNNING, clock.now()
    store.flush()
    return read_season(plan.season)


def improve(plan_id: int, found: Answer) -> bool:
    """Write down the best answer so far; whether to go on."""
    plan = store.get(SeasonPlan, plan_id, populate_existing=True)
    if plan is None or plan.state != PlanState.RUNNING:
        return False
    if (found.worst, found.total) > (plan.worst, plan.total):
        return True  # begun anew after a crash, and not yet as far as before
    values = _values(found)
    if any(getattr(plan, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(plan, name, value)
        plan.changed_at = clock.now()
        store.flush()
    return True


def end(plan_id: int) -> None:
    """The looking is over, whatever came of it."""
    plan = store.get(SeasonPlan, plan_id, populate_existing=True)
    if plan is not None:
        plan.state, plan.changed_at = PlanState.OVER, clock.now()
        store.flush()


def stop(plan: SeasonPlan) -> None:
    """Ask the worker to stop; what was found so far stays."""
    if plan.state in UNDER_WAY:
        # Nobody has begun on a waiting plan, and whoever opens its letter later finds it over.
        plan.state = PlanState.OVER if plan.state == PlanState.WAITING else PlanState.STOPPING
        plan.changed_at = clock.now()
        store.flush()


def apply_plan(plan: SeasonPlan, actor: Person, *, seen: str) -> int:
    """Give the drafts that are still to come the starts of the plan; how many moved.

    Sessions published or moved out of the future since then stay. Raises SavedMeanwhile.
    """
    season = read_season(plan.season)
    starts = {
        meeting.session_id: meeting.starts[pick]
        for meeting, pick in zip(season.meetings, plan.picks, strict=True)
    }
    moved = apply_starts(queries.drafts_of(plan.series, clock.now()), actor, starts, seen=seen)
    plan.applied_at = plan.changed_at = clock.now()
    audit.record(
        "season.applied", "series", plan.series_id, actor_id=actor.id, society_id=plan.society_id,
        detail={"plan": plan.id, "moved": moved},
    )  # fmt: skip
    store.flush()
    return moved


def _values(found: Answer) -> dict[str, object]:
    return {"picks": list(found.picks), "worst": found.worst, "total": found.total, "bound": found.bound}


def _meeting(session: Session, wishes: Wishes) -> Meeting:
    allowed = [at for at in slots(session.starts_local, session.zone_name, wishes) if at > clock.now()]
    if wishes.spare_speakers:
        allowed = list(awake_for(allowed, session.minutes, queries.zones_of_speakers(session)))
    if not allowed:
        raise Invalid(
            f"No hour is left for the session of {day_words(session.starts_local)}: its speakers would be at "
            "night in all of them, or they lie in the past. Please allow more hours or days.",
            "earliest",
        )
    return Meeting(session.id, session.minutes, tuple(allowed))
