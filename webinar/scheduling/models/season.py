"""A plan for a fair season: what was asked, and the best answer found so far."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webinar.db.base import Base
from webinar.sessions.models import Series


class PlanState(StrEnum):
    """Where a plan stands: the greedy answer alone, the proof asked for, under way, to be stopped, over."""

    GREEDY = "greedy"
    WAITING = "waiting"
    RUNNING = "running"
    STOPPING = "stopping"
    OVER = "over"


UNDER_WAY = frozenset({PlanState.WAITING, PlanState.RUNNING, PlanState.STOPPING})


class SeasonPlan(Base):
    """`season` is a stored `rules.season.Season`, `wishes` stored `rules.slots.Wishes`; `picks` chooses one
    start for each meeting. `worst`, `total` and `bound` are those of `rules.problem.Answer`."""

    __tablename__ = "season_plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    society_id: Mapped[int] = mapped_column(ForeignKey("societies.id"))
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    season: Mapped[dict[str, Any]]
    wishes: Mapped[dict[str, Any]]
    state: Mapped[PlanState]
    picks: Mapped[list[Any]]
    worst: Mapped[int]
    total: Mapped[int]
    bound: Mapped[int | None]
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()
