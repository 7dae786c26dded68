"""What the page before a download says."""

from dataclasses import dataclass

from flask_babel import gettext as _

from webinar.exports.rules.column import ATTENDANCE
from webinar.sessions.models import Session
from webinar.sessions.pages import Head, head
from webinar.web.viewing import current_viewing


@dataclass(frozen=True)
class ExportPage:
    """The choices and the columns, each a pair of heading and explanation."""

    head: Head
    society_slug: str
    session_slug: str
    people: int
    columns: tuple[tuple[str, str], ...]


def export_page(session: Session, people: int) -> ExportPage:
    """The page for a table of that many people."""
    return ExportPage(
        head=head(session, "export", current_viewing().now),
        society_slug=session.society.slug,
        session_slug=session.slug,
        people=people,
        columns=tuple((each.name, _(each.says)) for each in ATTENDANCE),
    )
