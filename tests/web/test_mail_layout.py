"""The layouts of mails: rendered by the worker, without a request."""

from flask import Flask, render_template

from tests.web.tiny_app import HOUR, NOW, START_AT
from webinar.web.chrome import Chrome, wear
from webinar.web.moments import shown
from webinar.web.viewing import Viewing, see_as

VALUES = {"title": "Q&A <live>", "url": "https://w.example/j/1?a=1&b=2"}


def test_both_parts_of_a_mail_say_the_same_time_in_the_readers_zone(app: Flask) -> None:
    with app.app_context():
        wear(Chrome("Example Neurosurgical Society", "/ens", "events@example.org"))
        see_as(Viewing("Asia/Kathmandu", "account", "en", "ltr", "auto", False, NOW))
        seen = shown(START_AT, START_AT + HOUR, "Europe/Berlin")
        html = render_template("mail_body.html", seen=seen, **VALUES)
        text = render_template("mail_body.txt", seen=seen, **VALUES)
    line = "Wed 14 Oct 2026, 18:45–19:45 Kathmandu (UTC+05:45), evening"
    assert text == (
        f"Q&A <live>\n{line}\n\nhttps://w.example/j/1?a=1&b=2\n\n-- \nExample Neurosurgical Society\n"
        "You registered.\n\nQuestions? Write to events@example.org"
    )
    assert f'<div class="pre">{line}</div>' in html
    assert "<h1>Q&amp;A &lt;live&gt;</h1>" in html
    assert "<img" not in html


def test_each_reader_of_one_run_is_shown_their_own_zone_and_language(app: Flask) -> None:
    found = []
    with app.app_context():
        for zone, locale in (
            ("Asia/Kathmandu", "en"),
            ("America/Sao_Paulo", "pt_BR"),
            ("Africa/Cairo", "ar"),
        ):
            see_as(Viewing(zone, "account", locale, "ltr", "auto", False, NOW))
            found.append(
                render_template("mail_body.txt", seen=shown(START_AT, START_AT + HOUR, zone), **VALUES)
            )
    lines = [text.split("\n")[1] for text in found]
    assert [line.rsplit("(", 1)[0] for line in lines] == [
        "Wed 14 Oct 2026, 18:45–19:45 Kathmandu ",
        "qua., 14 de out. de 2026, 10:00–11:00 São Paulo ",
        "الأربعاء، 14 أكتوبر 2026، 16:00–17:00 القاهرة ",
    ]
