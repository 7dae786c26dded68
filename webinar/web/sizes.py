"""Words for amounts: bytes before a download, counts with their noun, shares with n."""

from datetime import timedelta

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.web.viewing import current_viewing

UNITS = ("KB", "MB", "GB", "TB")


def file_size(count: int) -> str:
    """Bytes in words, in thousands: 640 → "640 B", 1_100_000 → "1.1 MB", 14_200_000 → "14 MB"."""
    if count < 1000:
        return f"{count} B"
    size, unit = count / 1000, UNITS[0]
    for unit in UNITS:  # noqa: B007  the unit reached is used below
        if size < 999.5:
            break
        size /= 1000
    return f"{amount(round(size, 1) if size < 9.95 else round(size))} {unit}"


def amount(number: float) -> str:
    """A number in the visitor's notation with Western digits: 1451 → "1,451"."""
    locale = current_viewing().locale
    return str(format_decimal(number, locale=locale, numbering_system="latn"))


def share(part: int, whole: int) -> str:
    """A share with its denominator: "58 % (101 of 175)"; of nothing: "none of 0"."""
    if not whole:
        return _("none of 0")
    percent = round(100 * part / whole)
    return _(
        "%(percent)s %% (%(part)s of %(whole)s)", percent=percent, part=amount(part), whole=amount(whole)
    )


def length(duration: timedelta) -> str:
    """A length of time in hours and minutes: 45 → "45 min", 90 → "1 h 30 min"."""
    hours, minutes = divmod(round(duration.total_seconds() / 60), 60)
    if not hours:
        return _("%(minutes)s min", minutes=minutes)
    if not minutes:
        return _("%(hours)s h", hours=hours)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)


def people(count: int) -> str:
    """ "1 person", "412 people"."""
    return ngettext("%(shown)s person", "%(shown)s people", count, shown=amount(count))
