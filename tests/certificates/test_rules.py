"""Certificate codes survive being read aloud and typed; names find their script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.certificates.rules import CODE_BITS, Script, new_code, read_code, script_of

CODE = "7Q4K-93MD-0V1A-T2BE-M6CN"


def test_a_code_carries_at_least_96_random_bits() -> None:
    asked: list[int] = []
    new_code(lambda bits: asked.append(bits) or 0)
    assert asked == [CODE_BITS] == [100]


def test_the_smallest_and_the_largest_code_have_the_same_form() -> None:
    assert new_code(lambda bits: 0) == "0000-0000-0000-0000-0000"
    assert new_code(lambda bits: (1 << bits) - 1) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ"


def test_two_codes_differ() -> None:
    assert len({new_code() for _ in range(200)}) == 200


@given(st.integers(0, (1 << 100) - 1))
def test_every_code_reads_back_as_itself(number: int) -> None:
    code = new_code(lambda bits: number)
    assert read_code(code) == code
    assert read_code(code.lower().replace("-", " ")) == code


@pytest.mark.parametrize(
    "typed",
    [
        "7q4k93md0v1at2bem6cn",
        "  7Q4K 93MD 0V1A T2BE M6CN ",
        "7Q4K–93MD—OVIA‑T2BE−M6CN",
        "7Q4K_93MD_OVLA.T2BE_M6CN",
        "7q4k-93md-ovla-t2be-m6cn",
        "７Ｑ４Ｋ－９３ＭＤ－０Ｖ１Ａ－Ｔ２ＢＥ－Ｍ６ＣＮ",
        "٧Q٤K-٩٣MD-٠V١A-T٢BE-M٦CN",
        "\u200e7Q4K-93MD-0V1A-T2BE-M6CN\u200b",
        "7Q4K-93MD-\n0V1A-T2BE-M6CN",
        "https://webinar.example.org/v/7Q4K-93MD-0V1A-T2BE-M6CN/",
    ],
)
def test_a_typed_code_is_read_in_its_one_spelling(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    ["", "-", "7Q4K-93MD", CODE + "0", CODE.replace("K", "U"), CODE.replace("K", "é"), "😀" * 20],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text(max_size=60))
def test_no_typed_text_raises(typed: str) -> None:
    read = read_code(typed)
    assert read is None or read_code(read) == read


@pytest.mark.parametrize(
    ("text", "hint", "script"),
    [
        ("Ada Lovelace", "", Script("en", "ltr", "Libertinus Serif")),
        ("Ada Lovelace", "fr", Script("fr", "ltr", "Libertinus Serif")),
        ("Ada Lovelace", "ar", Script("en", "ltr", "Libertinus Serif")),
        ("Doğuş Işık", "en", Script("tr", "ltr", "Libertinus Serif")),
        ("अनिता शर्मा", "en", Script("hi", "ltr", "Noto Sans Devanagari")),
        ("अनिता शर्मा", "ne", Script("ne", "ltr", "Noto Sans Devanagari")),
        ("محمد", "en", Script("ar", "rtl", "Amiri")),
        ("محمد", "fa-IR", Script("fa-IR", "rtl", "Amiri")),
        ("שרה כהן", "", Script("he", "rtl", "Libertinus Serif")),
        ("王小明", "en", Script("zh", "ltr", "Noto Sans CJK SC")),
        ("王小明", "zh-Hant", Script("zh-Hant", "ltr", "Noto Sans CJK TC")),
        ("王小明", "zh-Hant-TW", Script("zh-Hant-TW", "ltr", "Noto Sans CJK TC")),
        ("王小明", "zh_TW", Script("zh_TW", "ltr", "Noto Sans CJK TC")),
        ("山田太郎", "ja", Script("ja", "ltr", "Noto Sans CJK JP")),
        ("山田太郎 ひろ", "zh", Script("ja", "ltr", "Noto Sans CJK JP")),
        ("김민수", "", Script("ko", "ltr", "Noto Sans CJK KR")),
        ("Layla Haddad (ليلى)", "", Script("en", "ltr", "Libertinus Serif")),
        ("ليلى حداد MD", "", Script("ar", "rtl", "Amiri")),
        ("", "", Script("en", "ltr", "Libertinus Serif")),
        ("60", "ar", Script("en", "ltr", "Libertinus Serif")),
    ],
)
def test_a_text_is_set_by_its_own_letters_and_the_hint(text: str, hint: str, script: Script) -> None:
    assert script_of(text, hint) == script
