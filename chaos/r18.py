"""R18: sixty people press Register for ten seats at once; ten are in, fifty wait, nobody sees an error."""

import socket
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import requests
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from chaos.installation import installed
from chaos.outcome import Outcome
from chaos.scale import Scale
from chaos.served import served
from tests.factories.sessions import session
from tests.factories.societies import ens_with_olga
from webinar.db.store import store, transaction
from webinar.registration.models import Seat
from webinar.sessions.models import Session
from webinar.timekeeping import clock

SEATS = 10
PEOPLE = 60
ROUNDS = 20
PATIENCE = 120


@dataclass(frozen=True)
class Round:
    """What the people saw, and what stands in the database afterwards."""

    answers: Counter[int]
    states: Counter[str]
    people: int

    @property
    def lost(self) -> int:
        """Told that they are registered, and not on the list."""
        return max(0, self.answers[303] - self.people)

    @property
    def doubled(self) -> int:
        """Seats given out beyond the capacity, and second seats of one person."""
        beyond = max(0, self.states["confirmed"] - SEATS)
        return beyond + sum(self.states.values()) - self.people

    @property
    def is_right(self) -> bool:
        return self.answers == {303: PEOPLE} and self.states == {
            "confirmed": SEATS,
            "waiting": PEOPLE - SEATS,
        }


def run(database: str, scale: Scale, _seed: int) -> Outcome:
    rounds = scale.of(ROUNDS)
    with installed(database, base_url=f"http://127.0.0.1:{_free_port()}") as installation:
        with installation.app().app_context():
            slugs = _published(rounds)
            with served(installation) as address:
                seen = [_played(address, slug) for slug in slugs]
        return _judged(database, rounds, seen)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _published(rounds: int) -> list[str]:
    """Short names of as many sessions, each with ten seats, a month from now."""
    society, _ = ens_with_olga()
    starts = (clock.now() + timedelta(days=30)).replace(tzinfo=None, minute=0, second=0, microsecond=0)
    slugs = [_with_ten_seats(society, number, starts) for number in range(rounds)]
    store.commit()  # reading the names took SQLite's write lock again
    return slugs


def _with_ten_seats(society: object, number: int, starts: datetime) -> str:
    local = starts + timedelta(days=number)
    made = session(society, title=f"Round {number}", capacity=SEATS, starts_local=local, zone_name="UTC")
    return str(made.slug)


def _played(address: str, slug: str) -> Round:
    """Everybody opens the form, then all press the button in the same moment."""
    together = threading.Barrier(PEOPLE)
    with ThreadPoolExecutor(PEOPLE) as crowd:
        answers = Counter(crowd.map(lambda number: _press(address, slug, number, together), range(PEOPLE)))
    with transaction():
        of_session = select(Seat.state, func.count()).join(Session).where(Session.slug == slug)
        states = Counter(
            {state.value: count for state, count in store.execute(of_session.group_by(Seat.state))}
        )
        people = select(func.count(Seat.person_id.distinct())).join(Session).where(Session.slug == slug)
        return Round(answers, states, store.scalar(people) or 0)


def _press(address: str, slug: str, number: int, together: threading.Barrier) -> int:
    """One person's status code; 0 where no answer came."""
    person, url = requests.Session(), f"{address}/s/{slug}/register"
    try:
        form = _form(person.get(url, timeout=PATIENCE).text)
        together.wait(PATIENCE)
        typed = {"name": f"Reader {number}", "email": f"reader{number}@{slug}.example", "country": "NP"}
        return person.post(url, data=form | typed, timeout=PATIENCE, allow_redirects=False).status_code
    except requests.RequestException:
        return 0


def _form(html: str) -> dict[str, str]:
    """The hidden fields of the registration form."""
    fields = BeautifulSoup(html, "html.parser").select("form[method=post] input[type=hidden]")
    return {str(field["name"]): str(field.get("value", "")) for field in fields}


def _judged(database: str, rounds: int, seen: list[Round]) -> Outcome:
    wrongs = [
        f"round {number}: answers {dict(each.answers)}, seats {dict(each.states)}"
        for number, each in enumerate(seen, 1)
        if not each.is_right
    ]
    return Outcome(
        "R18",
        database,
        asked=rounds * PEOPLE,
        injected=sum(sum(each.answers.values()) for each in seen),
        lost=sum(each.lost for each in seen),
        doubled=sum(each.doubled for each in seen),
        flagged=sum(count for each in seen for status, count in each.answers.items() if status != 303),
        wrongs=wrongs,
    )
