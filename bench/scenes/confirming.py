"""Scenes of confirming oneself by an entry card or by a code sent to one's phone, and of the organiser's cards."""

from __future__ import annotations

from typing import Any

from bench.scenes.pages import registered
from bench.scenes.scene import QUIZ, Scene, Way, at, press
from bench.stage.instance import Stage

CARDS = QUIZ + "/{carded}/the"


def printed(page: Any, url: str, stage: Stage) -> bytes:
    """The PDF of new cards, which a browser would show in a viewer of its own."""
    at(CARDS)(page, url, stage)
    page.get_by_label("Đơn vị").select_option(index=1)
    page.get_by_label("Thôn, tổ dân phố").fill("thôn Khuổi Chang")
    page.get_by_label("Số thẻ").fill("8")
    fields = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form.sheet')))")
    reply: bytes = page.request.post(page.url, form=fields, headers={"Referer": page.url}).body()
    return reply


def registered_with(card: str) -> Way:
    def way(page: Any, url: str, stage: Stage) -> None:
        page.goto(f"{url}/thi/{stage.carded}/dang-ky")
        page.get_by_label("Mã thẻ dự thi").fill(card)
        registered("carded", "1964", opens=False)(page, url, stage)

    return way


def used_wrongly(page: Any, url: str, stage: Stage) -> None:
    at("/thi/{carded}/nhap-the")(page, url, stage)
    page.get_by_label("Mã cá nhân").fill("7K3M")
    press(page, "Xác nhận")


def used(page: Any, url: str, stage: Stage) -> None:
    """Give a card after the registration."""
    registered("carded", "1971")(page, url, stage)
    code = page.locator("#personal-code").inner_text()
    at("/thi/{carded}/nhap-the")(page, url, stage)
    page.get_by_label("Mã cá nhân").fill(code)
    page.get_by_label("Mã thẻ dự thi").fill(stage.card)
    press(page, "Xác nhận")


def sent(page: Any, url: str, stage: Stage, phone: str = "0912 345 679") -> None:
    registered("texted", "1971", phone=phone)(page, url, stage)
    press(page, "Gửi mã đến điện thoại")


def digits_wrongly(page: Any, url: str, stage: Stage) -> None:
    sent(page, url, stage, "0912 345 680")
    page.get_by_label("Mã").fill("000000")
    press(page, "Xác nhận")


CONFIRMING_SCENES = [
    Scene("xn-the", "Thẻ dự thi: các lô", at(CARDS), "organiser"),
    Scene("xn-the-in", "Thẻ dự thi: trang in", at(CARDS), "organiser", paper=printed),
    Scene("xn-the-huy", "Thẻ dự thi: hủy thẻ chưa dùng", at(CARDS + "/1/huy"), "organiser"),
    Scene("xn-the-dang-ky", "Đăng ký ở cuộc thi dùng thẻ", at("/thi/{carded}/dang-ky")),
    Scene("xn-the-loi", "Đăng ký với mã thẻ không có", registered_with("0000000000")),
    Scene("xn-the-chua", "Đã đăng ký, chưa có thẻ", registered("carded", "1964")),
    Scene("xn-the-nhap", "Nhập mã thẻ: cần sửa", used_wrongly),
    Scene("xn-the-xong", "Đã xác nhận bằng thẻ", used),
    Scene("xn-so-da-dang-ky", "Đã đăng ký, chưa xác nhận số", registered("texted", "1964")),
    Scene("xn-so", "Xác nhận số điện thoại", at("/thi/{texted}/xac-nhan-so")),
    Scene("xn-so-gui", "Xác nhận số: đã gửi mã", sent),
    Scene("xn-so-loi", "Xác nhận số: sai mã", digits_wrongly),
]
