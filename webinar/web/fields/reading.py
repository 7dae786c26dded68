"""Which reading of a wall time is meant that comes twice, or not at all."""

from collections.abc import Sequence
from datetime import datetime

from webinar.timekeeping.wall import Choice
from webinar.web.fields.choice import RadioChoiceField


class ReadingField(RadioChoiceField):
    """Which reading of a doubtful wall time is meant; `data` is an instant as ISO text or None."""

    def check(self) -> None:
        """Anything goes: only the service knows which instants the time can mean."""

    def offer_readings(self, choices: Sequence[Choice], chosen_at: datetime | None = None) -> None:
        """Show both readings as wall time with offset."""
        self.choices = [(each.instant.isoformat(), each.sentence) for each in choices]
        self.data = chosen_at.isoformat() if chosen_at else None

    @property
    def instant(self) -> datetime | None:
        """The chosen instant (aware UTC), or None."""
        try:
            found = datetime.fromisoformat(self.data or "")
        except ValueError:
            return None
        return found if found.tzinfo else None
