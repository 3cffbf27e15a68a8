"""Measure `flask survey posters` for many offices of three counters, and whether its memory stays flat."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from app import create_app
from commune.operations import create_unit
from commune.operations.offices import create_office
from core import schema
from core.settings import Settings
from core.web.extensions import db
from survey.counter.operations.counters import add_counter

SIZES = (50, 100, 200)
COUNTERS = ("Tư pháp, hộ tịch", "Đất đai, nông nghiệp và môi trường", "Lao động, người có công và bảo trợ xã hội")
PUBLIC_URL = "https://danhgia.lang-nghe.example"


def build(folder: Path) -> None:
    """Make an instance with a province of as many offices as each of the sizes."""
    url = f"sqlite:///{folder / 'lang-nghe.sqlite3'}"
    app = create_app(Settings(folder, url, PUBLIC_URL, frozenset(), "Lắng Nghe"))
    since = date(2025, 7, 1)
    with app.app_context():
        schema.upgrade(db.engine)
        for size in SIZES:
            unit = create_unit(db.session, code=f"{size}", kind="province", name=f"tỉnh {size}", valid_from=since)
            for number in range(size):
                name = f"xã Minh Họa {number}"
                office = create_office(
                    db.session, unit, slug=f"xa-{size}-{number}", name=f"Trung tâm Phục vụ hành chính công {name}",
                    host=f"Ủy ban Mặt trận Tổ quốc Việt Nam {name}", hotline="0207 000 0000",
                )  # fmt: skip
                for at, field in enumerate(COUNTERS, start=1):
                    add_counter(db.session, office, number=at, name=field, today=since)
        db.session.commit()


def draw(folder: Path, size: int, *more: str) -> tuple[float, float]:
    """Return the seconds of one run over the province of *size* offices, and its peak memory in MiB."""
    out = folder / "posters" / "-".join([f"{size}", *more])
    command = [Path(sys.executable).parent / "flask", "survey", "posters", "--unit", f"{size}", out, *more]
    environ = os.environ | {"INSTANCE_PATH": str(folder), "PUBLIC_URL": PUBLIC_URL}
    start = time.perf_counter()
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert len(list(out.iterdir())) == size
    return time.perf_counter() - start, used.ru_maxrss / 1024


def run(folder: Path) -> None:
    """Print the table."""
    place = folder / "posters-instance"
    place.mkdir()
    build(place)
    print(f"{'flask survey posters, 3 counters an office, A4':<56} seconds   ms/office   peak MiB")
    for size, *more in [*((size, "--workers", "1") for size in SIZES), (SIZES[-1],), (SIZES[-1], "--format", "nhan")]:
        seconds, peak = draw(place, size, *more)
        print(f"{f'{size} offices {chr(32).join(more)}':<56} {seconds:7.1f} {1000 * seconds / size:11.1f} {peak:10.0f}")
