"""A real nginx before the served application, with the reference configuration as it stands in `deploy/`."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.postgres import free_port
from tests.support.processes import ROOT

REFERENCE = ROOT / "deploy" / "nginx.conf"
PROGRAM = shutil.which("nginx") or "/usr/sbin/nginx"


def configured(server: str, port: int, plain: int, folder: Path) -> str:
    """Return the reference configuration for *server* ("127.0.0.1:1234"), without TLS, on free ports of loopback."""
    text = REFERENCE.read_text()
    for old, new in {
        "user www-data;": "",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/var/log/nginx/error.log": f"{folder}/error.log",
        "server 127.0.0.1:8000;": f"server {server};",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} backlog=2048;",
        "ssl_certificate /etc/letsencrypt/live/danhgia.example.vn/fullchain.pem;": "",
        "ssl_certificate_key /etc/letsencrypt/live/danhgia.example.vn/privkey.pem;": "",
        "http {\n": f"http {{\n{temporary(folder)}",
    }.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def temporary(folder: Path) -> str:
    """Return the lines that keep nginx's temporary files in *folder*."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)


@contextmanager
def nginx_before(url: str, folder: Path) -> Iterator[str]:
    """Run nginx before the server at *url* until the block ends; yield its address."""
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(configured(url.removeprefix("http://"), port, free_port(), folder))
    command = [PROGRAM, "-p", str(folder), "-e", f"{folder}/start.log", "-c", str(file), "-g", "daemon off;"]
    process = subprocess.Popen(command)
    try:
        wait_for_proxy(f"http://127.0.0.1:{port}", process, folder / "start.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def wait_for_proxy(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the proxy at *url* answers."""
    for _ in range(100):
        try:
            httpx.get(f"{url}/healthz")
        except httpx.TransportError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())
