"""Starting and stopping: nothing stays behind, and a port has one server."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest

from tests.journeys.served import served

WEDNESDAY = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)


def test_stopping_the_server_stops_all_of_it_and_a_taken_port_is_refused(tmp_path):
    with served(tmp_path, starting_at=WEDNESDAY) as running:
        port = running.base.rpartition(":")[2]
        settings = {"WEBINAR_MODE": "test", "WEBINAR_PORT": port, "WEBINAR_DATA": str(tmp_path / "other")}
        command = [sys.executable, "-m", "webinar.cli", "run"]
        second = subprocess.run(
            command, env=os.environ | settings, capture_output=True, text=True, timeout=60
        )
        assert second.returncode == 1
        assert f"Port {port} cannot be used" in second.stderr
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{running.base}/healthz", timeout=2)
