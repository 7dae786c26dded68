"""Question: something that a session asks everybody who registers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from webinar.refusal import Invalid

MOST_QUESTIONS = 5
MOST_OPTIONS = 12


class QuestionKind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Question:
    """One question: `options` are offered where the kind is choice, else empty."""

    label: str
    kind: QuestionKind = QuestionKind.TEXT
    required: bool = False
    options: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As kept in the database."""
        return asdict(self) | {"kind": self.kind.value, "options": list(self.options)}


def read_questions(stored: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions of a session as they were stored."""
    return tuple(
        Question(each["label"], QuestionKind(each["kind"]), each["required"], tuple(each["options"]))
        for each in stored
    )


def check_questions(questions: Sequence[Question]) -> None:
    """Raises Invalid where the questions cannot be asked."""
    if len(questions) > MOST_QUESTIONS:
        raise Invalid(f"Please ask at most {MOST_QUESTIONS} questions; each one costs registrations.")
    labels = [question.label.casefold() for question in questions]
    if len(set(labels)) < len(labels):
        raise Invalid("Two questions have the same words. Please change one of them.")
    for question in questions:
        _check_options(question)


def _check_options(question: Question) -> None:
    if question.kind is QuestionKind.CHOICE and not 2 <= len(set(question.options)) <= MOST_OPTIONS:
        raise Invalid(f"“{question.label}” is a choice: please give 2 to {MOST_OPTIONS} different answers.")
