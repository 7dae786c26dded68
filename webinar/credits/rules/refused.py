"""The refusal of a scheme or of an activity that cannot be computed."""

from webinar.refusal import Invalid


class CreditRefused(Invalid):
    """The scheme or the input cannot be computed as it stands; `sentence` says what is wrong."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence[:1].upper() + sentence[1:])
