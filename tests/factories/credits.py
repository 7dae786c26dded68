"""Schemes and activities, written short."""

from fractions import Fraction

from webinar.credits.rules.engine import compute
from webinar.credits.rules.reading import credit_input
from webinar.credits.scheme.reading import read_scheme
from webinar.credits.schemes import named

DAY = "2026-11-21"


def at(clock, day=DAY):
    """An instant of that day, UTC: at("18:00")."""
    return f"{day}T{clock}Z"


def window(id, start, end, day=DAY, **more):
    """A session from one clock time to another."""
    return {"id": id, "start": at(start, day), "end": at(end, day), **more}


def row(start, end, day=DAY, **more):
    """A stretch of presence."""
    return {"from": at(start, day), "to": at(end, day), **more}


def scheme(**more):
    """An unrounded scheme of 60 min for one credit, with `more` rules."""
    base = {"id": "x", "version": "1", "unit": "credit", "decimals": 2}
    return base | {"basis": {"kind": "time", "minutes_per_unit": "60"}} | more


def award(terms, **activity):
    """The result for an activity under a scheme (its id, or an object)."""
    read = named(terms) if isinstance(terms, str) else read_scheme(terms)
    return compute(read, credit_input(activity, read))


def learner(terms, **activity):
    """The learner's credit alone, exact."""
    return award(terms, **activity).learner


def step(result, name):
    """The step of that name."""
    return next(each for each in result.steps if each["step"] == name)


def quarter(count):
    """That many quarters."""
    return Fraction(count, 4)
