"""The command: builds a society, serves it and its floors side by side, prints one line per path.

Goals stand in ratios to nginx where nginx serves the floor; here the floor of feeds is granian with constant
bytes from a bare WSGI application, which costs 2.9 times nginx for a 304 and 1.4 times for a body, so the
goals of 22 and 1.6 times nginx become 7.6 and 1.15.
"""

import http.client
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from bench.asking import Ask, Asker, fetch, interleaved, same
from bench.fairness import goals
from bench.floors import ETAG
from bench.line import Line
from bench.serving import Server, free_port, serving
from bench.society import build
from tests.databases import migrated_sqlite
from webinar.app import create_app
from webinar.config import Settings

ROUNDS = 5
SLUG = "ens"
A_SECOND = 150
P99_MS = 100
PER_SESSION = 250  # one network address may register so many for one session


def main() -> None:
    """Run all paths."""
    with tempfile.TemporaryDirectory(prefix="webinar-bench-") as name, ExitStack() as stack:
        folder, port = Path(name), free_port()
        values = {
            "mode": "test",
            "base_url": f"http://127.0.0.1:{port}",
            "secret_key": "a key for measuring only, and long enough for that",
            "data": str(folder / "data"),
            "database_url": f"sqlite:///{migrated_sqlite(folder)}",
        }
        with create_app(Settings(_env_file=None, **values)).app_context():  # type: ignore[arg-type]
            slugs = build()
        env = {f"WEBINAR_{name.upper()}": value for name, value in values.items()}
        ours = stack.enter_context(serving("webinar.app:create_app", env, folder, factory=True, port=port))
        for line in measured(ours, slugs, folder, stack):
            print(line, flush=True)
    for goal in goals():
        print(goal, flush=True)


def measured(ours: Server, slugs: list[str], folder: Path, stack: ExitStack) -> Iterator[Line]:
    """The lines, one after the other."""
    feed, page = f"/{SLUG}/calendar.ics", f"/s/{slugs[0]}"
    bare = floor(stack, folder, ours, feed, "bench.floors:bare", factory=False)
    view = floor(stack, folder, ours, page, "bench.floors:flask_view", factory=True)
    etag = once(ours, Ask(feed)).headers["ETag"]
    known = Ask(feed, {"If-None-Match": etag}, status=304)
    yield compared("feed 304", Asker(ours, same(known)),
                   Asker(bare, same(Ask("/", {"If-None-Match": ETAG}, status=304))), "bare WSGI", 7.6, 400)  # fmt: skip
    yield compared(
        "feed body", Asker(ours, same(Ask(feed))), Asker(bare, same(Ask("/"))), "bare WSGI", 1.15, 60
    )
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
