"""Draw the pictures of the README from the demo: python -m bench.showcase docs/pictures [--only NAME,NAME].

The demo stands at a fixed moment, so that the same pictures come out on any day.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pypdfium2
from flask import Flask
from PIL import Image
from sqlalchemy import select, update

from app import create_app
from bench.pictures import browsing, serving_here
from bench.scenes.film import film
from core import clock, schema
from core.crypto import new_code
from core.settings import Settings
from core.values.week import VIETNAM
from core.web.extensions import db, keyring
from demo.accounts import ADMINISTRATOR, OFFICER
from demo.today import MAIN
from quiz.attempt.models import Attempt
from quiz.contest.models import Contest, Round
from quiz.results.models import StandingRow
from survey.counter.models import Counter
from survey.counter.queries.printed import address_of
from tests.support.staff import COOKIE, cookie_of

WEDNESDAY = "2026-11-25T19:40"
"""When the demo stands: an evening in the middle of an open week."""
MOST = 120_000
"""The most bytes of a picture."""
WIDE, PHONE, HALL = (1280, 800), (360, 740), (1920, 1080)
CONTEST = f"/thi/{MAIN}2026"
RANK = 7
"""The rank of the participant whose own result is drawn."""
Way = Callable[[Any, "Scenery"], None]


@dataclass(frozen=True)
class Scenery:
    """The addresses and codes that the pictures need."""

    url: str
    counter: str
    receipt: str


@dataclass(frozen=True)
class Shot:
    """A picture: its file, the way to its page, and the element below which it ends (none: the screen's edge)."""

    name: str
    way: Way
    size: tuple[int, int] = WIDE
    account: str = ""
    until: str = ""
    scale: float = 1
    air: int = 16
    """Pixels below that element."""


def at(path: str) -> Way:
    """Return the way to a page by its address."""

    def way(page: Any, scenery: Scenery) -> None:
        page.goto(scenery.url + path.format(**scenery.__dict__))

    return way


def rated(page: Any, scenery: Scenery) -> None:
    """The thanks after a rating."""
    page.goto(f"{scenery.url}/q/{scenery.counter}")
    page.get_by_label("Rất hài lòng").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi").first.click()


def said(page: Any, scenery: Scenery) -> None:
    """The thanks after a comment as well."""
    rated(page, scenery)
    page.get_by_label("Hướng dẫn thủ tục").check()
    page.get_by_label("Góp ý thêm").fill("Cô ở quầy chỉ từng dòng, tôi làm xong trong buổi sáng.")
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi thêm").first.click()


def chosen(page: Any, scenery: Scenery) -> None:
    """The rating page with a face chosen."""
    page.goto(f"{scenery.url}/q/{scenery.counter}")
    page.get_by_label("Rất hài lòng").check()


def own_result(page: Any, scenery: Scenery) -> None:
    """A participant's own result, found by receipt."""
    page.goto(f"{scenery.url}/thi/tra-cuu")
    page.get_by_label("Mã").first.fill(scenery.receipt)
    with page.expect_navigation():
        page.get_by_role("button", name="Xem kết quả").first.click()


SHOTS = (
    Shot("trang-chu", at("/"), until="section.entry"),
    Shot("cac-xa-phuong", at("/ket-qua/"), until=".map-side", air=0),
    Shot("co-quan", at("/ket-qua/lam-binh"), until="main figure", air=2),
    Shot("bang-xep-hang", at(CONTEST + "/bang"), until=".race li:nth-child(6)", air=0),
    Shot("le-cong-bo", at(CONTEST + "/tuan/3?chieu=5"), HALL),
    Shot("ket-qua-tuan", at(CONTEST + "/tuan/3"), until=".champs"),
    Shot("ket-qua-cua-toi", own_result, PHONE, scale=2, until=".score"),
    Shot("cham-diem", chosen, PHONE, scale=2, until=".send"),
    Shot("cam-on", said, PHONE, scale=2, until="main"),
    Shot("hom-nay", at("/quan-tri/"), account=ADMINISTRATOR, until=".two-up", air=0),
    Shot("co-quan-can-bo", at("/quan-tri/danh-gia/lam-binh"), account=OFFICER, until="section.box"),
)
FILM = "dao-mot-vong"
POSTER = "/quan-tri/danh-gia/lam-binh/quay/1/to-treo.pdf?kho=a4&ngon_ngu=vi"


@contextmanager
def standing(moment: datetime) -> Iterator[Callable[[timedelta], None]]:
    """Let the clock run on from *moment* within the block; yield what puts it on further."""
    ticking = clock.datetime
    ahead = [moment - ticking.now(VIETNAM)]

    class Moved(ticking):  # type: ignore[misc,valid-type]
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return ticking.now(tz) + sum(ahead, timedelta())

    clock.datetime = Moved  # type: ignore[misc]
    try:
        yield ahead.append
    finally:
        clock.datetime = ticking  # type: ignore[misc]


def build(folder: Path) -> Flask:
    """Return the application on the demo in *folder*, loaded unless it is there."""
    file = folder / "lang-nghe.sqlite3"
    is_new = not file.exists()
    app = create_app(Settings(folder, f"sqlite:///{file}", "http://lang-nghe.vn", frozenset(), "Lắng Nghe"))
    if is_new:
        with app.app_context():
            schema.upgrade(db.engine)
        app.test_cli_runner().invoke(args=["demo", "load", "--now", WEDNESDAY], catch_exceptions=False)
    return app


def scenery_of(app: Flask, url: str) -> Scenery:
    """Return the addresses of the demo, with a new receipt for the participant in place `RANK` of the last week."""
    with app.app_context():
        office_counter = select(Counter).where(Counter.office.has(slug="lam-binh"), Counter.closed_on.is_(None))
        counter = db.session.scalars(office_counter.order_by(Counter.number).limit(1)).one()
        week = select(Round.id).join(Contest).where(Contest.slug.startswith(MAIN), Round.published_at.is_not(None))
        last = db.session.scalars(week.order_by(Round.number.desc()).limit(1)).one()
        row = select(StandingRow.attempt_id).where(StandingRow.round_id == last, StandingRow.position == RANK)
        receipt = new_code()
        mine = update(Attempt).where(Attempt.id == row.limit(1).scalar_subquery())
        db.session.execute(mine.values(receipt_hash=keyring().mac("attempt-receipt", receipt)))
        db.session.commit()
        return Scenery(url, address_of(keyring(), counter), receipt)


def shoot(browser: Any, app: Flask, scenery: Scenery, shot: Shot) -> bytes:
    """Return a picture as PNG."""
    context = browser.new_context(
        locale="vi-VN",
        viewport={"width": shot.size[0], "height": shot.size[1]},
        device_scale_factor=shot.scale,
        reduced_motion="reduce",
        color_scheme="light",
    )
    if shot.account:
        context.add_cookies([{"name": COOKIE, "value": cookie_of(app, shot.account), "url": scenery.url}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    shot.way(page, scenery)
    page.evaluate("Promise.all([...document.images].map(img => { img.loading = 'eager'; return img.decode() }))")
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    clip = {"x": 0, "y": 0, "width": shot.size[0], "height": _end(page, shot)}
    drawn: bytes = page.screenshot(clip=clip, full_page=True)
    context.close()
    return drawn


def _end(page: Any, shot: Shot) -> float:
    """Return where the picture ends: below the first element of `until`, or at the screen's edge."""
    if not shot.until:
        return shot.size[1]
    where = page.locator(shot.until).first.evaluate("element => element.getBoundingClientRect().bottom + scrollY")
    return float(where) + shot.air


def poster(browser: Any, app: Flask, scenery: Scenery) -> bytes:
    """Return the poster of a counter as PNG."""
    context = browser.new_context()
    context.add_cookies([{"name": COOKIE, "value": cookie_of(app, OFFICER), "url": scenery.url}])
    content = context.request.get(scenery.url + POSTER).body()
    context.close()
    with pypdfium2.PdfDocument(content) as document:
        sheet, drawn = document[0].render(scale=1.3).to_pil(), io.BytesIO()
    sheet.save(drawn, "PNG")
    return drawn.getvalue()


def keep(png: bytes, file: Path) -> int:
    """Store a picture as WebP, without loss where that is small enough; return its bytes."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    if image.width > WIDE[0]:
        image = image.resize((WIDE[0], round(image.height * WIDE[0] / image.width)), Image.Resampling.LANCZOS)
    ways: list[dict[str, Any]] = [{"lossless": True}, *({"quality": quality} for quality in (92, 86, 80, 72, 64))]
    for way in ways:
        image.save(file, "WEBP", method=6, **way)
        if file.stat().st_size <= MOST:
            break
    return file.stat().st_size


def draw(folder: Path, instance: Path, only: Collection[str]) -> list[str]:
    """Fill *folder* with the pictures and the walk; return those that are too heavy."""
    folder.mkdir(parents=True, exist_ok=True)
    heavy = []
    with standing(datetime.fromisoformat(WEDNESDAY).replace(tzinfo=VIETNAM) + timedelta(minutes=2)) as later:
        app = build(instance)
        with serving_here(app) as url, browsing() as browser:
            scenery = scenery_of(app, url)
            made: dict[str, Callable[[], bytes]] = {
                shot.name: lambda shot=shot: shoot(browser, app, scenery, shot)  # type: ignore[misc]
                for shot in SHOTS
            }
            made["to-treo"] = lambda: poster(browser, app, scenery)
            for name, png in made.items():
                if any(part in name for part in only):
                    size = keep(png(), folder / f"{name}.webp")
                    print(f"{name}.webp  {size / 1000:.0f} kB", flush=True)
                    heavy += [name] if size > MOST else []
            if any(part in FILM for part in only):
                film(browser, scenery, CONTEST, made["to-treo"](), later, folder / f"{FILM}.webp")
    return heavy


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="pictures whose name holds one of these, with commas between")
    parser.add_argument("--instance", type=Path, help="keep the demo in this folder, and use it when it is there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = draw(given.folder, given.instance or Path(place), given.only.split(","))
    sys.exit(f"too heavy: {', '.join(found)}" if found else 0)
