"""A real PostgreSQL in a temporary folder, in memory if there is room, started once per test process."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

HASTY = " -c fsync=off -c full_page_writes=off"
"""Without fsync, since databases are thrown away; the long tests sync."""

MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # bytes; a container may have 64 MB, which one cluster fills
"""The memory folder, used if it has this much room: creating a database takes a third of the time."""


def cluster_folder() -> str | None:
    """Return the folder for clusters: in memory if it is large and durability is not tested, else the usual one."""
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    return str(MEMORY) if is_roomy and not os.environ.get("LONG") else None


def programs() -> Path:
    """Return the folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    assert on_path, "PostgreSQL is missing: run `make test`, which installs it, or install the package postgresql"
    return Path(on_path).parent


def free_port() -> int:
    """Return a free port on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running cluster; `url(name)` is the address of database *name*."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def url(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def run(self, program: str, *options: str) -> None:
        as_postgres(programs() / program, *options)

    def start(self) -> None:
        settings = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=60"
        settings += "" if os.environ.get("LONG") else HASTY
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-w", "-o", settings, "start")

    def stop(self, mode: str = "fast") -> None:
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", mode, "-w", "stop")

    def kill(self) -> None:
        """Kill every process of the cluster with SIGKILL, as the kernel does when memory runs out."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in (postmaster, *map(int, children)):
            with suppress(ProcessLookupError):  # a child may end by itself once its parent is gone
                os.kill(process, signal.SIGKILL)
        until = time.monotonic() + 20
        while any(Path(f"/proc/{process}").exists() for process in (postmaster, *children)):
            assert time.monotonic() < until, "killed, but its parent never took note: it can't be started again"
            time.sleep(0.01)

    def sql(self, statement: str) -> None:
        with psycopg.connect(host="127.0.0.1", port=self.port, user="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def copied(self, template: str = "template_lang_nghe") -> str:
        """Return the address of a new database like *template*."""
        name = f"t{uuid.uuid4().hex}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.url(name)

    def renew(self, name: str, template: str) -> None:
        """Replace database *name* by a copy of *template*."""
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")

    def drop(self, url: str) -> None:
        """Drop a copied database, even if it is in use."""
        self.sql(f"DROP DATABASE {url.rsplit('/', 1)[1]} WITH (FORCE)")


def as_postgres(program: Path, *options: str) -> None:
    """Run *program*, as the user postgres if we are root, since PostgreSQL refuses to run as root."""
    command = [str(program), *options]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stdout


@contextmanager
def cluster() -> Iterator[Server]:
    """Yield a new cluster, deleted afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lang-nghe-pg-", dir=cluster_folder()))
    folder.chmod(0o777)
    server = Server(folder, free_port())
    try:
        server.run("initdb", "-D", f"{folder}/data", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres")
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
