"""Short names, roles and brand colours: what is allowed, decided without a database."""

import re
from dataclasses import dataclass

RESERVED = frozenset(
    {
        "s",
        "t",
        "j",
        "e",
        "p",
        "v",
        "c",
        "f",
        "me",
        "new",
        "help",
        "static",
        "api",
        "sign-in",
        "sign-out",
        "invitations",
        "talk",
        "feeds",
        "demo",
        "dav",
        "embed",
        "desk",
        "speakers",
        "healthz",
        "readyz",
        "metrics",
        "brand",
        "robots",
        "admin",
        "webinar",
        "calendar",
        "calendars",
        "well-known",
        "www",
        "mail",
        "security",
        "about",
        "privacy",
        "terms",
        "favicon",
    }
)
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?")
_RANKS = {"admin": 3, "organiser": 2, "presenter": 1}
LIGHT_GROUND = "#FBFAF7"
DARK_GROUND = "#0F151C"
DARK_INK = "#06262C"
INK = "#1B2430"
PAPER = "#FFFFFF"
ENOUGH = 4.5
COMFORTABLE = 7.0  # light on dark tires the eye sooner


def slug_trouble(slug: str) -> str | None:
    """What is wrong with a short name, as a sentence; None if it can be used."""
    if not _SLUG.fullmatch(slug) or len(slug) < 2:
        return (
            "Use 2 to 30 lower-case letters, digits or hyphens, beginning and ending with a letter or digit."
        )
    if slug in RESERVED:
        return "This short name is needed for one of our own pages. Choose another one."
    return None


def proposals(slug: str, taken: frozenset[str]) -> tuple[str, ...]:
    """Three free short names near the wanted one."""
    base = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")[:24] or "society"
    tries = [f"{base}-{ending}" for ending in ("society", "net", "global", "club", *range(2, 60))]
    free = [name for name in tries if name not in taken and slug_trouble(name) is None]
    return tuple(free[:3])


def includes(held: str, wanted: str) -> bool:
    """Whether somebody holding one role may do what another role may."""
    return _RANKS[held] >= _RANKS[wanted]


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.x)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.x), 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True)
class Brand:
    """A colour judged: as a link on the page's ground, and the better text colour upon it."""

    colour: str
    on_ground: float
    text: str
    text_on_it: float

    @property
    def passes(self) -> bool:
        """Whether both contrasts reach 4.5."""
        return self.on_ground >= ENOUGH and self.text_on_it >= ENOUGH


def judged(colour: str) -> Brand:
    """How a brand colour does on our light ground and under white or ink text."""
    text = max((PAPER, INK), key=lambda candidate: contrast(candidate, colour))
    return Brand(colour, contrast(colour, LIGHT_GROUND), text, contrast(text, colour))


def nearest_passing(colour: str) -> str:
    """The nearest lightness of a colour that passes; darkened step by step, the hue kept."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    for percent in range(100, -1, -1):
        darker = f"#{red * percent // 100:02X}{green * percent // 100:02X}{blue * percent // 100:02X}"
        if judged(darker).passes:
            return darker
    return INK


def nearest_dark_passing(colour: str) -> Brand:
    """The nearest lighter shade that reads well (7) on the dark ground and under ink or white text (4.5)."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for percent in range(101):
        lighter = "#" + "".join(f"{part + (255 - part) * percent // 100:02X}" for part in parts)
        text = max((PAPER, DARK_INK), key=lambda candidate: contrast(candidate, lighter))
        brand = Brand(lighter, contrast(lighter, DARK_GROUND), text, contrast(text, lighter))
        if brand.on_ground >= COMFORTABLE and brand.passes:
            return brand
    return Brand(PAPER, contrast(PAPER, DARK_GROUND), DARK_INK, contrast(DARK_INK, PAPER))


def is_colour(text: str) -> bool:
    """Whether the text is a colour written #RRGGBB."""
    return re.fullmatch(r"#[0-9A-Fa-f]{6}", text) is not None
