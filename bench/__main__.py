"""The command: builds a society, serves it and its floors side by side, prints one line per path.

Each figure is the server's processor time per answer; goals of feeds are ratios to nginx with a static file.
"""

import http.client
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from sqlalchemy import select

from bench.asking import Ask, Asker, fetch, interleaved, same
from bench.fairness import goals
from bench.feeds import figures
from bench.floors import ETAG
from bench.line import Line
from bench.serving import Server, free_port, nginx, serving
from bench.society import build
from tests.databases import PostgresServer, fresh_postgres, migrated_sqlite
from webinar.app import create_app
from webinar.config import Settings
from webinar.db.store import db, store
from webinar.societies.models import Society

ROUNDS = 5
SLUG = "ens"
A_SECOND = 150
P99_MS = 100
PER_SESSION = 250  # one network address may register so many for one session


def main() -> None:
    """Run all paths on SQLite, then those that a database decides on PostgreSQL from its wheel."""
    with tempfile.TemporaryDirectory(prefix="webinar-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        run("SQLite", f"sqlite:///{migrated_sqlite(folder)}", folder, stack, pages=True)
    with tempfile.TemporaryDirectory(prefix="webinar-bench-") as name, ExitStack() as stack:
        server = stack.enter_context(PostgresServer.started(Path(name)))
        url = stack.enter_context(fresh_postgres(server))
        run("PostgreSQL", url, Path(name), stack, pages=False)
    for goal in goals():
        print(goal, flush=True)


def run(database: str, url: str, folder: Path, stack: ExitStack, *, pages: bool) -> None:
    """All lines of one database."""
    port = free_port()
    values = {
        "mode": "test",
        "base_url": f"http://127.0.0.1:{port}",
        "secret_key": "a key for measuring only, and long enough for that",
        "data": str(folder / "data"),
        "database_url": url,
    }
    app = create_app(Settings(_env_file=None, **values))  # type: ignore[arg-type]
    with app.app_context():
        slugs = build()
        society_id = store.scalars(select(Society.id)).one()
        store.remove()
    env = {f"WEBINAR_{name.upper()}": value for name, value in values.items()}
    with ExitStack() as served:
        ours = served.enter_context(serving("webinar.app:create_app", env, folder, factory=True, port=port))
        for line in feeds(ours, f"/{SLUG}/calendar.ics", env, folder, served, database):
            print(line, flush=True)
        for line in pages_measured(ours, slugs, folder, served) if pages else ():
            print(line, flush=True)
    with app.app_context():
        for figure in figures(society_id, database):
            print(figure, flush=True)
        store.remove()
        db.engine.dispose()


def feeds(
    ours: Server, feed: str, env: dict[str, str], folder: Path, stack: ExitStack, database: str
) -> Iterator[Line | str]:
    """304, gzip and full body: the door and Flask, beside constant bytes of bare WSGI, Flask and nginx."""
    for _ in range(2):
        first = once(ours, Ask(feed))
    host = {"Host": f"127.0.0.1:{ours.port}"}
    shut = stack.enter_context(serving("bench.floors:pages_alone", env, folder, factory=True))
    bare = floor(stack, folder, ours, feed, "bench.floors:bare", factory=False)
    view = floor(stack, folder, ours, feed, "bench.floors:flask_view", factory=True)
    static = stack.enter_context(nginx(first.body, folder))  # type: ignore[attr-defined]
    if static is None:
        yield "nginx is not installed: its lines are left out (Debian: nginx-light)."
    tag = first.headers["ETag"]
    file_tag = once(static, Ask("/feed.ics")).headers["ETag"] if static else ""
    later = database == "PostgreSQL"
    most = {"304": (18.0, 32.0) if later else (6.0, 22.0), "gzip": (3.5, 0.0), "full": (1.6, 0.0)}
    asked = {
        "304": ({"If-None-Match": tag}, {"If-None-Match": ETAG}, {"If-None-Match": file_tag}, 304, 500),
        "gzip": (*(3 * ({"Accept-Encoding": "gzip"},)), 200, 200),
        "full": (*(3 * ({},)), 200, 100),
    }
    for name, (mine, constant, plain, status, count) in asked.items():
        door, flask = (Asker(each, same(Ask(feed, host | mine, status=status))) for each in (ours, shut))
        least, made = (Asker(each, same(Ask("/", constant, status=status))) for each in (bare, view))
        file = Asker(static, same(Ask("/feed.ics", plain, status=status))) if static else None
        interleaved(door, flask, least, made, *([file] if file else []), rounds=ROUNDS, count=count)
        title = f"{database} {name}"
        best, through = most[name]
        lines = [(f"{title} door", door, best), (f"{title} Flask", flask, through or float("inf"))]
        for what, asker, goal in lines:
            if file:
                yield Line(what, asker.cpu_ms, file.cpu_ms, "nginx", goal, "" if goal < 99 else "none set")
            yield Line(what, asker.cpu_ms, least.cpu_ms, "bare WSGI", float("inf"), "none set")
            yield Line(what, asker.cpu_ms, made.cpu_ms, "Flask view", float("inf"), "none set")


def pages_measured(ours: Server, slugs: list[str], folder: Path, stack: ExitStack) -> Iterator[Line]:
    """The session page and registration."""
    page = f"/s/{slugs[0]}"
    view = floor(stack, folder, ours, page, "bench.floors:flask_view", factory=True)
    yield compared(
        "session page", Asker(ours, same(Ask(page))), Asker(view, same(Ask("/"))), "Flask view", 2.0, 200
    )
    yield registering(ours, view, slugs)


def compared(path: str, ours: Asker, floor: Asker, name: str, most: float, count: int) -> Line:
    """One path against its floor by the server's processor time."""
    interleaved(ours, floor, rounds=ROUNDS, count=count)
    return Line(path, ours.cpu_ms, floor.cpu_ms, name, most)


def registering(ours: Server, view: Server, slugs: list[str]) -> Line:
    """Registrations: a rate and a 99th percentile are the goal, the ratio only tells."""
    people = Asker(ours, applications(ours, slugs))
    floor = Asker(view, same(Ask("/", body=b"name=Reader")))
    interleaved(people, floor, rounds=ROUNDS, count=100)
    holds = people.per_second >= A_SECOND and people.p99_ms <= P99_MS
    seen = f"≥ {A_SECOND}/s (now {people.per_second:.0f}), p99 ≤ {P99_MS} ms (now {people.p99_ms:.0f})"
    return Line("register", people.cpu_ms, floor.cpu_ms, "Flask view", float("inf"), seen, holds)


def applications(ours: Server, slugs: list[str]) -> Iterator[Ask]:
    """People who register, each with an address of their own."""
    for slug in slugs:
        opened = once(ours, Ask(f"/s/{slug}/register"))
        fields = BeautifulSoup(opened.body, "html.parser").select("form[method=post] input[type=hidden]")  # type: ignore[attr-defined]
        form = {str(field["name"]): str(field.get("value", "")) for field in fields}
        cookie = "; ".join(line.partition(";")[0] for line in opened.headers.get_all("Set-Cookie") or ())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        for number in range(PER_SESSION):
            typed = {"name": f"Reader {number}", "email": f"reader{number}@{slug}.example", "country": "NP"}
            yield Ask(f"/s/{slug}/register", headers, urlencode(form | typed).encode(), status=303)


def floor(stack: ExitStack, folder: Path, ours: Server, path: str, target: str, *, factory: bool) -> Server:
    """A server of constant bytes: those that we answer at `path`."""
    answer = once(ours, Ask(path))
    body = folder / target.replace(":", "-")
    body.write_bytes(answer.body)  # type: ignore[attr-defined]
    env = {"BENCH_BODY": str(body), "BENCH_TYPE": answer.headers["Content-Type"]}
    return stack.enter_context(serving(target, env, folder, factory=factory))


def once(server: Server, ask: Ask) -> http.client.HTTPResponse:
    """One answer on a connection of its own."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        return fetch(line, ask)
    finally:
        line.close()


if __name__ == "__main__":
    main()
