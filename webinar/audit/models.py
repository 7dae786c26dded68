"""Entry: one line of the audit log; ids only, never names."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from webinar.db.base import Base


class Entry(Base):
    """Who (`actor_id`, None: the system) did what to which thing of which society, and when."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    society_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str]
    thing: Mapped[str]
    thing_id: Mapped[int]
    detail: Mapped[dict[str, Any]]
