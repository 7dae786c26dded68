"""The words reports use for roles, in the languages we know."""

from webinar.attendance.format import Role

_WORDS = {
    Role.HOST: "organizer organiser organisator organizador organizadora producer",
    Role.PRESENTER: "presenter referent apresentador apresentadora",
    Role.ATTENDEE: "attendee teilnehmer participante",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split()}


def role_of(word: str) -> Role | None:
    """The role a word means, None for blank and for every other word."""
    return _ROLES.get(word.strip().casefold())
