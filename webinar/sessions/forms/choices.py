"""What the forms of sessions offer to choose from."""

from flask_babel import lazy_gettext as _l

from webinar.sessions.rules.rhythm import Every
from webinar.sessions.rules.words import KIND_WORDS, LANGUAGES, ROLE_WORDS
from webinar.web.languages import name_of

KINDS = tuple((value, _l(words)) for value, words in KIND_WORDS.items())
ROLES = tuple((value, _l(words)) for value, words in ROLE_WORDS.items())
QUESTION_KINDS = (("text", _l("Free text")), ("choice", _l("One of a list")), ("yes_no", _l("Yes or no")))
QUESTION_KINDS = (("text", _l("Free text")), ("choice", _l("One of a list")), ("yes_no", _l("Yes or no")))
RHYTHMS = (
    (Every.WEEK.value, _l("Weeks, on the same weekday")),
    (Every.WEEKDAY_OF_MONTH.value, _l("Months, on the same numbered weekday (such as the second Tuesday)")),
    (Every.LAST_WEEKDAY_OF_MONTH.value, _l("Months, on the last such weekday")),
    (Every.DAY_OF_MONTH.value, _l("Months, on the same day of the month")),
)


def languages() -> list[tuple[str, str]]:
    """Languages that sessions are held in, each in its own words."""
    return [(tag, name_of(tag)) for tag in LANGUAGES]
