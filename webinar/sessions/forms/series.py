"""The form of a series: its name, its first start, its rhythm."""

from flask_babel import lazy_gettext as _l

from webinar.sessions.forms.choices import KINDS, RHYTHMS, languages
from webinar.sessions.forms.when import WhenForm
from webinar.sessions.models import Kind
from webinar.sessions.rules.credit_schemes import CREDIT_SCHEMES
from webinar.sessions.rules.rhythm import MOST_INTERVAL, MOST_SESSIONS, Every, Rhythm
from webinar.sessions.service.draft import Draft
from webinar.sessions.service.series import SeriesPlan
from webinar.web.fields.choice import ChoiceField, RadioChoiceField
from webinar.web.fields.count import CountField
from webinar.web.fields.day import DayField
from webinar.web.fields.text import LineField, ProseField


class SeriesForm(WhenForm):
    """A series: its name, its first start, its rhythm."""

    title = LineField(_l("Name of the series"), max_length=200)
    about = ProseField(_l("About"), required=False, max_length=5000, rows=3)
    kind = ChoiceField(_l("Kind"), choices=KINDS, default=Kind.WEBINAR.value)
    locale = ChoiceField(_l("Language spoken"), default="en")
    capacity = CountField(_l("Seats"), required=False, hint=_l("Empty: no limit."))
    credit_scheme = ChoiceField(_l("Credit"), choices=CREDIT_SCHEMES, prompt=_l("No credit"), required=False)
    interval = CountField(
        _l("Every"), default=1, most=MOST_INTERVAL, hint=_l("1: each one; 2: every second.")
    )
    every = RadioChoiceField(_l("Weeks or months"), choices=RHYTHMS, default=Every.WEEK.value)
    count = CountField(
        _l("Number of sessions"),
        least=2,
        most=MOST_SESSIONS,
        required=False,
        hint=_l("Or give the last date."),
    )
    until = DayField(_l("Last date"), required=False)

    def offer_languages(self) -> None:
        """Fill the list of languages, each in its own words."""
        self.locale.offer(languages())

    def plan(self) -> SeriesPlan:
        """What was typed, for the service."""
        words = Draft(
            title=self.title.data,
            kind=Kind(self.kind.data or ""),
            abstract=self.about.data,
            locale=self.locale.data or "en",
            capacity=self.capacity.data,
            credit_scheme=self.credit_scheme.data,
        )
        rhythm = Rhythm(
            Every(self.every.data or ""), self.interval.data or 1, self.count.data, self.until.data
        )
        return SeriesPlan(words, self.when(), rhythm)
