"""Promises are kept once: posting, claiming, failing, giving up, losing one's lease."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from webinar.db.store import store, transaction
from webinar.outbox import queries, service
from webinar.outbox.facts import Fact
from webinar.outbox.models import Attempt, AttemptState, Letter, LetterState
from webinar.outbox.port import Ambiguous, Due, Undeliverable, Useless
from webinar.reactions import FactOpener, ReactionOpener


@dataclass(frozen=True)
class LampLit(Fact):
    lamp_id: int


@dataclass
class Errand:
    """Counts its runs, and fails as told."""

    runs: int = 0
    failure: Exception | None = None

    def run(self) -> None:
        self.runs += 1
        if self.failure:
            raise self.failure


@pytest.fixture
def errand(app):
    return Errand()


def deliver(errand, **others):
    return service.deliver_due({"mail.test": lambda due: errand} | others, limit=20)


def post(key="a", **kwargs):
    with transaction():
        return service.post("mail.test", key, {"n": 1}, **kwargs)


def the_letter() -> Letter:
    store.expire_all()
    return store.query(Letter).one()


def attempts() -> list[AttemptState]:
    store.expire_all()
    return [attempt.state for attempt in store.query(Attempt).order_by(Attempt.fence)]


def test_a_letter_is_delivered_once(errand):
    post()
    assert (deliver(errand), deliver(errand), errand.runs) == (1, 0, 1)
    assert (the_letter().state, attempts()) == (LetterState.SENT, [AttemptState.OK])


def test_a_second_letter_with_the_same_key_is_not_posted(errand):
    assert (post(), post()) == (True, False)
    assert deliver(errand) == 1


def test_a_letter_waits_until_it_is_due(errand, clock):
    from webinar.timekeeping.clock import now

    post(due_at=now() + timedelta(hours=1))
    assert deliver(errand) == 0
    clock.shift(timedelta(hours=1))
    assert deliver(errand) == 1


def test_a_failure_is_tried_again_after_about_a_minute(errand, clock):
    post()
    errand.failure = OSError("no route")
    deliver(errand)
    assert (the_letter().state, attempts()) == (LetterState.PENDING, [AttemptState.FAILED])
    clock.shift(timedelta(seconds=47))
    assert deliver(errand) == 0
    clock.shift(timedelta(seconds=30))
    errand.failure = None
    assert deliver(errand) == 1
    assert (the_letter().state, attempts()) == (LetterState.SENT, [AttemptState.FAILED, AttemptState.OK])


def test_eight_failures_park_the_letter(errand, clock):
    post()
    errand.failure = OSError("no route")
    for _ in range(10):
        deliver(errand)
        clock.shift(timedelta(days=2))
    assert (the_letter().state, errand.runs) == (LetterState.DEAD, 8)
    assert [letter.key for letter in queries.parked()] == ["a"]


def test_a_final_refusal_parks_at_once(errand):
    post()
    errand.failure = Undeliverable("550 no such mailbox")
    deliver(errand)
    letter = the_letter()
    assert (letter.state, letter.note, attempts()) == (
        LetterState.DEAD,
        "550 no such mailbox",
        [AttemptState.REFUSED],
    )


def test_a_lost_answer_is_on_record_as_ambiguous_and_tried_again(errand, clock):
    post()
    errand.failure = Ambiguous("connection lost after DATA")
    deliver(errand)
    assert attempts() == [AttemptState.AMBIGUOUS]
    errand.failure = None
    clock.shift(timedelta(minutes=2))
    deliver(errand)
    assert the_letter().state == LetterState.SENT


def test_what_has_become_useless_is_missed_not_sent(errand):
    post()
    service.deliver_due({"mail.test": lambda due: Useless("the session has begun")})
    assert (the_letter().state, the_letter().note) == (LetterState.MISSED, "the session has begun")


def test_a_letter_of_unknown_kind_is_parked_and_its_neighbour_delivered(errand):
    post("a")
    with transaction():
        service.post("mail.forgotten", "b", {})
    deliver(errand)
    assert errand.runs == 1
    assert [letter.key for letter in queries.parked()] == ["b"]


def test_a_frozen_worker_that_wakes_up_writes_late_never_ok(app):
    post()

    class Slow:
        def run(self) -> None:
            """While this one sleeps its lease runs out and another worker delivers."""
            with transaction():
                the_letter().lease_until = -1.0
            service.deliver_due({"mail.test": lambda due: Errand()})

    service.deliver_due({"mail.test": lambda due: Slow()})
    assert (the_letter().state, attempts()) == (LetterState.SENT, [AttemptState.LATE, AttemptState.OK])


def test_a_lease_of_another_boot_is_void(errand):
    post()
    with transaction():
        letter = the_letter()
        letter.state, letter.fence = LetterState.SENDING, 1
        letter.lease_epoch, letter.lease_until = "an earlier boot", 1e12
        store.add(Attempt(letter_id=letter.id, fence=1, opened_at=letter.created_at))
    assert deliver(errand) == 1
    assert attempts() == [AttemptState.AMBIGUOUS, AttemptState.OK]


def test_an_opener_that_writes_and_fails_leaves_nothing_behind(app):
    post()

    def opener(due: Due):
        service.post("mail.test", "child", {})
        raise RuntimeError("after writing")

    service.deliver_due({"mail.test": opener})
    store.expire_all()
    assert [letter.key for letter in store.query(Letter)] == ["a"]


def test_a_fact_becomes_one_letter_per_reaction_and_a_failing_one_repeats_no_neighbour(app, clock):
    heard: list[str] = []

    def bright(fact: LampLit) -> None:
        heard.append(f"bright {fact.lamp_id}")

    def broken(fact: LampLit) -> None:
        heard.append("broken")
        raise RuntimeError

    openers = {
        "fact.LampLit": FactOpener(("bright", "broken")),
        "bright": ReactionOpener(LampLit, bright),
        "broken": ReactionOpener(LampLit, broken),
    }
    with transaction():
        assert service.tell(LampLit(3))
        assert not service.tell(LampLit(3))
    for _ in range(3):
        while service.deliver_due(openers):
            pass
        clock.shift(timedelta(minutes=10))
    assert heard == ["bright 3", "broken", "broken", "broken"]


def test_tidying_forgets_old_facts_and_keeps_mails(errand, clock):
    post()
    with transaction():
        service.tell(LampLit(1))
    deliver(errand, **{"fact.LampLit": FactOpener(())})
    clock.shift(timedelta(days=91))
    with transaction():
        assert service.tidy() == 1
    assert the_letter().kind == "mail.test"
