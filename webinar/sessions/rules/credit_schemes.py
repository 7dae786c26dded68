"""Credit schemes that an organiser may choose; what they award is decided in the room of credits."""

from webinar.translatable import N_

CREDIT_SCHEMES: tuple[tuple[str, str], ...] = (
    ("hourly_quarter", N_("1 credit per hour, in quarter steps")),
    ("one_per_45", N_("1 credit per 45 minutes")),
)
"""Stored id and words; no scheme means no credit."""


def scheme_name(scheme_id: str) -> str:
    """The words for a scheme; one that is not offered here goes by its id."""
    return dict(CREDIT_SCHEMES).get(scheme_id, scheme_id)


def is_scheme(scheme_id: str) -> bool:
    """Whether a scheme of that id may be chosen."""
    return scheme_id in dict(CREDIT_SCHEMES)
