"""The forms of one session: what it is about, all of it at once, and why it is called off."""

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as PlainForm

from webinar.sessions.forms.choices import KINDS, QUESTION_KINDS, languages
from webinar.sessions.forms.when import WhenForm
from webinar.sessions.models import Kind
from webinar.sessions.rules.credit_schemes import CREDIT_SCHEMES
from webinar.sessions.rules.question import MOST_QUESTIONS, Question, QuestionKind
from webinar.sessions.service.draft import Draft
from webinar.web.fields.choice import ChoiceField, TickField
from webinar.web.fields.count import CountField
from webinar.web.fields.text import LineField, ProseField
from webinar.web.form import Form


class QuestionFields(PlainForm):  # type: ignore[misc]
    """One question to those who register; an empty label means none."""

    label = LineField(_l("Question"), required=False, max_length=200)
    kind = ChoiceField(_l("Answered by"), choices=QUESTION_KINDS, default="text")
    options = ProseField(_l("Answers to choose from, one per line"), required=False, max_length=2000, rows=3)
    required = TickField(_l("Must be answered"))

    def question(self) -> Question:
        """What was typed; only a choice keeps its answers."""
        kind = QuestionKind(self.kind.data or "text")
        options = [line.strip() for line in self.options.data.splitlines() if line.strip()]
        kept = tuple(options) if kind is QuestionKind.CHOICE else ()
        return Question(self.label.data, kind, self.required.data, kept)

    def fill(self, question: Question) -> None:
        """Show a saved question."""
        self.label.data, self.kind.data = question.label, question.kind.value
        self.required.data, self.options.data = question.required, "\n".join(question.options)


class WordsForm(Form):
    """What a session is about. `seen_at` carries the version that the page was opened with."""

    title = LineField(_l("Title"), max_length=200)
    kind = ChoiceField(_l("Kind"), choices=KINDS, default=Kind.WEBINAR.value)
    abstract = ProseField(_l("Abstract"), required=False, hint=_l("Markdown works: **bold**, lists, links."))
    objectives = ProseField(
        _l("Learning objectives"),
        required=False,
        max_length=2000,
        rows=3,
        hint=_l("One per line. Credit needs them."),
    )
    topic = LineField(_l("Topic"), required=False, max_length=80)
    locale = ChoiceField(_l("Language spoken"), default="en")
    capacity = CountField(
        _l("Seats"), required=False, hint=_l("Empty: no limit. After that, a waiting list.")
    )
    credit_scheme = ChoiceField(_l("Credit"), choices=CREDIT_SCHEMES, prompt=_l("No credit"), required=False)
    questions = FieldList(
        FormField(QuestionFields), _l("Questions"), min_entries=MOST_QUESTIONS, max_entries=MOST_QUESTIONS
    )
    seen_at = HiddenField()

    def offer_languages(self) -> None:
        """Fill the list of languages, each in its own words."""
        self.locale.offer(languages())

    def words(self) -> Draft:
        """What was typed, for the service."""
        return Draft(
            title=self.title.data,
            kind=Kind(self.kind.data or ""),
            abstract=self.abstract.data,
            objectives=tuple(line.strip() for line in self.objectives.data.splitlines() if line.strip()),
            topic=self.topic.data,
            locale=self.locale.data or "en",
            capacity=self.capacity.data,
            questions=tuple(row.form.question() for row in self.questions if row.form.label.data),
            credit_scheme=self.credit_scheme.data,
        )

    def fill(self, words: Draft) -> None:
        """Show what is saved."""
        for name in ("title", "abstract", "topic", "locale", "capacity", "credit_scheme"):
            self[name].data = getattr(words, name)
        self.kind.data = words.kind.value
        self.objectives.data = "\n".join(words.objectives)
        for row, question in zip(self.questions, words.questions, strict=False):
            row.form.fill(question)


class DraftForm(WordsForm, WhenForm):
    """A whole new session on one page."""


class CancelForm(Form):
    """Why a session is called off."""

    because = LineField(_l("Why?"), max_length=500, hint=_l("Everybody who registered will read it."))


class RemoveHourForm(Form):
    """Why a live hour is taken off; a draft needs no reason."""

    because = LineField(
        _l("Why?"), required=False, max_length=500, hint=_l("Everybody who registered for it will read it.")
    )
