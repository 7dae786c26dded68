"""The command: runs the tests, one line each, and ends with 1 if any failed."""

import argparse
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from chaos import r01, r03, r18
from chaos.installation import warm_up
from chaos.outcome import Outcome
from chaos.scale import FORMS, Scale

TESTS = {"R01": r01.run, "R03": r03.run, "R18": r18.run}
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Run what was asked for, both databases beside each other; the exit status."""
    asked = _arguments()
    scale, failed = FORMS[asked.form], 0
    warm_up()
    for name in asked.test or TESTS:
        began, databases = time.monotonic(), asked.database or DATABASES
        with ThreadPoolExecutor(len(databases)) as beside:
            for outcome in beside.map(partial(_run, name, scale, asked.seed), databases):
                print(outcome, flush=True)
                _explain(outcome.complaints, time.monotonic() - began)
                failed += not outcome.passed
    return 1 if failed else 0


def _run(name: str, scale: Scale, seed: int, database: str) -> Outcome:
    """One test on one database; what breaks it is its failure, and the others go on."""
    try:
        return TESTS[name](database, scale, seed)
    except Exception:  # noqa: BLE001  told in the line and below it
        return Outcome(name, database, 1, 0, 0, 0, 0, [traceback.format_exc()])


def _explain(complaints: list[str], seconds: float) -> None:
    for complaint in complaints:
        print(f"  {complaint}", file=sys.stderr)
    print(f"  {seconds:.0f} s", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--form", choices=FORMS, default="short", help="full figures, or a tenth of them")
    parser.add_argument("--test", choices=TESTS, action="append", help="only this test; may be given again")
    parser.add_argument("--database", choices=DATABASES, action="append", help="only on this database")
    parser.add_argument("--seed", type=int, default=7, help="chooses when faults come")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
