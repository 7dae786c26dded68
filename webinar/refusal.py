"""Refusal: the one error meant for people, carrying a sentence they can act on."""


class Refusal(Exception):
    """Something a person asked for cannot be done.

    `sentence` is plain English saying what is wrong and what to do; `words` is the same with the
    places of its `values` still open, as `%(name)s`, for who looks the translation up.
    `field` names the form field it belongs to, if it belongs to one.
    `status` is the HTTP status the ground floor answers with: 409 for a conflict with the
    state of things, 422 for input that cannot be accepted, 404 for what must look absent.
    """

    status = 409

    def __init__(self, sentence: str, field: str | None = None, **values: str | int) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence = str(self)
        self.words = sentence
        self.values = values
        self.field = field


class Invalid(Refusal):
    """Input that cannot be accepted as it stands."""

    status = 422


class Missing(Refusal):
    """What was asked for does not exist, or must look so to this person (S16)."""

    status = 404

    def __init__(self, sentence: str = "There is nothing at this address.") -> None:
        super().__init__(sentence)
