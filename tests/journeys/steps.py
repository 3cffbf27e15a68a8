"""Actions of people on a page."""

import io
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.factories import PASSWORD

PHONE = {"width": 360, "height": 740}
THANKS = "Cảm ơn ông/bà, lượt đánh giá đã được ghi"
"""The heading after a rating."""
PUBLIC_URL = "http://lang-nghe.example"
ON_BOTH_DATABASES = pytest.mark.parametrize(
    ("village", "scripts"), [("sqlite", True), ("sqlite", False), ("postgresql", False)], indirect=True
)
"""With scripts and without them; a script cannot tell which database is behind the server."""


def heading(page: Page) -> Locator:
    """Return the page's main heading."""
    return page.locator("h1")


def press(page: Page, label: str) -> None:
    """Press the first button with this label."""
    page.get_by_role("button", name=label, exact=True).first.click()


def follow(page: Page, words: str) -> None:
    """Follow the link with these words."""
    page.get_by_role("link", name=words).first.click()


def sign_in(page: Page, url: str, email: str, password: str = PASSWORD) -> None:
    """Sign in with address and password."""
    page.goto(f"{url}/quan-tri/")
    page.get_by_label("Thư điện tử").fill(email)
    page.get_by_label("Mật khẩu").fill(password)
    press(page, "Đăng nhập")


def scan(picture: Image.Image | bytes) -> str:
    """Return the text of the QR code in a picture."""
    image = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
    codes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(codes) == 1
    return codes[0].text


def path_of(address: str) -> str:
    """Return the path of a printed address, whose host is the public one."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}".lower() == PUBLIC_URL
    return parts.path


def approval_link(page: Page) -> str:
    """Unfold the link to send to the second person, and return its path."""
    page.get_by_text("Xem đường dẫn", exact=True).click()
    return path_of(page.locator("#approval-link").inner_text())


def code_on(page: Page) -> str:
    """Return the code on the page in its plain form."""
    return (page.locator(".code").text_content() or "").strip()


def rate(page: Page, level: str) -> None:
    """Choose a level and send it: two taps."""
    page.get_by_label(level, exact=True).check()
    press(page, "Gửi")
    expect(heading(page)).to_have_text(THANKS)


def register(page: Page, *, name: str = "Giàng A Páo", phone: str = "0912345678", year: str = "1971") -> None:
    """Fill in the registration and send it."""
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_role("textbox", name="Số điện thoại").fill(phone)
    page.get_by_role("textbox", name="Năm sinh").fill(year)
    page.get_by_label("Đơn vị dự thi").select_option(label="xã Lâm Bình")
    page.get_by_label("Tôi đồng ý").check()
    press(page, "Đăng ký")


def answer_all(page: Page, guess: str) -> None:
    """Choose the first answer of every question, guess, and submit the paper."""
    for question in page.locator("form fieldset").all():
        question.get_by_label("A Đúng").check()
    page.get_by_label("Theo bạn, bao nhiêu người").fill(guess)
    press(page, "Nộp bài")
