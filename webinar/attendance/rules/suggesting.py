"""Suggesting: who an unmatched row may be, for a person to decide; a likely name proves nothing."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

CLICK_BEFORE, CLICK_AFTER = timedelta(minutes=10), timedelta(minutes=2)
"""How long before joining, or by skewed clocks after it, somebody pressed their own link."""
NAME_WEIGHT, CLICK_WEIGHT, COUNTRY_WEIGHT, CERTAIN = 0.65, 0.2, 0.1, 0.94
LEAST_SCORE = 0.25
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = {"dr", "prof", "professor", "doctor", "md", "phd", "mbbs", "mr", "mrs", "ms"}
_DEVICES = {"iphone", "ipad", "android", "phone", "mobile", "samsung", "galaxy", "huawei", "xiaomi", "redmi"}
_DEVICES |= {"macbook", "laptop", "desktop", "pc", "device", "guest", "user"}
_NO_NAME = _TITLES | _DEVICES


@dataclass(frozen=True)
class Holder:
    """Somebody with a seat: the name they gave, words for their country, when they first pressed their link."""

    seat_id: int
    name: str
    country_words: tuple[str, ...] = ()
    clicked_at: datetime | None = None


@dataclass(frozen=True)
class Sighted:
    """An unmatched row: its display name and when it first joined (aware UTC), where known."""

    name: str | None
    joined_at: datetime | None = None


@dataclass(frozen=True)
class Suggestion:
    """A holder who may be meant: `score` from 0 to 0.94, and what speaks for them."""

    seat_id: int
    score: float
    clicked_near: bool
    same_country: bool


class Directory:
    """The holders of a session, found quickly by the beginnings of their names."""

    def __init__(self, holders: Iterable[Holder]) -> None:
        self._holders = tuple(holders)
        self._words = {each.seat_id: name_words(each.name) for each in self._holders}
        self._by_beginning: dict[str, list[Holder]] = defaultdict(list)
        for each in self._holders:
            for beginning in {word[:2] for word in self._words[each.seat_id]}:
                self._by_beginning[beginning].append(each)

    def suggestions(self, sighted: Sighted, most: int = 3) -> tuple[Suggestion, ...]:
        """The likeliest holders, best first; none where nothing speaks for anybody."""
        words = name_words(sighted.name or "")
        near = {each.seat_id: each for each in self._holders if clicked_near(each, sighted)}
        found = dict(near)
        for word in words:
            found |= {each.seat_id: each for each in self._by_beginning.get(word[:2], ())}
        scored = [self._scored(each, words, sighted, each.seat_id in near) for each in found.values()]
        good = [each for each in scored if each.score >= LEAST_SCORE]
        return tuple(sorted(good, key=lambda each: (-each.score, each.seat_id))[:most])

    def _scored(self, holder: Holder, words: Sequence[str], sighted: Sighted, near: bool) -> Suggestion:
        country = _names_country(sighted.name or "", holder)
        own = set(words) - {part for name in holder.country_words for part in name_words(name)}
        named = [word for word in words if word in own] if country else words
        likeness = name_likeness(named, self._words[holder.seat_id])
        if likeness:
            score = NAME_WEIGHT * likeness + CLICK_WEIGHT * near + COUNTRY_WEIGHT * country
        else:
            # A bare device that joined just after somebody's click is a weak guess, but the only one.
            score = LEAST_SCORE if near and not named else 0.0
        return Suggestion(holder.seat_id, round(min(score, CERTAIN), 2), near, country)


def _names_country(said: str, holder: Holder) -> bool:
    plain = _plain(said)
    return any(re.search(rf"\b{re.escape(_plain(word))}\b", plain) for word in holder.country_words if word)


def clicked_near(holder: Holder, sighted: Sighted) -> bool:
    """Whether somebody pressed their own link about when the row joined."""
    if holder.clicked_at is None or sighted.joined_at is None:
        return False
    return -CLICK_AFTER <= sighted.joined_at - holder.clicked_at <= CLICK_BEFORE


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: without accents, titles, devices, signs."""
    return tuple(word for word in _WORD.findall(_plain(name)) if word not in _NO_NAME)


def name_likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two names are, 0 to 1: shared words count whole, initials and slips less; order is free."""
    left = list(other)
    shared = 0.0
    for word in one:
        best = max(left, key=lambda candidate: _word_likeness(word, candidate), default=None)
        if best is not None and (likeness := _word_likeness(word, best)):
            shared += likeness
            left.remove(best)
    return 2 * shared / (len(one) + len(other)) if one and other else 0.0


def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0 if len(one) > 1 else 0.5
    if 1 in (len(one), len(other)):
        return 0.5 if one[0] == other[0] else 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= 0.8 else 0.0


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
