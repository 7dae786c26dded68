"""The steps of a computation as plain sentences: "Present 67 min of 70", "1.1167", "nearest quarter 1.00"."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from webinar.credits.rules.amount import short_text, value_text
from webinar.credits.rules.steps import StepData

_NAMES = {
    Fraction(1): "whole",
    Fraction(1, 2): "half",
    Fraction(1, 4): "quarter",
    Fraction(1, 10): "tenth",
    Fraction(1, 100): "hundredth",
}
_MODES = {"floor": "down to the {}", "ceil": "up to the {}"}
_READING_PLACES = 4


def explain(steps: Iterable[StepData]) -> list[str]:
    """One plain fragment per step that changed something, in order; together they answer "why 0.75?".

    `steps` are those of a result or of a stored award. Unknown steps are passed over.
    """
    told = (_SENTENCES[str(step["step"])](step) for step in steps if step["step"] in _SENTENCES)
    return [sentence for sentence in told if sentence]


def _fraction(step: StepData, key: str = "out") -> Fraction:
    return Fraction(str(step.get(key, "0")))


def _out(step: StepData) -> str:
    return str(step["out"])


def _gates(step: StepData) -> str:
    if _fraction(step):
        return ""
    flag, found = str(step["flag"]), step.get("found")
    wanted = [f"{word} {step[key]}" for key, word in (("min", "at least"), ("max", "at most")) if key in step]
    if not wanted:
        return f"Blocked: {flag} is not done"
    has = "is missing" if found is None or isinstance(found, bool) else f"is {found}"
    return f"Blocked: {flag} {has}, {' and '.join(wanted)} needed"


def _union(step: StepData) -> str:
    present, whole = _fraction(step), _fraction(step, "of_s")
    if present % 60 == 0 and whole % 60 == 0:
        return f"Present {present // 60} min of {whole // 60}"
    return f"Present {_duration(present)} of {_duration(whole)}"


def _duration(seconds: Fraction) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min" + (f" {value_text(rest)} s" if rest else "")


def _threshold(step: StepData) -> str:
    grace = "" if not _fraction(step, "grace_min") else f" with {step['grace_min']} min of grace"
    asked = (
        f"{step['min_pct']} % of {'each session' if step['scope'] == 'session' else 'the activity'}{grace}"
    )
    if not _fraction(step):
        return f"{asked} needed: not reached"
    return f"{asked} reached: {_duration(_fraction(step))} counted"


def _convert(step: StepData) -> str:
    if "per_item" in step:
        return f"{step['items']} × {step['per_item']} = {_out(step)}"
    if "stages" in step:
        stages = step["stages"]
        done = " + ".join(stages) if isinstance(stages, list) and stages else "none"
        return f"Stages done: {done}; {_out(step)}"
    extra = "" if "extra_s" not in step else f"with {_duration(_fraction(step, 'extra_s'))} extra "
    return extra + _reading(step)


def _reading(step: StepData) -> str:
    exact = _fraction(step)
    shown = short_text(exact, _READING_PLACES)
    return shown if Fraction(shown) != exact else _out(step)


def _round(step: StepData) -> str:
    caps = [f"at most {step[key]} a {word}" for key, word in _DAY_CAPS if key in step]
    mode = str(step["mode"])
    way = [] if mode == "none" else [_MODES.get(mode, "nearest {}").format(_increment(step))]
    at = f" per {step['at']}" if step["at"] != "activity" and mode != "none" else ""
    return ", ".join([*(word + at for word in way), *caps]) + f" {_out(step)}"


_DAY_CAPS = (("half_day_max", "half day"), ("day_max", "day"))


def _increment(step: StepData) -> str:
    increment = _fraction(step, "increment")
    return _NAMES.get(increment, value_text(increment))


def _bonuses(step: StepData) -> str:
    return f"bonus {step['added']}: {_out(step)}" if _fraction(step, "added") else ""


def _minimum(step: StepData) -> str:
    if _fraction(step) == _fraction(step, "before"):
        return ""
    return f"{_known(step, 'before')} is below the minimum of {step['minimum']}: {_out(step)}"


def _faculty(step: StepData) -> str:
    return (
        f"presented {_known(step, 'minutes')} min at {step['per_hour']} per hour: {_out(step)} for presenting"
    )


def _cap(words: str) -> Callable[[StepData], str]:
    def sentence(step: StepData) -> str:
        if _fraction(step) == _fraction(step, "before"):
            return ""
        had = f", {step['so_far']} had before" if _fraction(step, "so_far") else ""
        return f"at most {step['max']} {words}{had}: {_out(step)}"

    return sentence


def _hours(step: StepData) -> str:
    which = "second" if step["hour"] == 2 else "first"
    if "other_s" not in step:
        return f"the {which} live hour of this session counts instead, for credit counts once"
    present, other = _duration(_fraction(step, "present_s")), _duration(_fraction(step, "other_s"))
    return f"at both live hours: the {which} counts, {present} against {other}"


def _claim(step: StepData) -> str:
    return f"claimed {step['claimed']} of {_known(step, 'before')}: {_out(step)}"


def _known(step: StepData, key: str) -> str:
    value = _fraction(step, key)
    return value_text(value) if "/" not in value_text(value) else short_text(value, _READING_PLACES)


_SENTENCES: dict[str, Callable[[StepData], str]] = {
    "gates": _gates,
    "union": _union,
    "threshold": _threshold,
    "convert": _convert,
    "round": _round,
    "bonuses": _bonuses,
    "minimum": _minimum,
    "faculty": _faculty,
    "cap_activity": _cap("for one activity"),
    "cap_year": _cap("a year"),
    "cap_cycle": _cap("a cycle"),
    "designated_max": _cap("designated for this activity"),
    "claim": _claim,
    "live_hours": _hours,
}
