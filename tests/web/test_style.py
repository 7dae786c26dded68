"""The stylesheet: contrast recomputed, both dark blocks equal, logical properties, bytes."""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from webinar.web.assets import STATIC, asset, asset_names

CSS = (STATIC / "css" / "app.css").read_text()
PLAIN = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
GROUNDS = ("bg", "surface", "surface-2")
TEXTS = (
    "ink",
    "ink-2",
    "ink-3",
    "primary",
    "primary-hover",
    "link-visited",
    "live",
    "soon",
    "ok",
    "info",
    "ended",
)
TYPES = ("t-webinar", "t-journal", "t-case", "t-workshop", "t-other")
STATES = ("live", "soon", "ok", "info", "ended")
SOFTS = ("primary-soft", *(f"{state}-soft" for state in STATES))


def tokens(start: str) -> dict[str, str]:
    block = PLAIN.split(start, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


LIGHT = tokens(":root {")
DARK_BY_DEVICE = tokens(":root:not([data-theme=light]) {")
DARK_BY_CHOICE = tokens(":root[data-theme=dark] {")
THEMES = [LIGHT, {**LIGHT, **DARK_BY_CHOICE}]


def luminance(colour: str) -> float:
    """WCAG 2.x relative luminance of #RRGGBB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(theme: dict[str, str], pairs: list[tuple[str, str]], least: float) -> list[tuple[str, str]]:
    return [(a, b) for a, b in pairs if contrast(theme[a], theme[b]) < least]


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_all_text_has_at_least_4_5_to_1(theme: dict[str, str]) -> None:
    pairs = [(text, ground) for text in (*TEXTS, *TYPES) for ground in GROUNDS]
    pairs += [(text, soft) for text in ("ink", "primary", "ink-3") for soft in SOFTS]
    pairs += [(state, f"{state}-soft") for state in STATES]
    pairs += [("on-primary", "primary"), ("on-primary", "primary-hover")]
    pairs += [("heat-ink", "heat-0"), ("heat-ink", "heat-1"), ("heat-ink", "heat-2")]
    pairs += [("heat-3-ink", "heat-3"), ("heat-4-ink", "heat-4")]
    pairs += [("ink", f"band-{band}") for band in ("day", "edge", "night", "hatch")]
    assert too_faint(theme, pairs, 4.5) == []


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_controls_and_focus_have_at_least_3_to_1(theme: dict[str, str]) -> None:
    pairs = [(mark, ground) for mark in ("border-strong", "focus") for ground in (*GROUNDS, "primary-soft")]
    assert too_faint(theme, pairs, 3.0) == []


def test_some_figures_of_the_specification_come_out_the_same() -> None:
    assert round(contrast(LIGHT["ink"], LIGHT["bg"]), 2) == 15.00
    assert round(contrast(LIGHT["on-primary"], LIGHT["primary"]), 2) == 8.42
    assert round(contrast(DARK_BY_CHOICE["focus"], DARK_BY_CHOICE["bg"]), 2) == 10.81


def test_the_two_dark_blocks_are_equal() -> None:
    assert DARK_BY_DEVICE == DARK_BY_CHOICE


def test_only_logical_properties_are_used() -> None:
    physical = re.findall(
        r"(?:^|[\s;{])((?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*|left|right|float|width|height"
        r"|(?:min|max)-(?:width|height))\s*:(?!\s*(?:40|56)rem\))",
        PLAIN,
    )
    assert physical == []
    assert re.findall(r"text-align:\s*(left|right)", PLAIN) == []


def test_values_outside_the_tokens_have_no_colours_of_their_own() -> None:
    layers = PLAIN.split("@layer base", 1)[1].split("@layer print", 1)[0]
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", layers) == []


def test_only_two_breakpoints_are_used() -> None:
    assert set(re.findall(r"(?:min|max)-width: (\w+)", PLAIN)) == {"40rem", "56rem"}


def test_the_stylesheet_and_the_script_stay_within_budget() -> None:
    sizes = {
        name: len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in ("css/app.css", "js/enh.js")
    }
    assert {
        name: size <= most for (name, size), most in zip(sizes.items(), (10_000, 6_000), strict=True)
    } == {
        "css/app.css": True,
        "js/enh.js": True,
    }


def test_hashed_addresses_are_kept_for_a_year_and_come_compressed(visitor: FlaskClient) -> None:
    for name in asset_names():
        with visitor.get(asset(name), headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
            assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "gzip")


def test_a_file_that_does_not_exist_cannot_be_named() -> None:
    with pytest.raises(FileNotFoundError):
        asset("css/nothing.css")
