"""The forms that change a series: another time or rhythm, other words, and how far that reaches."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webinar.sessions.forms.choices import RHYTHMS
from webinar.sessions.forms.session import WordsForm
from webinar.sessions.forms.when import WhenForm
from webinar.sessions.rules.reshape.values import Scope, Wish
from webinar.sessions.rules.rhythm import MOST_INTERVAL, MOST_SESSIONS, Every, Rhythm
from webinar.sessions.service.rewording import NewWords
from webinar.web.fields.choice import RadioChoiceField, TickField
from webinar.web.fields.count import CountField
from webinar.web.fields.day import DayField
from webinar.web.fields.text import LineField

SCOPES = (
    (Scope.ONE.value, _l("This session only")),
    (Scope.FOLLOWING.value, _l("This and the following sessions")),
    (Scope.ALL.value, _l("All sessions to come")),
)


class RetimeForm(WhenForm):
    """Another time for one session of a series and, by scope, another rhythm. `seen` is what was previewed."""

    scope = RadioChoiceField(_l("What is changed?"), choices=SCOPES, default=Scope.ONE.value)
    interval = CountField(
        _l("Every"), default=1, most=MOST_INTERVAL, hint=_l("1: each one; 2: every second.")
    )
    every = RadioChoiceField(_l("Weeks or months"), choices=RHYTHMS, default=Every.WEEK.value)
    count = CountField(
        _l("Number of sessions from this one on"),
        most=MOST_SESSIONS,
        required=False,
        hint=_l("Or give the last date."),
    )
    until = DayField(_l("Last date"), required=False)
    with_moved = TickField(_l("Also sessions that were moved by themselves"))
    because = LineField(
        _l("Why are dates dropped?"),
        required=False,
        max_length=500,
        hint=_l("Needed only if some are: everybody who registered for them will read it."),
    )
    seen = HiddenField()

    def wish(self, session_id: int) -> Wish:
        """What was typed about this session, for the service."""
        rhythm = Rhythm(
            Every(self.every.data or ""), self.interval.data or 1, self.count.data, self.until.data
        )
        return Wish(Scope(self.scope.data or ""), session_id, self.when(), rhythm, self.with_moved.data)

    def fill_rhythm(self, rhythm: Rhythm) -> None:
        """Show the rhythm that is saved."""
        self.every.data, self.interval.data, self.count.data = (
            rhythm.every.value,
            rhythm.interval,
            rhythm.count,
        )


class RewordForm(WordsForm):
    """Other words for one session of a series and, by scope, for others. `seen` is what was previewed."""

    scope = RadioChoiceField(_l("What is changed?"), choices=SCOPES, default=Scope.ONE.value)
    overwrite = TickField(_l("Also where a session has words of its own"))
    seen = HiddenField()

    def wish(self) -> NewWords:
        """What was typed, for the service."""
        return NewWords(Scope(self.scope.data or ""), self.words(), self.overwrite.data)
