"""News of societies and series for feed readers: Atom and JSON."""

from flask import Response
from flask.typing import ResponseReturnValue

from webinar.calendars.queries import feeds as queries
from webinar.societies.models import Society
from webinar.societies.queries import by_slug
from webinar.subscriptions.feeds.answering import asked_variant, feed_answer
from webinar.subscriptions.feeds.blueprint import bp
from webinar.subscriptions.feeds.shelf import Composed
from webinar.subscriptions.models import ScopeKind
from webinar.subscriptions.pages.news import News, atom, entries_of, json_feed
from webinar.subscriptions.queries.events import Owner
from webinar.subscriptions.rules.variant import Form, Variant
from webinar.subscriptions.rules.window import Window
from webinar.web.addresses import absolute_path


@bp.get("/<slug>/feed.<any(atom, json):form>")
def society_news(slug: str, form: str) -> ResponseReturnValue:
    """What a society has published, moved and called off."""
    found, variant = by_slug(slug), asked_variant(Form(form))
    news = _news(found, found.name, found.about, f"/{slug}", f"/{slug}/feed", variant)
    return _answer(Owner(ScopeKind.SOCIETY, found.id), news, variant)


@bp.get("/<slug>/series/<series>/feed.<any(atom, json):form>")
def series_news(slug: str, series: str, form: str) -> ResponseReturnValue:
    """The same of one series."""
    found, variant = queries.series_of(slug, series), asked_variant(Form(form))
    title, page = f"{found.title} · {found.society.name}", f"/{slug}/series/{series}"
    news = _news(found.society, title, found.about, page, f"{page}/feed", variant)
    return _answer(Owner(ScopeKind.SERIES, found.id), news, variant)


def _news(owner: Society, title: str, about: str, page: str, own: str, variant: Variant) -> News:
    return News(
        title=title,
        about=about,
        author=owner.name,
        page_url=absolute_path(page),
        own_url=absolute_path(f"{own}.{variant.form.value}{variant.query}"),
        locale=variant.locale or owner.locale,
    )


def _answer(owner: Owner, news: News, variant: Variant) -> Response:
    write = atom if variant.form is Form.ATOM else json_feed

    def compose(span: Window) -> Composed:
        return Composed(write(news, entries_of(owner, span, variant)))

    return feed_answer(owner, variant, compose)
