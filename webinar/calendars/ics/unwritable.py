"""Unwritable: something that must not be put into a calendar file."""


class Unwritable(ValueError):
    """A value would make the file wrong or unreadable; `sentence` says which and why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
