"""A real Caddy before the served application, with the reference configuration as it stands in `deploy/`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.nginx import wait_for_proxy
from tests.support.postgres import free_port
from tests.support.processes import ROOT

REFERENCE = ROOT / "deploy" / "Caddyfile"
PROGRAM = Path(sys.executable).with_name("caddy")
"""Installed beside Python by `make test-long`."""


def configured(server: str, port: int) -> str:
    """Return the reference configuration for *server* ("127.0.0.1:1234"), without TLS, on a port of loopback."""
    text = REFERENCE.read_text()
    for old, new in {
        "danhgia.example.vn {\n": f"http://127.0.0.1:{port} {{\n",
        "127.0.0.1:8000": server,
    }.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return f"{{\n\tadmin off\n}}\n{text}"


@contextmanager
def caddy_before(url: str, folder: Path) -> Iterator[str]:
    """Run Caddy before the server at *url* until the block ends; yield its address."""
    port, file, log = free_port(), folder / "Caddyfile", folder / "start.log"
    file.write_text(configured(url.removeprefix("http://"), port))
    homes = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = [PROGRAM, "run", "--config", str(file), "--adapter", "caddyfile"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=os.environ | homes)
    try:
        wait_for_proxy(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
