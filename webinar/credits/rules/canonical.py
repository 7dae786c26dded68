"""The canonical form of an input and its hash, by which an award can be shown to rest on it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from webinar.credits.rules.activity import CreditInput, PresenceRow, SessionWindow
from webinar.credits.rules.amount import value_text
from webinar.credits.rules.refused import CreditRefused


def canonical_input_hash(data: Mapping[str, object] | CreditInput) -> str:
    """SHA-256, in hex, of the input as JSON with sorted keys, no spaces, in UTF-8."""
    return hashlib.sha256(canonical_text(data).encode("utf-8", "surrogatepass")).hexdigest()


def canonical_text(data: Mapping[str, object] | CreditInput) -> str:
    """The input as canonical JSON. A Decimal is written without trailing zeros, so 1.50 and 1.5 are one."""
    return _text(input_data(data) if isinstance(data, CreditInput) else data)


def input_data(activity: CreditInput) -> dict[str, object]:
    """The activity as the JSON that `reading.credit_input` reads back; amounts are text, times end in Z."""
    optional = {
        "designated_max": _amount(activity.designated_max),
        "claimed": _amount(activity.claimed),
    }
    return {
        "timezone": activity.zone.key,
        "sessions": [_session(each) for each in activity.sessions],
        "intervals": [_interval(each) for each in activity.intervals],
        "faculty_sessions": list(activity.faculty_sessions),
        "flags": {k: v if isinstance(v, bool) else value_text(v) for k, v in activity.flags.items()},
        "extra_minutes": [{"kind": e.kind, "minutes": value_text(e.minutes)} for e in activity.extra_minutes],
        "items": value_text(activity.items),
        "stages": sorted(activity.stages),
        "cycle_so_far": value_text(activity.cycle_so_far),
        "year_so_far": value_text(activity.year_so_far),
    } | _given(optional)


def _session(each: SessionWindow) -> dict[str, object]:
    optional = {
        "track": each.track,
        "presentation": each.presentation,
        "presented_min": _amount(each.presented_min),
    }
    window = {"id": each.id, "start": _time(each.start_at), "end": _time(each.end_at), "kind": each.kind}
    return window | _given(optional)


def _interval(row: PresenceRow) -> dict[str, object]:
    return {"from": _time(row.from_at), "to": _time(row.to_at)} | _given({"session": row.session})


def _given(optional: dict[str, str | None]) -> dict[str, object]:
    return {key: value for key, value in optional.items() if value is not None}


def _amount(value: Fraction | None) -> str | None:
    return None if value is None else value_text(value)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = sorted((str(key), inner) for key, inner in value.items())
        return (
            "{"
            + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{_text(inner)}" for key, inner in pairs)
            + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, Decimal):
        return value_text(Fraction(value))
    if isinstance(value, float):
        raise CreditRefused(f"{value!r} is a binary float; amounts are text or decimal numbers.")
    return json.dumps(value, ensure_ascii=False)
