"""One granian worker per application, and the processor time that it has used."""

import gzip
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")
STARTED_WITHIN = 120.0


@dataclass(frozen=True)
class Server:
    """A granian with one worker at `port`."""

    pid: int
    port: int

    def cpu_seconds(self) -> float:
        """Processor time of the server and its worker so far, by the operating system's books."""
        return sum(_used(pid) for pid in [self.pid, *_children(self.pid)])


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


@contextmanager
def serving(
    target: str, values: Mapping[str, str], folder: Path, *, factory: bool, port: int = 0
) -> Iterator[Server]:
    """Serve `target` ("module:name") under further environment `values` until the block ends."""
    port = port or free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
               "--workers", "1", "--no-access-log", "--backpressure", "64", target]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(ROOT), **values}
    with (folder / "servers.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, *(["--factory"] if factory else [])], cwd=folder, env=env, stdout=log, stderr=log
        )
    try:
        _wait_for(port, process, folder)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def nginx(body: bytes, folder: Path) -> Iterator[Server | None]:
    """The bytes as a static file of nginx, with their gzip beside them; None where nginx is not installed."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        yield None
        return
    port, place = free_port(), folder / "nginx"
    user = "user root; " if os.geteuid() == 0 else ""  # or it could not read our folder
    place.mkdir()
    (place / "feed.ics").write_bytes(body)
    (place / "feed.ics.gz").write_bytes(gzip.compress(body, 6, mtime=0))
    (place / "nginx.conf").write_text(
        f"daemon off; {user}worker_processes 1; pid {place}/pid; error_log {place}/log; events {{}} "
        f"http {{ access_log off; types {{ text/calendar ics; }} keepalive_requests 1000000; "
        f"client_body_temp_path {place}/a; proxy_temp_path {place}/b; fastcgi_temp_path {place}/c; "
        f"uwsgi_temp_path {place}/d; scgi_temp_path {place}/e; sendfile on; "
        f"server {{ listen 127.0.0.1:{port}; root {place}; gzip_static on; }} }}"
    )
    process = subprocess.Popen(
        [program, "-c", str(place / "nginx.conf"), "-p", str(place), "-e", str(place / "log")]
    )
    try:
        _wait_for(port, process, folder)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """A port of this host that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"not served:\n{(folder / 'servers.log').read_text()[-2000:]}")
