"""What templates may call: times, amounts, Markdown, assets, the viewer and the frame."""

from flask import Flask, request
from jinja2 import StrictUndefined

from webinar.web import (
    addresses,
    assets,
    chrome,
    city_names,
    clock_words,
    headers,
    languages,
    moments,
    sizes,
    viewing,
    zone_choices,
)
from webinar.web.fields.country import country_name
from webinar.web.form import anchor_of
from webinar.web.markdown import markdown

FILTERS = {
    "markdown": markdown,
    "file_size": sizes.file_size,
    "amount": sizes.amount,
    "duration": sizes.length,
    "people": sizes.people,
    "country_name": country_name,
    "language_name": languages.name_of,
    "city_name": city_names.city_name,
    "instant_text": moments.instant_text,
    "instant_clock": moments.instant_clock,
    "instant_day": moments.instant_day,
    "relative": moments.relative_text,
    "showing_text": moments.showing_text,
    "showing_short": moments.showing_short,
    "iso_utc": moments.iso_utc,
    "near_day": clock_words.near_day,
    "clock_time": clock_words.clock_time,
    "short_day": clock_words.short_day,
    "long_day": clock_words.long_day,
}


def other_arguments(*names: str) -> list[tuple[str, str]]:
    """What the address asks besides `names`, for the hidden inputs of GET forms; at most 20 pairs."""
    pairs = ((key, value) for key in request.args for value in request.args.getlist(key) if key not in names)
    return [pair for pair, _ in zip(pairs, range(20), strict=False)]


GLOBALS = {
    "anchor_of": anchor_of,
    "absolute": addresses.absolute,
    "asset": assets.asset,
    "bar_groups": zone_choices.bar_groups,
    "all_zones": zone_choices.all_zones,
    "shown_zone": zone_choices.shown_zone,
    "csp_nonce": headers.csp_nonce,
    "current_viewing": viewing.current_viewing,
    "current_chrome": chrome.current_chrome,
    "languages": languages.available,
    "when_words": moments.when_words,
    "city_rows": moments.city_rows,
    "zone_label": moments.zone_label,
    "share": sizes.share,
    "other_arguments": other_arguments,
}


def furnish_templates(app: Flask) -> None:
    """Give the templates of `app` our filters and globals; an unknown name in a template is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(GLOBALS)
    app.context_processor(lambda: {"chrome": chrome.current_chrome(), "viewing": viewing.current_viewing()})
