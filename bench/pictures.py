"""Draw every page of the product, narrow and wide, light and dark, in both languages:
python -m bench.pictures FOLDER [--doors DOOR,DOOR] [--only NAME] [--url BASE].
"""

from __future__ import annotations

import argparse
import itertools
import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import playwright.sync_api
import pypdfium2
from flask import Flask, template_rendered
from werkzeug.serving import make_server

from account.operations.first_run import issue_code
from app import create_app
from bench.scenes import walks
from bench.scenes.account import ACCOUNT_SCENES, first_run
from bench.scenes.apart import APART_SCENES
from bench.scenes.awards import AWARDS_SCENES
from bench.scenes.board import BOARD_SCENES
from bench.scenes.changing import CHANGING_SCENES
from bench.scenes.confirming import CONFIRMING_SCENES
from bench.scenes.contest import CONTEST_SCENES
from bench.scenes.correction import CORRECTION_SCENES
from bench.scenes.desk import DESK_SCENES
from bench.scenes.edit import EDIT_SCENES
from bench.scenes.face import FACE_SCENES
from bench.scenes.index import DOORS, SceneRow, door_of, index
from bench.scenes.job import JOB_SCENES
from bench.scenes.logo import LOGO_SCENES
from bench.scenes.pages import PAPERS, SCENES
from bench.scenes.plan import PLAN_SCENES
from bench.scenes.question import QUESTION_SCENES
from bench.scenes.reach import REACH_SCENES
from bench.scenes.review import REVIEW_SCENES
from bench.scenes.scene import Scene, at
from bench.scenes.sheet import SHEET_SCENES
from bench.scenes.taking import TAKING_SCENES
from bench.stage import changing, desk, flagship, instance, reach, villages
from bench.stage.trail import in_order
from commune.files.country import read_country
from commune.operations.country import load_country
from core import clock, schema
from core.commands.worker import Worker
from core.settings import Settings
from core.values.week import VIETNAM
from core.web import errors
from core.web.extensions import db, keyring
from tests.support.staff import COOKIE, cookie_of

FIRST_RUN = "account/first_run.html"
"""Drawn in an instance of its own without an account."""
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
SIZES = {"360": (360, 740), "1280": (1280, 800), "1920": (1920, 1080)}
USUAL, IN_A_HALL = ("360", "1280"), ("360", "1920")
"""The sizes of a page, and of one that is shown in a hall."""
SCHEMES = ("light", "dark")
TICK = "ids => ids.forEach(id => document.getElementById(id)?.click())"
"""Tick again what a person has chosen, by the ids of the fields."""
OTHER = "en"
"""The second language."""
EVERY_SCENE = (
    *SCENES, *ACCOUNT_SCENES, *SHEET_SCENES, *CORRECTION_SCENES, *LOGO_SCENES, *CONTEST_SCENES, *EDIT_SCENES,
    *JOB_SCENES, *REVIEW_SCENES, *CONFIRMING_SCENES, *BOARD_SCENES, *FACE_SCENES,
    *QUESTION_SCENES, *PLAN_SCENES, *AWARDS_SCENES, *TAKING_SCENES, *APART_SCENES, *DESK_SCENES, *REACH_SCENES,
    *CHANGING_SCENES,
)  # fmt: skip
BROWSER = {
    "executable_path": shutil.which("chromium"),
    "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run", "--lang=vi-VN"],
    "env": {**os.environ, "LANGUAGE": "vi", "LANG": "vi_VN.UTF-8"},
}  # fmt: skip


def pages() -> set[str]:
    """Return the templates that are pages of their own, without macros, parts and parents."""
    found = {str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html")}
    return {name for name in found if "_macros/" not in name and "/_" not in name and not name.startswith("base")} - {
        "errors/error.html"
    }


@contextmanager
def served(folder: Path) -> Iterator[tuple[Flask, str, instance.Stage, set[str]]]:
    """Serve a fresh instance in *folder*; yield it, its address, its stage, and the templates rendered so far."""
    app = _fresh(folder)
    app.add_url_rule("/pictures/<int:code>", view_func=_error, methods=["GET", "POST"])
    app.add_url_rule("/q/pictures/<int:code>", "at_counter", view_func=_error, methods=["POST"])
    app.add_url_rule("/pictures/foreign", view_func=_foreign)
    with app.app_context():
        app.test_cli_runner().invoke(args=["demo", "load"], catch_exceptions=False)
        with in_order(clock.now()):
            ready = instance.build(db.session, keyring())
            desk.build(db.session, keyring())
            ready = replace(ready, reach=reach.build(db.session, keyring()))
            changing.build(db.session, keyring())
            ready = replace(ready, villages=villages.build(db.session, keyring()))
            ready = replace(ready, flagship=flagship.build(db.session, keyring()))
    with serving_here(app) as url, _working(app), _watched(app) as rendered:
        yield app, url, ready, rendered


@contextmanager
def served_empty(folder: Path) -> Iterator[tuple[str, str]]:
    """Serve an instance without accounts; yield its address and the code of the first run."""
    app = _fresh(folder)
    with app.app_context():
        load_country(db.session, read_country())
        db.session.commit()
    with serving_here(app) as url:
        yield url, issue_code(folder, now=clock.now())


def _fresh(folder: Path) -> Flask:
    folder.mkdir(exist_ok=True)
    place = Settings(
        folder,
        f"sqlite:///{folder / 'pictures.sqlite3'}",
        "http://lang-nghe.vn",
        frozenset(),
        "Lắng Nghe",
        sms_url="https://cong-tin.invalid/gui",
    )
    app = create_app(place)
    with app.app_context():
        schema.upgrade(db.engine)
    return app


@contextmanager
def serving_here(app: Flask) -> Iterator[str]:
    """Serve *app* in this process; yield its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


@contextmanager
def _working(app: Flask) -> Iterator[None]:
    worker = Worker(app)
    threading.Thread(target=worker.work, daemon=True).start()
    try:
        yield
    finally:
        worker.stop()


def _error(code: int) -> errors.Page:
    return errors.page(code, retry_after=30 if code in (429, 503) else None)


def _foreign() -> errors.Page:
    return errors.page(403, name="foreign_form")


@contextmanager
def _watched(app: Flask) -> Iterator[set[str]]:
    rendered: set[str] = set()

    def remember(_app: Flask, template: Any, **_rest: Any) -> None:
        rendered.add(template.name)

    with template_rendered.connected_to(remember, app):
        yield rendered


class PictureBook:
    """Takes the pictures and collects them in an index."""

    def __init__(self, browser: Any, app: Flask | None, url: str, ready: instance.Stage | None, folder: Path) -> None:
        self.browser, self.app, self.url, self.stage, self.folder = browser, app, url, ready, folder
        self.walked: set[str] = set()
        self.rows: list[SceneRow] = []
        self.problems: list[str] = []

    def take(self, scene: Scene) -> None:
        """Draw one scene in every size, scheme and language, and in print if people print it.

        If the way to it fails, the page reached instead is drawn, and the other scenes follow.
        """
        self._go_before(scene)
        row = SceneRow(scene.name, scene.title, door_of(scene.name, scene.account))
        if scene.paper:
            with self._page(scene.account) as page:
                row.files["vi"] = self._paper(scene.name, scene.paper(page, self.url, self.stage))
            self.rows.append(row)
            return
        with self._page(scene.account) as page:
            sent = _sent(page)
            self._walk(page, scene)
            row.files["vi"] = self._shoot_all(page, scene)
            if scene.prints:
                page.emulate_media(media="print", color_scheme="light")
                row.files["vi"] += self._paper(scene.name, page.pdf(prefer_css_page_size=True))
                page.emulate_media(media="screen")
            if address := self._address_in_other(page):
                row.files |= self._in_other(page, scene, address)
        if not address and sent and not scene.account:
            row.files |= self._reply_in_other(scene, len(sent))
        self.rows.append(row)

    def _address_in_other(self, page: Any) -> str:
        """Return the address of *page* in the other language here, or nothing if it has none."""
        other = page.locator(f'link[hreflang="{OTHER}"]')
        if not other.count():
            return ""
        parts = urlsplit(other.first.get_attribute("href"))
        return f"{self.url}{parts.path}?{parts.query}"

    def _in_other(self, page: Any, scene: Scene, address: str) -> dict[str, list[str]]:
        """Draw the page at *address* in the other language with the same choices, unless it cannot be reached."""
        ticked = page.evaluate("[...document.querySelectorAll('input:checked')].map(each => each.id).filter(Boolean)")
        try:
            page.goto(address)
            page.evaluate(TICK, ticked)
        except playwright.sync_api.Error as error:
            self.problems.append(f"{scene.name} in {OTHER}: {error.message.splitlines()[0]}")
            return {}
        return {OTHER: self._shoot_all(page, scene)}

    def _go_before(self, scene: Scene) -> None:
        """Go the way of the scene that *scene* comes after, unless it was drawn or gone already."""
        if scene.after and scene.after not in self.walked:
            before = next(each for each in EVERY_SCENE if each.name == scene.after)
            self._go_before(before)
            with self._page(before.account) as page:
                self._walk(page, before)

    def _walk(self, page: Any, scene: Scene) -> None:
        self.walked.add(scene.name)
        try:
            scene.way(page, self.url, self.stage)
            page.wait_for_load_state()
        except playwright.sync_api.Error as error:
            self.problems.append(f"{scene.name}: {error.message.splitlines()[0]}, at {page.url}")

    def _reply_in_other(self, scene: Scene, forms: int) -> dict[str, list[str]]:
        """Draw the reply to the last of the *forms* that the way sends: walked again, with that one in the other
        language. The words on the way there stay Vietnamese, so that the way finds its buttons.
        """
        sent = 0

        def send(route: Any) -> None:
            nonlocal sent
            sent += route.request.method == "POST"
            if route.request.method != "POST" or sent < forms:
                return route.fallback()
            address = route.request.url
            return route.continue_(url=f"{address}{'&' if '?' in address else '?'}lang={OTHER}")

        with self._page(scene.account, service_workers="block") as page:  # a worker's requests pass by a route
            page.route("**/*", send)
            with suppress(playwright.sync_api.Error):
                scene.way(page, self.url, self.stage)
            is_other = page.locator("html").get_attribute("lang") == OTHER
            return {OTHER: self._shoot_all(page, scene)} if is_other else {}

    def _shoot_all(self, page: Any, scene: Scene) -> list[str]:
        """Draw *page* in every size and scheme; a page that leaves meanwhile is a problem, and is drawn as far."""
        files: list[str] = []
        try:
            for size, scheme in itertools.product(IN_A_HALL if scene.name.startswith("hoi-truong") else USUAL, SCHEMES):
                files.append(self._shoot(page, scene, size, scheme))
        except playwright.sync_api.Error as error:
            self.problems.append(f"{scene.name} left while it was drawn: {error.message.splitlines()[0]}")
        return files

    def take_paper(self, name: str, title: str, path: str, account: str) -> None:
        """Draw a PDF that the product makes itself."""
        with self._page(account) as page:
            reply = page.request.get(self.url + path.format(**self.stage.__dict__))
            self.rows.append(SceneRow(name, title, "giay", {"vi": self._paper(name, reply.body())}))

    def take_steps(self, name: str, walk: Callable[..., Iterator[walks.Step]], account: str, given: Any) -> None:
        """Draw a walk from beginning to end, on an official's screen and a citizen's: a picture per step."""
        with self._page(account) as page, self._page("") as phone:
            for number, (title, shown) in enumerate(walk(page, phone, self.url, given), start=1):
                scene = Scene(f"{name}-{number:02}", title, at(""))
                self.rows.append(SceneRow(scene.name, scene.title, "buoc", {"vi": self._shoot_all(shown, scene)}))

    def bind(self) -> None:
        """Write index.html: a row per scene with its pictures side by side, the problems first."""
        (self.folder / "index.html").write_text(index(self.rows, self.problems))

    @contextmanager
    def _page(self, account: str, **options: Any) -> Iterator[Any]:
        context = self.browser.new_context(
            locale="vi-VN",
            timezone_id=VIETNAM.key,
            viewport={"width": 360, "height": 740},
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        if account:
            context.add_cookies([{"name": COOKIE, "value": self._cookie(account), "url": self.url}])
        yield page
        context.close()

    def _cookie(self, account: str) -> str:
        """Return the cookie of a new session for each scene, since another scene may have ended the last one."""
        assert self.app is not None
        return cookie_of(self.app, getattr(self.stage, account))

    def _shoot(self, page: Any, scene: Scene, size: str, scheme: str) -> str:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(media="screen", color_scheme=scheme)
        page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        page.evaluate("Promise.all([...document.images].map(img => { img.loading = 'eager'; return img.decode() }))")
        language = page.locator("html").get_attribute("lang") or "vi"
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overflow > 0:
            self.problems.append(f"{scene.name} is {overflow} px too wide at {width} px, in {language}")
        name = f"{scene.name}-{size}-{scheme}{'' if language == 'vi' else f'-{language}'}.png"
        page.screenshot(path=self.folder / name, full_page=True)
        return name

    def _paper(self, name: str, content: bytes) -> list[str]:
        files = []
        with pypdfium2.PdfDocument(content) as document:
            for number, sheet in enumerate(document, start=1):
                files.append(f"{name}-giay-{number}.png")
                sheet.render(scale=1.4).to_pil().save(self.folder / files[-1])
        return files


@contextmanager
def browsing(*, is_drawn: bool = True) -> Iterator[Any]:
    """Yield the system's chromium; its headless shell, which is quicker, where nothing is drawn."""
    program = shutil.which("chromium-headless-shell") if not is_drawn else None
    with playwright.sync_api.sync_playwright() as play:
        browser = play.chromium.launch(**BROWSER | ({"executable_path": program} if program else {}))
        yield browser
        browser.close()


def draw(folder: Path, only: str = "", doors: Collection[str] = ()) -> list[str]:
    """Fill *folder*; return the problems: templates without a picture, failed scripts, pages that are too wide.

    *only* takes the scenes whose name holds it, *doors* those behind these doors; without both, all are taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        served(Path(place)) as (app, url, ready, rendered),
        browsing() as browser,
    ):
        book = PictureBook(browser, app, url, ready, folder)
        take_all(book, Path(place), only, doors)
        missing = sorted(pages() - rendered - {FIRST_RUN}) if not only and not doors else []
        book.problems[:0] = [f"no picture of {name}" for name in missing]
        book.bind()
    return book.problems


def take_all(book: PictureBook, place: Path, only: str, doors: Collection[str]) -> None:
    """Take the scenes whose name holds *only* and that are behind *doors*, in the order of their files."""
    for scene in EVERY_SCENE:
        if only in scene.name and (not doors or door_of(scene.name, scene.account) in doors):
            book.take(scene)
    for paper in PAPERS if not only and (not doors or "giay" in doors) else ():
        book.take_paper(*paper)
    if only in "buoc-xoa-" and (not doors or "buoc" in doors):
        book.take_steps("buoc-xoa", walks.erasure, "organiser", book.stage)
    if not doors or "buoc" in doors:
        _draw_first_run(book, place / "empty", only)


def _sent(page: Any) -> list[str]:
    """Return the addresses to which *page* sends forms, filled from now on."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def _draw_first_run(book: PictureBook, folder: Path, only: str) -> None:
    if any(only in name for name in ("dang-nhap-chua-co-ai", "cai-dat-loi", "buoc-dau-")):
        with served_empty(folder) as (book.url, code):
            book.take(Scene("dang-nhap-chua-co-ai", "Đăng nhập: chưa có tài khoản nào", at("/quan-tri/dang-nhap")))
            book.take(Scene("cai-dat", "Cài đặt lần đầu", at("/quan-tri/cai-dat")))
            book.take(Scene("cai-dat-loi", "Cài đặt lần đầu: hai nơi cùng tên", first_run(code)))
            book.take_steps("buoc-dau", walks.first_rating, "", code)


def draw_running(folder: Path, url: str) -> list[str]:
    """Fill *folder* from a running instance at *url*: its front page, and the pages that it links to."""
    folder.mkdir(parents=True, exist_ok=True)
    with browsing() as browser:
        book = PictureBook(browser, None, url, None, folder)
        page = browser.new_page()
        page.goto(url)
        links = page.locator("main a").evaluate_all("links => links.map(link => link.pathname)")
        for number, path in enumerate(dict.fromkeys(["/", *links])):
            book.take(Scene(f"trang-{number}", path, lambda page, url, _stage, path=path: page.goto(url + path)))
        book.bind()
    return book.problems


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="scenes whose name holds this")
    parser.add_argument("--url", default="", help="a running instance, instead of one of our own")
    parser.add_argument("--doors", default="", help=f"only behind these doors: {', '.join(DOORS)}")
    given = parser.parse_args()
    doors = [door for door in given.doors.split(",") if door]
    if unknown := set(doors) - set(DOORS):
        parser.error(f"no such door: {', '.join(unknown)}; there are {', '.join(DOORS)}")
    found = draw_running(given.folder, given.url.rstrip("/")) if given.url else draw(given.folder, given.only, doors)
    print("\n".join(found) or f"{given.folder / 'index.html'}")
    sys.exit(bool(found))
