"""Fact: something that happened, told upward; its fields are its identity."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Fact:
    """Parent of all facts: frozen, fields are ids and small values that JSON can hold.

    Two facts with equal fields are one fact: what may happen again carries a version field.
    """

    @property
    def key(self) -> str:
        """The unique key of the letter that carries this fact."""
        fields = ",".join(f"{name}={value}" for name, value in asdict(self).items())
        return f"fact:{type(self).__name__}:{fields}"

    @property
    def payload(self) -> dict[str, Any]:
        """The fields, for the letter."""
        return asdict(self)
