"""Certificate codes that people can read aloud, and which script a name is written in."""

import secrets
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

# Crockford's base 32: no I, L, O and U, so nothing is misread and no word appears by accident.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS = 5
_GROUP_LENGTH = 4
_LENGTH = _GROUPS * _GROUP_LENGTH

CODE_BITS = 5 * _LENGTH
"""Random bits of a code: 100, as public ids need at least 96 (security rule S10)."""

_MISREAD = str.maketrans("OIL", "011")
# Zero-width characters and direction marks come along when a code is copied.
_IGNORED_CATEGORIES = frozenset({"Pd", "Zs", "Cc", "Cf"})
_IGNORED = frozenset("-_.−")

Direction = Literal["ltr", "rtl"]
Family = Literal["latin", "arabic", "hebrew", "devanagari", "han", "kana", "hangul"]


@dataclass(frozen=True, slots=True)
class Script:
    """How to set one text: BCP 47 `language`, base `direction`, and the `font` family tried first."""

    language: str
    direction: Direction
    font: str


SERIF = "Libertinus Serif"
"""Latin, Greek, Cyrillic and Hebrew."""

_CJK_FONTS = {
    "zh": "Noto Sans CJK SC",
    "zh-hant": "Noto Sans CJK TC",
    "zh-tw": "Noto Sans CJK TC",
    "zh-mo": "Noto Sans CJK HK",
    "zh-hk": "Noto Sans CJK HK",
    "yue": "Noto Sans CJK HK",
    "ja": "Noto Sans CJK JP",
    "ko": "Noto Sans CJK KR",
}
# The first character word of a Unicode name tells the script; the standard library knows no more.
_FAMILIES: dict[str, Family] = {
    "ARABIC": "arabic",
    "HEBREW": "hebrew",
    "DEVANAGARI": "devanagari",
    "CJK": "han",
    "HIRAGANA": "kana",
    "KATAKANA": "kana",
    "HANGUL": "hangul",
}
# Languages written in each script, the one taken without a hint first.
_LANGUAGES: dict[Family, tuple[str, ...]] = {
    "arabic": ("ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug"),
    "hebrew": ("he", "yi"),
    "devanagari": ("hi", "ne", "mr", "sa", "mai", "bho"),
    "han": ("zh", "ja", "ko", "yue"),
    "kana": ("ja",),
    "hangul": ("ko",),
}
# Letters that settle the language of a Latin name where shaping depends on it (no “fi” ligature).
_TURKISH = frozenset("ğĞıİ")


def new_code(randbits: Callable[[int], int] = secrets.randbits) -> str:
    """A new certificate code such as "7Q4K-93MD-0VXA-T2BE-M6CN".

    `randbits(n)` gives n random bits as a number; the default is the system's secure source.
    """
    number = randbits(CODE_BITS)
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return _grouped(letters)


def read_code(typed: str) -> str | None:
    """The code that somebody typed, in its one spelling, or None if it cannot be one.

    Accepts any case, O for 0, I and L for 1, full-width letters and the digits of other scripts;
    spaces, dashes and invisible characters are passed over, wherever they stand. A whole address
    is read from its last part.
    """
    last = typed.strip().rstrip("/").rsplit("/", 1)[-1]
    folded = unicodedata.normalize("NFKC", last).upper()
    kept = (_plain_digit(c) for c in folded if not _is_ignored(c))
    letters = "".join(kept).translate(_MISREAD)
    if len(letters) != _LENGTH or not set(letters) <= set(_ALPHABET):
        return None
    return _grouped(letters)


def script_of(text: str, language: str = "") -> Script:
    """How to set `text`, from its own letters; `language` (BCP 47) decides between neighbours.

    The hint counts only where the text is written in a script of that language: "ne" changes the
    letter forms of a Devanagari name, and changes nothing for a Latin one in a Nepali document.
    The direction follows the first strong letter (Unicode Annex 9, rule P2), so that a Latin name
    with an Arabic one in brackets keeps its order.
    """
    family = _family_of(text)
    spoken = _language_of(text, family, language)
    return Script(spoken, _direction_of(text), _font_of(family, spoken))


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP_LENGTH] for at in range(0, _LENGTH, _GROUP_LENGTH))


def _is_ignored(character: str) -> bool:
    return character in _IGNORED or unicodedata.category(character) in _IGNORED_CATEGORIES


def _plain_digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _family_of(text: str) -> Family:
    """The script most letters belong to; kana or hangul anywhere outweighs Chinese characters."""
    names = (unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha())
    counts = Counter[Family](_FAMILIES.get(name, "latin") for name in names)
    if not counts:
        return "latin"
    family = counts.most_common(1)[0][0]
    if family == "han":
        return "kana" if counts["kana"] else "hangul" if counts["hangul"] else "han"
    return family


def _language_of(text: str, family: Family, hint: str) -> str:
    primary = hint.replace("_", "-").lower().split("-")[0]
    if family == "latin":
        written_elsewhere = any(primary in languages for languages in _LANGUAGES.values())
        if _TURKISH & set(text) and primary not in ("tr", "az", "kk", "tt", "crh"):
            return "tr"
        return hint if hint and not written_elsewhere else "en"
    known = _LANGUAGES[family]
    return hint if primary in known else known[0]


def _direction_of(text: str) -> Direction:
    for character in text:
        strong = unicodedata.bidirectional(character)
        if strong == "L":
            return "ltr"
        if strong in ("R", "AL"):
            return "rtl"
    return "ltr"


def _font_of(family: Family, language: str) -> str:
    if family == "arabic":
        return "Amiri"
    if family == "devanagari":
        return "Noto Sans Devanagari"
    if family in ("han", "kana", "hangul"):
        tag = language.replace("_", "-").lower()
        return _CJK_FONTS.get(tag) or _CJK_FONTS.get("-".join(tag.split("-")[:2])) or _CJK_FONTS[tag[:2]]
    return SERIF
