"""Independent readers see in our files what we said: instants, ends, titles, places, notes and status."""

from pathlib import Path

import pytest

from tests.factories.calendars import society
from tests.judges.corpus.cases import CASES, GOLDEN
from tests.judges.corpus.time_cases import TIMED, events
from tests.judges.excuses import EXCUSES, OLD_ZONES, TIME_EXCUSES
from tests.judges.expectation import expectation
from tests.judges.panel import PANEL
from webinar.calendars.ics.feed import feed

# The first run installs the readers.
pytestmark = pytest.mark.timeout(900)


@pytest.mark.parametrize("judge", PANEL)
def test_a_reader_sees_every_golden_file_as_it_was_described(judge: str) -> None:
    answers = PANEL[judge]({GOLDEN / f"{name}.ics": case.expected for name, case in CASES.items()})
    excuses = EXCUSES.get(judge, {})
    wrong = {name for name, case in CASES.items() if answers[name] != case.expected.events}
    seen = {name: answers[name] for name in sorted(wrong - excuses.keys())}
    assert seen == {name: CASES[name].expected.events for name in seen}
    # An excuse that is no longer needed goes; Node's zone data comes with the machine.
    assert {name for name, why in excuses.items() if why != OLD_ZONES} - wrong == set()


@pytest.mark.parametrize("judge", PANEL)
def test_a_reader_expands_every_time_case_to_the_instants_written_down_by_hand(
    judge: str, tmp_path: Path
) -> None:
    files = {}
    for case in TIMED:
        told = events(case)
        path = tmp_path / f"{case['name']}.ics"
        written = feed(society(), told)
        assert written.left_out == ()
        path.write_bytes(written.body)
        files[path] = expectation(told)
    answers = PANEL[judge](files)
    starts = {
        name: seen if isinstance(seen, str) else [each.start for each in seen]
        for name, seen in answers.items()
    }
    wanted = {case["name"]: case["expected_utc"] for case in TIMED}
    excused = TIME_EXCUSES.get(judge, {})
    wrong = {name: seen for name, seen in starts.items() if seen != wanted[name] and name not in excused}
    assert wrong == {}
