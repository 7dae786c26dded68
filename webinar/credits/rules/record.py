"""One JSON object, read field by field: each wrong field is refused by name."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Self, TypeVar

from webinar.credits.rules.amount import amount
from webinar.credits.rules.refused import CreditRefused

T = TypeVar("T")


class Record:
    """The fields of `data`, called `what` in sentences; null counts as absent throughout.

    Every reader raises CreditRefused where the field is missing (unless optional) or of a wrong kind.
    """

    def __init__(self, data: object, what: str) -> None:
        if not isinstance(data, Mapping):
            raise CreditRefused(f"{what} must be an object.")
        self.data = data
        self.what = what

    def name(self, key: str) -> str:
        """What a sentence calls the field `key`."""
        return f"“{key}” of {self.what}"

    def only(self, *keys: str) -> Self:
        """This record, refused if it holds any other key: a misspelt rule must not be silently dropped."""
        for key in self.data:
            if key not in keys:
                raise CreditRefused(f"{self.what} has an unknown field “{key}”.")
        return self

    def get(self, key: str) -> object:
        """The value of `key`, None if absent or null."""
        return self.data.get(key)

    def optional_text(self, key: str) -> str | None:
        """The text of `key`, None if absent."""
        value = self.get(key)
        if value is None or (isinstance(value, str) and value):
            return value
        raise CreditRefused(f"{self.name(key)} must be text that is not empty.")

    def text(self, key: str) -> str:
        """The text of `key`."""
        return self._needed(key, self.optional_text(key))

    def prose(self, key: str) -> str:
        """The text of `key`, which may be empty or absent."""
        value = self.get(key)
        return "" if value == "" else self.optional_text(key) or ""

    def label(self, key: str) -> str | None:
        """The text or whole number of `key` as text, None if absent."""
        value = self.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.optional_text(key)

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        """The text of `key`, which must be one of `choices`; None if absent."""
        value = self.optional_text(key)
        if value is None or value in choices:
            return value
        raise CreditRefused(f"{self.name(key)} must be one of {', '.join(choices)}.")

    def optional_amount(self, key: str) -> Fraction | None:
        """The amount of `key`, zero or more; None if absent."""
        value = self.get(key)
        return None if value is None else amount(value, self.name(key))

    def amount(self, key: str) -> Fraction:
        """The amount of `key`, zero or more."""
        return self._needed(key, self.optional_amount(key))

    def positive(self, key: str) -> Fraction:
        """The amount of `key`, above zero."""
        value = self.amount(key)
        if not value:
            raise CreditRefused(f"{self.name(key)} must be above zero.")
        return value

    def whole(self, key: str) -> int:
        """The whole number of `key`, from 0 to 1000."""
        value = self.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1000:
            return value
        raise CreditRefused(f"{self.name(key)} must be a whole number from 0 to 1000.")

    def yes(self, key: str) -> bool:
        """Whether `key` is true; absent is false."""
        value = self.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise CreditRefused(f"{self.name(key)} must be true or false.")

    def day(self, key: str) -> date | None:
        """The date of `key`, written as 2024-05-09; None if absent."""
        value = self.optional_text(key)
        try:
            return None if value is None else date.fromisoformat(value)
        except ValueError:
            raise CreditRefused(f"{self.name(key)} must be a date such as 2024-05-09.") from None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """The list of texts of `key`; None if absent."""
        values = self._list(key)
        if values is None:
            return None
        if all(isinstance(value, str) for value in values):
            return tuple(str(value) for value in values)
        raise CreditRefused(f"{self.name(key)} must be a list of texts.")

    def record(self, key: str) -> "Record | None":
        """The object of `key`; None if absent."""
        value = self.get(key)
        return None if value is None else Record(value, self.name(key))

    def records(self, key: str) -> "tuple[Record, ...] | None":
        """The list of objects of `key`; None if absent."""
        values = self._list(key)
        if values is None:
            return None
        return tuple(Record(value, f"{self.name(key)}, row {at}") for at, value in enumerate(values, 1))

    def amounts(self, key: str) -> tuple[tuple[str, Fraction], ...]:
        """The object of `key` as pairs of name and amount in their order; empty if absent."""
        inner = self.record(key)
        if inner is None:
            return ()
        return tuple((str(name), inner.amount(name)) for name in inner.data)

    def _list(self, key: str) -> list[object] | None:
        value = self.get(key)
        if value is None or isinstance(value, list):
            return value
        raise CreditRefused(f"{self.name(key)} must be a list.")

    def _needed(self, key: str, value: T | None) -> T:
        if value is None:
            raise CreditRefused(f"{self.name(key)} is missing.")
        return value
