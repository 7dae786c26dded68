"""Laws that changed: the same wall time under two real releases of the zone data (time-cases §3)."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.releases import package_version, release
from webinar.sessions.rules.start import derived
from webinar.timekeeping import memory, zones
from webinar.timekeeping.laws import clock_change, disagreement
from webinar.timekeeping.offsets import offsets_of, read_plain
from webinar.timekeeping.wall import local_of

CHANGES = [
    line.split(" | ")
    for line in """
America/Vancouver | 2026-11-17 18:00 | 2026a → 2026b | 2026-11-18T02:00:00Z → 2026-11-18T01:00:00Z
America/Edmonton | 2026-11-17 18:00 | 2026b → 2026f | 2026-11-18T01:00:00Z → 2026-11-18T00:00:00Z
America/Winnipeg | 2026-11-17 18:00 | 2026b → 2026f | 2026-11-18T00:00:00Z → 2026-11-17T23:00:00Z
America/Inuvik | 2026-11-17 18:00 | 2026b → 2026f | 2026-11-18T01:00:00Z → 2026-11-18T00:00:00Z
America/Havana | 2026-11-17 18:00 | 2026b → 2026f | 2026-11-17T23:00:00Z → 2026-11-17T22:00:00Z
Africa/Casablanca | 2026-11-17 18:00 | 2026b → 2026f | 2026-11-17T17:00:00Z → 2026-11-17T18:00:00Z
Africa/El_Aaiun | 2026-11-17 18:00 | 2026b → 2026f | 2026-11-17T17:00:00Z → 2026-11-17T18:00:00Z
Asia/Almaty | 2024-06-03 10:00 | 2023d → 2024a | 2024-06-03T04:00:00Z → 2024-06-03T05:00:00Z
Africa/Cairo | 2023-06-05 18:00 | 2022a → 2023b | 2023-06-05T16:00:00Z → 2023-06-05T15:00:00Z
Asia/Beirut | 2023-03-27 09:00 | 2023b → 2023c | 2023-03-27T07:00:00Z → 2023-03-27T06:00:00Z
America/Mexico_City | 2023-07-15 10:00 | 2022a → 2023b | 2023-07-15T15:00:00Z → 2023-07-15T16:00:00Z
America/Asuncion | 2025-07-01 10:00 | 2024b → 2025b | 2025-07-01T14:00:00Z → 2025-07-01T13:00:00Z
America/Nuuk | 2024-01-15 12:00 | 2022a → 2023b | 2024-01-15T15:00:00Z → 2024-01-15T14:00:00Z
America/Scoresbysund | 2025-01-15 12:00 | 2023c → 2023d | 2025-01-15T13:00:00Z → 2025-01-15T14:00:00Z
Asia/Amman | 2023-01-15 10:00 | 2022a → 2023b | 2023-01-15T08:00:00Z → 2023-01-15T07:00:00Z
Asia/Tehran | 2023-07-01 10:00 | 2022a → 2023b | 2023-07-01T05:30:00Z → 2023-07-01T06:30:00Z
Asia/Gaza | 2024-04-15 12:00 | 2023d → 2024a | 2024-04-15T09:00:00Z → 2024-04-15T10:00:00Z
""".strip().splitlines()
]
"""Zone, wall time, the two releases, the two instants."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("zone_name", "local", "releases", "instants"), CHANGES, ids=[c[0] for c in CHANGES])
def test_the_promise_stays_and_the_instant_follows_the_law(zone_name, local, releases, instants):
    promised, found = datetime.fromisoformat(local), []
    for name in releases.split(" → "):
        with release(name):
            start = derived(promised, zone_name, 60)
            found.append((start.tzdata_version, start.starts_at, start.ends_at - start.starts_at))
    assert found == [
        (name, utc(at), timedelta(hours=1))
        for name, at in zip(releases.split(" → "), instants.split(" → "), strict=True)
    ]


@pytest.mark.parametrize(("zone_name", "local", "releases", "instants"), CHANGES, ids=[c[0] for c in CHANGES])
def test_what_was_remembered_tells_what_the_clock_was_to_show(zone_name, local, releases, instants):
    promised = datetime.fromisoformat(local)
    old, new = releases.split(" → ")
    was_at, starts_at = map(utc, instants.split(" → "))
    since_at = was_at - timedelta(days=200)
    memories = {}
    for name in (old, new):
        with release(name):
            kept = offsets_of(zone_name, since_at, since_at + timedelta(days=700)).plain()
            memories[name] = {zones.canonical(zone_name): kept}
    with release(new):
        there = clock_change(
            memories[old],
            zone_name,
            host_zone=zone_name,
            starts_local=promised,
            was_at=was_at,
            starts_at=starts_at,
        )
        assert (there.was_local, there.now_local, there.is_still, there.is_moved) == (
            *(promised, promised),
            *(True, True),
        )
        abroad = clock_change(
            memories[old],
            zone_name,
            host_zone="Etc/UTC",
            starts_local=was_at.replace(tzinfo=None),
            was_at=was_at,
            starts_at=was_at,
        )
        assert (abroad.was_local, abroad.now_local) == (promised, local_of(was_at, zone_name))
        assert (abroad.law_zone, abroad.is_still, abroad.is_moved) == (zone_name, False, False)
        apart = disagreement(memories[old], memories[new], since_at)
        assert apart.at(was_at) == {zones.canonical(zone_name)}


def test_two_releases_agree_about_zones_without_a_new_law():
    since_at, until_at = datetime(2026, 9, 1, tzinfo=UTC), datetime(2029, 9, 1, tzinfo=UTC)
    memories = []
    for name in ("2026a", "2026b"):
        with release(name):
            memories.append({each: offsets_of(each, since_at, until_at).plain() for each in zones.pickable()})
    apart = disagreement(*memories, since_at)
    assert set(apart.zones) == {"America/Vancouver"}
    assert apart.at(datetime(2026, 10, 1, tzinfo=UTC)) == set()
    assert apart.at(datetime(2026, 12, 1, tzinfo=UTC)) == {"America/Vancouver"}


def test_offsets_are_kept_as_plain_numbers_and_read_back():
    kept = offsets_of("Africa/Casablanca", datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))
    assert read_plain(kept.plain()) == kept


def test_without_a_memory_the_promise_still_tells_the_hosts_own_clock():
    promised = datetime.fromisoformat("2026-11-17T18:00")
    was_at, starts_at = utc("2026-11-18T02:00:00Z"), utc("2026-11-18T01:00:00Z")
    values = {
        "host_zone": "America/Vancouver",
        "starts_local": promised,
        "was_at": was_at,
        "starts_at": starts_at,
    }
    assert clock_change(None, "America/Vancouver", **values).is_still
    kathmandu = clock_change(None, "Asia/Kathmandu", **values)
    assert (kathmandu.was_local, kathmandu.is_still) == (datetime.fromisoformat("2026-11-18T07:45"), False)


def test_the_pinned_release_is_back_afterwards():
    with release("2022a"):
        assert zones.release() == "2022a"
        assert zones.offset_label(datetime(2026, 12, 1, tzinfo=UTC), "America/Vancouver") == "UTC-08:00"
    assert zones.release() == zones.TZDATA_VERSION
    assert zones.offset_label(datetime(2026, 12, 1, tzinfo=UTC), "America/Vancouver") == "UTC-07:00"


def test_letters_become_numbers_on_the_package_index():
    assert [package_version(name) for name in ("2023c", "2026f")] == ["2023.3", "2026.6"]


def test_nothing_in_timekeeping_is_kept_that_a_new_release_would_not_make_forgotten():
    kept = []
    for path in sorted(Path(memory.__file__).parent.rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for before, line in pairwise(lines):
            if line.startswith(("@cache", "@lru_cache")) and before != "@from_zone_data":
                kept.append((path.name, line))
    assert kept == []
