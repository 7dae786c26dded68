"""VTIMEZONE: read by the letter of RFC 5545 3.6.5, every zone tells the time of its zone file."""

from bisect import bisect_right
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files

import pytest

from webinar.calendars.ics.footer import parse as parse_footer
from webinar.calendars.ics.unwritable import Unwritable
from webinar.calendars.ics.vtimezone import vtimezone
from webinar.timekeeping.zones import UnknownZone, Zone, zone

NAMES = [name for name in files("tzdata").joinpath("zones").read_text().split() if name != "Factory"]
WINDOWS = [(2026, 2026), (2026, 2027), (2025, 2046), (2037, 2039), (2000, 2012), (1969, 1975)]
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

Onsets = list[tuple[datetime, timedelta]]


@lru_cache
def distinct_names() -> list[str]:
    """One name for each different zone file."""
    folder = files("tzdata.zoneinfo")
    return list({folder.joinpath(*name.split("/")).read_bytes(): name for name in sorted(NAMES)}.values())


def observances(block: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in block.decode().splitlines():
        name, _, value = line.partition(":")
        if name == "BEGIN":
            found.append({"KIND": value})
        elif name != "END":
            found[-1][name] = value
    return found[1:]


def offset(text: str) -> timedelta:
    hours, minutes, seconds = int(text[1:3]), int(text[3:5]), int(text[5:7] or 0)
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if text[0] == "-" else size


def yearly(first: datetime, rule: str, last_year: int) -> list[datetime]:
    """The wall times of FREQ=YEARLY;BYMONTH=m;BYDAY=nWD from `first`, which must be one of them."""
    parts = dict(part.split("=") for part in rule.split(";"))
    assert (parts["FREQ"], len(parts)) == ("YEARLY", 3)
    month, nth, weekday = int(parts["BYMONTH"]), int(parts["BYDAY"][:-2]), WEEKDAYS.index(parts["BYDAY"][-2:])
    found = []
    for year in range(first.year, last_year + 1):
        length = monthrange(year, month)[1]
        days = [day for day in range(1, length + 1) if first.replace(year, month, day).weekday() == weekday]
        found.append(first.replace(year, month, days[nth - 1 if nth > 0 else nth]))
    assert found[0] == first
    return found


def onsets_of(block: bytes, last_year: int) -> Onsets:
    """Each onset in UTC with the offset that it brings, in order."""
    found = []
    for part in observances(block):
        first = datetime.strptime(part["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007
        locals_ = yearly(first, part["RRULE"], last_year + 1) if "RRULE" in part else [first]
        for local in locals_:
            at = local.replace(tzinfo=UTC) - offset(part["TZOFFSETFROM"])
            found.append((at, offset(part["TZOFFSETTO"])))
    return sorted(found)


def moments(zone_: Zone, first_year: int, last_year: int) -> list[datetime]:
    """The window's ends, every fifteenth day, and the second before and at each change of the zone."""
    step = timedelta(days=15)
    at, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year, 12, 31, 23, 59, 59, tzinfo=UTC)
    found = [at, end]
    while at < end:
        found.append(at)
        low, high = at, at + step
        if low.astimezone(zone_).utcoffset() != high.astimezone(zone_).utcoffset():
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                same = middle.astimezone(zone_).utcoffset() == low.astimezone(zone_).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            change = high.replace(microsecond=0)
            found += [change - timedelta(seconds=1), change]
        at += step
    return [moment for moment in found if moment <= end]


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: f"{window[0]}-{window[1]}")
def test_every_zone_reads_back_as_its_zone_file_in_the_whole_window(window: tuple[int, int]) -> None:
    wrong = []
    for name in distinct_names():
        onsets = onsets_of(vtimezone(name, *window), window[1])
        ats = [at for at, _ in onsets]
        for moment in moments(zone(name), *window):
            index = bisect_right(ats, moment) - 1
            read = onsets[index][1] if index >= 0 else None
            if read != moment.astimezone(zone(name)).utcoffset():
                wrong.append((name, moment.isoformat(), read))
    assert wrong == []


def test_links_get_the_block_of_their_target_under_their_own_name() -> None:
    block = vtimezone("Europe/Kyiv", 2026, 2027)
    assert vtimezone("Europe/Kiev", 2026, 2027) == block.replace(b"Europe/Kyiv", b"Europe/Kiev")


@pytest.mark.parametrize("window", WINDOWS[:4], ids=lambda window: f"{window[0]}-{window[1]}")
def test_every_block_has_a_standard_no_rdate_and_larger_offsets_as_daylight(window: tuple[int, int]) -> None:
    for name in NAMES:
        block = vtimezone(name, *window)
        parts = observances(block)
        assert "STANDARD" in {part["KIND"] for part in parts}, name
        assert b"RDATE" not in block
        for part in parts:
            assert set(part) - {"RRULE"} == {"KIND", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}
            if part["KIND"] == "DAYLIGHT":
                assert offset(part["TZOFFSETTO"]) > offset(part["TZOFFSETFROM"]), name


def test_a_zone_on_steady_rules_needs_one_standard_and_at_most_one_daylight() -> None:
    kinds = {n: [(p["KIND"], "RRULE" in p) for p in observances(vtimezone(n, 2028, 2029))] for n in NAMES}
    steady = [[("STANDARD", False)], [("DAYLIGHT", True), ("STANDARD", True)]]
    irregular = sorted(name for name, kind in kinds.items() if sorted(kind) not in steady)
    unsayable = [
        n for n in NAMES if b"/24" in footer_of(n) or b"/26" in footer_of(n) or b"/-" in footer_of(n)
    ]
    assert irregular == sorted([*unsayable, "Asia/Gaza", "Asia/Hebron"])


def footer_of(name: str) -> bytes:
    return files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes().splitlines()[-1]


def test_dublins_winter_flag_becomes_a_summer_of_the_larger_offset() -> None:
    assert observances(vtimezone("Europe/Dublin", 2026, 2026)) == [
        {
            "KIND": "DAYLIGHT",
            "DTSTART": "20250330T010000",
            "RRULE": "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "TZOFFSETFROM": "+0000",
            "TZOFFSETTO": "+0100",
            "TZNAME": "IST",
        },
        {
            "KIND": "STANDARD",
            "DTSTART": "20251026T020000",
            "RRULE": "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "TZOFFSETFROM": "+0100",
            "TZOFFSETTO": "+0000",
            "TZNAME": "GMT",
        },
    ]


def test_a_zone_that_never_changes_is_one_standard() -> None:
    assert vtimezone("Asia/Kathmandu", 2026, 2027) == (
        b"BEGIN:VTIMEZONE\r\nTZID:Asia/Kathmandu\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        b"TZOFFSETFROM:+0545\r\nTZOFFSETTO:+0545\r\nTZNAME:+0545\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


def test_a_change_that_one_weekday_cannot_say_is_listed_year_by_year() -> None:
    parts = observances(vtimezone("America/Nuuk", 2027, 2028))
    assert [(part["KIND"], part["DTSTART"]) for part in parts] == [
        ("STANDARD", "20261025T000000"),
        ("DAYLIGHT", "20270327T230000"),
        ("STANDARD", "20271031T000000"),
        ("DAYLIGHT", "20280325T230000"),
        ("STANDARD", "20281029T000000"),
    ]
    assert [part for part in parts if "RRULE" in part] == []


def test_vancouvers_last_change_is_listed_and_then_nothing_changes() -> None:
    parts = observances(vtimezone("America/Vancouver", 2026, 2027))
    assert [(part["DTSTART"], part["TZOFFSETTO"], part["TZNAME"]) for part in parts] == [
        ("20251102T020000", "-0800", "PST"),
        ("20260308T020000", "-0700", "PDT"),
        ("20261101T020000", "-0700", "MST"),
    ]


def test_an_unknown_zone_and_an_impossible_window_are_refused() -> None:
    with pytest.raises(UnknownZone):
        vtimezone("Mars/Olympus", 2026, 2027)
    with pytest.raises(UnknownZone):
        vtimezone("../tzdata/zones", 2026, 2027)
    with pytest.raises(Unwritable):
        vtimezone("Europe/London", 2027, 2026)


def test_footers_of_all_three_forms_are_understood() -> None:
    sunday = parse_footer("EST5EDT,M3.2.0,M11.1.0").changes(2026, 2026)
    assert [datetime.fromtimestamp(change.at, UTC) for change in sunday] == [
        datetime(2026, 3, 8, 7, tzinfo=UTC),
        datetime(2026, 11, 1, 6, tzinfo=UTC),
    ]
    julian = parse_footer("<+0330>-3:30<+0430>,J79/24,J263/24").changes(2028, 2028)
    assert [datetime.fromtimestamp(change.at, UTC) for change in julian] == [
        datetime(2028, 3, 20, 20, 30, tzinfo=UTC),
        datetime(2028, 9, 20, 19, 30, tzinfo=UTC),
    ]
    counted = parse_footer("AAA0BBB-1,59/1,300/2").changes(2028, 2028)
    assert [datetime.fromtimestamp(change.at, UTC) for change in counted] == [
        datetime(2028, 2, 29, 1, tzinfo=UTC),
        datetime(2028, 10, 27, 1, tzinfo=UTC),
    ]
    assert parse_footer("AAA0BBB,J59/1,J300").recurrence(julian[0]) is None
    for broken in ["", "X5", "EST5EDT,M3.2,M11.1.0"]:
        with pytest.raises(ValueError, match="unreadable zone"):
            parse_footer(broken)


def test_years_of_nothing_but_single_and_double_summer_time_begin_with_a_standard() -> None:
    parts = observances(vtimezone("Europe/London", 1942, 1942))
    assert [(part["KIND"], part["TZOFFSETTO"]) for part in parts] == [
        ("STANDARD", "+0100"),
        ("DAYLIGHT", "+0200"),
        ("DAYLIGHT", "+0100"),
    ]


def test_a_window_wholly_in_summer_time_is_still_a_standard() -> None:
    parts = observances(vtimezone("America/New_York", 1943, 1943))
    assert [(part["KIND"], part["TZOFFSETTO"]) for part in parts] == [("STANDARD", "-0400")]
