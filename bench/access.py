"""Hold every page, in every state that is drawn, to the measures of the journeys, without drawing it: axe, width on a
narrow phone and in large letters, targets, HTML: python -m bench.access [--only NAME] [--doors DOOR,DOOR].
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import playwright.sync_api
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from bench.pictures import OTHER, PictureBook, browsing, served, take_all
from bench.scenes.index import DOORS, SceneRow, door_of
from bench.scenes.scene import Scene
from bench.stage.instance import Stage
from tests.support.looks import faults, widths
from tests.support.markup import Shown, errors, has_checker

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "house" / "pages.txt"
ANSWERED = (200, 201, 409, 422)
"""The states of a page that shows what it is for: 409 and 422 are a form's with its mistakes."""


def pages() -> dict[str, str]:
    """Return by endpoint the scene that shows it, or in brackets the reason why none has to."""
    return dict(line.split(": ", 1) for line in GOLDEN.read_text().splitlines())


class Inspection(PictureBook):
    """Goes the way of each scene as for its pictures, and measures the page instead of drawing it."""

    def __init__(self, browser: Any, app: Flask, url: str, ready: Stage, folder: Path) -> None:
        super().__init__(browser, app, url, ready, folder)
        self.shown: dict[Any, Shown] = {}
        self.scenes: defaultdict[str, set[str]] = defaultdict(set)
        self.measured = 0

    def take(self, scene: Scene) -> None:
        """Measure one scene, and its page in the other language, unless it is a sheet of paper."""
        if scene.paper:
            return
        with self._page(scene.account) as page:
            self._walk(page, scene)
            self._shoot_all(page, scene)
            if address := self._address_in_other(page):
                self._in_other(page, scene, address)
        self.rows.append(SceneRow(scene.name, scene.title, door_of(scene.name, scene.account)))

    def take_paper(self, name: str, title: str, path: str, account: str) -> None:
        """Leave out what has no HTML."""

    @contextmanager
    def _page(self, account: str, **options: Any) -> Iterator[Any]:
        with super()._page(account, **options) as page:
            self.shown[page] = Shown(page)
            yield page

    def _shoot_all(self, page: Any, scene: Scene) -> list[str]:
        """Measure *page*; in the other language its widths alone, since all else is the same."""
        is_other = page.locator("html").get_attribute("lang") == OTHER
        is_for_hall = scene.name.startswith("hoi-truong")
        self.measured += 1
        try:
            self._keep(page, f"{scene.name}{f'-{OTHER}' if is_other else ''}", scene)
            measure = widths if is_other else faults
            found = measure(page, is_for_hall=is_for_hall)
        except playwright.sync_api.Error as error:
            found = [f"left while it was measured: {error.message.splitlines()[0]}"]
        words = f"{scene.name}{f' in {OTHER}' if is_other else ''}, {page.url.removeprefix(self.url)}"
        self.problems += [f"{words}: {fault}" for fault in found]
        return []

    def _keep(self, page: Any, name: str, scene: Scene) -> None:
        """Keep the HTML of *page* for the checker, and note which endpoint it shows."""
        shown = self.shown[page]
        (self.folder / f"{name}.html").write_text(shown.source())
        reply = shown.reply
        if reply is not None and reply.status in ANSWERED:
            self.scenes[self._endpoint(urlsplit(reply.url).path, reply.request.method)].add(scene.name)

    def _endpoint(self, path: str, method: str) -> str:
        assert self.app is not None
        try:
            return str(self.app.url_map.bind("").match(path, method=method)[0])
        except (HTTPException, RequestRedirect):
            return ""

    def unseen(self) -> list[str]:
        """Return the endpoints that are not shown by the scene named in the list of pages."""
        return [
            f"{endpoint} is not shown by {scene}, but by {', '.join(sorted(self.scenes[endpoint])) or 'no scene'}"
            for endpoint, scene in pages().items()
            if not scene.startswith("(") and scene not in self.scenes[endpoint]
        ]


def inspect(only: str = "", doors: Collection[str] = ()) -> Inspection:
    """Measure the scenes whose name holds *only* and that are behind *doors*; without both, all of them, and then
    also the list of pages.
    """
    with (
        tempfile.TemporaryDirectory() as place,
        tempfile.TemporaryDirectory() as html,
        served(Path(place)) as (app, url, ready, _),
        browsing(is_drawn=False) as browser,
    ):
        found = Inspection(browser, app, url, ready, Path(html))
        take_all(found, Path(place), only, doors)
        if has_checker():
            found.problems += errors(Path(html))
        if not only and not doors:
            found.problems += found.unseen()
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="scenes whose name holds this")
    parser.add_argument("--doors", default="", help=f"only behind these doors: {', '.join(DOORS)}")
    given = parser.parse_args()
    begun = time.monotonic()
    inspection = inspect(given.only, [door for door in given.doors.split(",") if door])
    print("\n".join(inspection.problems) or "nothing found")
    print(
        f"{inspection.measured} pages of {len(inspection.rows)} scenes in {time.monotonic() - begun:.0f} s, "
        f"{len(inspection.problems)} faults; HTML {'checked' if has_checker() else 'not checked: no vnu or java'}"
    )
    sys.exit(bool(inspection.problems))
