"""The command: runs the tests, one line each, and ends with 1 if any failed."""

import argparse
import sys
import time

from chaos import r01, r03, r18
from chaos.installation import warm_up
from chaos.scale import FORMS

TESTS = {"R01": r01.run, "R03": r03.run, "R18": r18.run}
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Run what was asked for; the exit status."""
    asked = _arguments()
    scale, failed = FORMS[asked.form], 0
    warm_up()
    for name in asked.test or TESTS:
        for database in asked.database or DATABASES:
            began = time.monotonic()
            outcome = TESTS[name](database, scale, asked.seed)
            print(outcome, flush=True)
            _explain(outcome.complaints, time.monotonic() - began)
            failed += not outcome.passed
    return 1 if failed else 0


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
