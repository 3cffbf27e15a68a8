"""A scene: one page in one state, and the ways that many scenes go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.stage.instance import PASSWORD, Stage

Way = Callable[[Any, str, Stage], None]
WRONG = "khong phai mat khau"
QUIZ, SURVEY, ASKED = "/quan-tri/cuoc-thi", "/quan-tri/danh-gia", "/quan-tri/yeu-cau"


@dataclass(frozen=True)
class Scene:
    """One page in one state."""

    name: str
    title: str
    way: Way
    account: str = ""
    prints: bool = False
    paper: Callable[[Any, str, Stage], bytes] | None = None
    """The way to a PDF that a form answers with, drawn in place of a page."""
    after: str = ""
    """The scene whose way must have been gone before, since it sends what this one shows."""


def at(path: str) -> Way:
    """Return the way to a page that opens by its address; names of the stage are in braces."""

    def way(page: Any, url: str, stage: Stage) -> None:
        page.goto(url + path.format(**stage.__dict__))

    return way


def press(page: Any, label: str) -> None:
    """Press the first button with *label*."""
    with page.expect_navigation():
        page.get_by_role("button", name=label).first.click()


def open_request(page: Any, url: str, name: str) -> None:
    """Open the first request for approval that is called *name*."""
    page.goto(f"{url}/quan-tri/phe-duyet/")
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def sign_in(page: Any, url: str, email: str, password: str = PASSWORD) -> None:
    page.goto(f"{url}/quan-tri/dang-nhap")
    page.get_by_label("Thư điện tử").fill(email)
    page.get_by_label("Mật khẩu").fill(password)
    press(page, "Đăng nhập")


def sent_empty(path: str, label: str) -> Way:
    def way(page: Any, url: str, stage: Stage) -> None:
        at(path)(page, url, stage)
        press(page, label)

    return way
