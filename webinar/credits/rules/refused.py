"""The refusal of a scheme or of an activity that cannot be computed."""

from webinar.refusal import Invalid


class CreditRefused(Invalid):
    """The scheme or the input cannot be computed as it stands; `sentence` says what is wrong."""
