"""The power goes: what was acknowledged is on the disk, since every write before a reply was synced (F5, SQLite).

The server's writes and syncs are recorded while it is used. A cut is a moment of that record: of each file all writes
until its last sync are there, and of the later ones none or any.
"""

import random
import re
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.crypto import new_key
from tests.support.served import serve_instance
from tests.support.visitor import Visitor

RATINGS, CUTS = 150, 100
CALL = re.compile(r'\d+ +(\w+)\(\d+<([^>]*)>(?:, "((?:\\x..)*)")?(?:, [^,)]*)?(?:, (\d+))?.*\) += \d+')
TRACED = "pwrite64,fdatasync,fsync,ftruncate,sendto"
DATABASE = "served.sqlite3"
FILES = (DATABASE, f"{DATABASE}-wal")
"""The index beside them (-shm) is made anew after a cut."""
ACKNOWLEDGED = b"HTTP/1.1 201"


@contextmanager
def recorded(process, log):
    """Record the writes, syncs and replies of a process until the block ends."""
    command = ["strace", "-f", "-y", "-xx", "-s", "200000", "-e", f"trace={TRACED}", "-o", str(log), "-p", str(process)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE)
    while b"attached" not in tracer.stderr.readline():
        pass
    time.sleep(0.5)  # until every thread is
    yield
    time.sleep(0.5)
    tracer.terminate()
    tracer.communicate()


def decoded(text):
    return bytes.fromhex(text.replace("\\x", ""))


def events_of(log):
    """Return what happened: ("write", file, offset, bytes or None for a new length), ("sync", file) or ("reply",)."""
    events = []
    for line in log.read_text().splitlines():
        call = CALL.match(line)
        if call is None:
            assert not any(name in line for name in TRACED.split(",")), line[:200]
            continue
        name, file, data, offset = call[1], Path(decoded(call[2]).decode()).name, decoded(call[3] or ""), call[4]
        if name == "sendto" and data.startswith(ACKNOWLEDGED):
            events.append(("reply",))
        elif name == "pwrite64" and file in FILES:
            events.append(("write", file, int(offset), data))
        elif name == "ftruncate" and file in FILES:
            events.append(("write", file, int(line.rsplit(", ", 1)[1].split(")")[0]), None))
        elif name in {"fdatasync", "fsync"} and file in FILES:
            events.append(("sync", file))
    return events


def image_of(base, events, target, keeps):
    """Write the files as a cut after *events* leaves them; *keeps* decides about each write that was not synced."""
    synced = {event[1]: at for at, event in enumerate(events) if event[0] == "sync"}
    for file in base:
        shutil.copy(file, target / file.name)
    for at, event in enumerate(events):
        if event[0] == "write" and (at < synced.get(event[1], -1) or keeps()):
            with (target / event[1]).open("r+b") as opened:
                if event[3] is None:
                    opened.truncate(event[2])
                else:
                    opened.seek(event[2])
                    opened.write(event[3])


def test_a_cut_at_any_moment_leaves_a_sound_file_with_every_acknowledged_rating(sqlite_template, tmp_path):
    hazard = random.Random(5)
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / DATABASE)}"
    with serve_instance("sqlite", tmp_path, url, WEB_WORKERS="1") as own, Visitor(own.live.url) as visitor:
        form = own.rating_form(visitor)
        visitor.post(own.rating, form.filled(level=4))
        (tmp_path / "base").mkdir()
        base = [Path(shutil.copy(tmp_path / name, tmp_path / "base" / name)) for name in FILES]
        with recorded(own.live.workers()[0], tmp_path / "log"):
            receipts = [visitor.post(own.rating, form.filled(level=4, key=new_key())).receipt for _ in range(RATINGS)]
        hashes = [own.keyring.mac("rating-receipt", receipt) for receipt in receipts]

    events = events_of(tmp_path / "log")
    replies = [at for at, event in enumerate(events) if event == ("reply",)]
    assert len(replies) == RATINGS
    assert {event[1] for event in events if event[0] == "write"} == set(FILES), "no checkpoint was recorded"
    moments = [at + 1 for at in hazard.sample(replies, CUTS // 2)]
    moments += [hazard.randrange(len(events)) for _ in range(CUTS // 2)]
    for number, moment in enumerate(moments):
        acknowledged = hashes[: sum(at < moment for at in replies)]
        assert_kept(
            base, events[:moment], acknowledged, (lambda: False) if number % 2 else lambda: hazard.random() < 0.5
        )


def assert_kept(base, events, acknowledged, keeps):
    with TemporaryDirectory() as name:
        image_of(base, events, Path(name), keeps)
        with closing(sqlite3.connect(Path(name) / DATABASE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept = {row[0] for row in connection.execute("SELECT receipt_hash FROM survey_rating")}
    assert [each for each in acknowledged if each not in kept] == []
