"""Measure the import of an office's sheet: `flask quiz import-entries`, the whole process, into an empty contest."""

import os
import shutil
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app import create_app
from bench.big_sheet import KEY, TEXTS, UNITS, write_sheet
from commune.operations import create_unit
from core import schema
from core.settings import Settings
from core.web.extensions import db
from quiz.contest.operations.contest import ContestPlan, QuestionText, add_contest, set_questions
from quiz.contest.rules.presets import PRESETS

SIZES = (10_000, 100_000)
WHERE = "lam-binh/1"
_PAGE = os.sysconf("SC_PAGE_SIZE")


def prepare(folder: Path) -> None:
    """Make an instance with one contest of the units in the sheet and its key, without participants."""
    settings = Settings(folder, f"sqlite:///{folder / 'lang-nghe.sqlite3'}", "http://lang-nghe.vn", frozenset(), "")
    app = create_app(settings)
    with app.app_context():
        schema.upgrade(db.engine)
        _contest(db.session)
        db.session.commit()
        db.engine.dispose()


def _contest(session: Session) -> None:
    since = date(2011, 1, 28)
    district = create_unit(session, code="71", kind="district", name="huyện Lâm Bình", valid_from=since)
    units = [
        create_unit(
            session, code=f"{2200 + at:05}", kind="commune", name=f"xã {name}", valid_from=since, parent=district
        )
        for at, name in enumerate(UNITS)
    ]
    plan = ContestPlan(
        slug="lam-binh", title="Tìm hiểu cải cách hành chính", organiser="Ban Tổ chức", rules=PRESETS["vcnet"],
        first_day=date(2023, 6, 5), weeks=1, limit_seconds=900, tiers=(),
    )  # fmt: skip
    round = add_contest(session, district, units, plan).rounds[0]
    questions = [
        QuestionText(f"Câu {number}?", [(letter, text, letter == right) for letter, text in TEXTS.items()])
        for number, right in enumerate(KEY, start=1)
    ]
    set_questions(session, round, questions, now=round.opens_at - timedelta(days=1))


def run_import(file: Path, folder: Path, *options: str) -> tuple[float, int, str]:
    """Return the seconds of one run, the peak memory of it and its children in bytes, and its last line."""
    command = [Path(sys.executable).parent / "flask", "quiz", "import-entries", file, "--round", WHERE, *options]
    environ = os.environ | {"INSTANCE_PATH": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'lang-nghe.sqlite3'}"}
    start = time.perf_counter()
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as done:
        peaks: list[int] = [0]
        watch = threading.Thread(target=_watch, args=(done.pid, peaks), daemon=True)
        watch.start()
        output = done.stdout.read() if done.stdout else ""
    took = time.perf_counter() - start
    watch.join()
    return took, peaks[0], output.strip().splitlines()[-1]


def _watch(pid: int, peaks: list[int]) -> None:
    """Sample the resident memory of a process and of the child that reads its workbook, four times a second."""
    while Path(f"/proc/{pid}").exists():
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            peaks[0] = max(peaks[0], sum(map(_resident, [str(pid), *children])))
        except OSError:
            return
        time.sleep(0.25)


def _resident(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def run(folder: Path) -> None:
    """Print the table."""
    print(f"{'flask quiz import-entries, 18 columns, SQLite':<56}        s  rows/s     MiB")
    for rows in SIZES:
        for ending in ("csv", "xlsx"):
            place = folder / f"import-{rows}-{ending}"
            place.mkdir()
            prepare(place)
            file = place / f"bang.{ending}"
            write_sheet(rows, file)
            for title, options in (("dry run", ("--dry-run",)), ("stored", ("--skip-errors",))):
                seconds, peak, output = run_import(file, place, *options)
                assert output.startswith("Đã nhập") or options == ("--dry-run",), output
                title_of_row = f"{rows:,} rows, {ending.upper()}, {title}"
                print(f"{title_of_row:<56} {seconds:8.1f} {rows / seconds:7.0f} {peak / 2**20:7.0f}")
            shutil.rmtree(place)
