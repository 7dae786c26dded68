"""The one clock, and the file by which tests and the demo move it."""

from datetime import timedelta

from webinar.timekeeping import clock


def test_the_clock_is_aware_in_utc_and_follows_a_file_of_seconds(tmp_path):
    offset = tmp_path / "offset"
    offset.write_text("86400")
    before = clock.now()
    clock.follow(offset)
    try:
        moved = clock.now()
        offset.write_text("no number")
        plain = clock.now()
    finally:
        clock.follow(None)
    assert before.utcoffset() == timedelta()
    assert timedelta(days=1) <= moved - before < timedelta(days=1, minutes=1)
    assert plain - before < timedelta(minutes=1)
