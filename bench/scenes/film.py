"""Film a citizen who rates and a pupil who enters the contest: one animated picture of half a minute."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

MOST = 1_500_000
"""The most bytes of the film."""
SCREEN, CANVAS, CORNER = (360, 680), (760, 720), (380, 20)
PAPER, INK, SOFT, LINE, LEAF = "#fbf8f1", "#1f2a2e", "#525c5e", "#ddd4c2", "#1f6f54"
FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
CITIZEN = ("Người dân", "Chấm điểm\nở quầy", ("Quét mã ở quầy", "Chọn một mức", "Bấm Gửi là xong", "Muốn thì nói thêm"))
PUPIL = ("Học sinh", "Vào thi\ntuần này", ("Mở cuộc thi", "Đăng ký một lần", "Mười câu hỏi", "Dự đoán, nộp bài"))
Chapter = tuple[str, str, tuple[str, ...]]
Later = Callable[[timedelta], None]


@dataclass
class Film:
    """The frames so far: a telephone's screen beside the steps of its chapter."""

    page: Any
    chapter: Chapter = CITIZEN
    step: int = 0
    frames: list[tuple[Image.Image, int]] = field(default_factory=list)

    def hold(self, ms: int, at: tuple[float, float] | None = None) -> None:
        """Add the present screen for *ms*, with a finger *at* a place."""
        screen = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        if at is not None:
            _touch(screen, at)
        self.show(screen, ms)

    def show(self, screen: Image.Image, ms: int) -> None:
        """Add a frame with *screen* for *ms*."""
        frame = self._card()
        frame.paste(screen, CORNER)
        left, top = CORNER
        edge = (left - 1, top - 1, left + SCREEN[0], top + SCREEN[1])
        ImageDraw.Draw(frame).rounded_rectangle(edge, 6, outline=LINE, width=2)
        self.frames.append((frame, ms))

    def tap(self, place: Any, *, after: int = 700, goes: bool = False) -> None:
        """Scroll to *place*, show a finger on it, and press it; *goes* says that another page follows."""
        self.reach(place)
        box = place.bounding_box()
        at = (box["x"] + min(box["width"] / 2, 150), box["y"] + box["height"] / 2)
        self.hold(450, at)
        with self.page.expect_navigation() if goes else nullcontext():
            self.page.mouse.click(*at)
        self.hold(after)

    def reach(self, place: Any) -> None:
        """Scroll in three steps until *place* is in the middle of the screen, unless it is seen well."""
        box, start = place.bounding_box(), self.page.evaluate("scrollY")
        if 70 < box["y"] < SCREEN[1] - 120:
            return
        far = box["y"] + box["height"] / 2 - SCREEN[1] / 2
        for share in (0.35, 0.75, 1):
            self.page.evaluate("to => scrollTo(0, to)", start + far * share)
            self.hold(90)

    def write(self, place: Any, text: str) -> None:
        """Type *text* in two pieces."""
        self.reach(place)
        for part in (text[: len(text) // 2], text):
            place.fill(part)
            self.hold(260)

    def _card(self) -> Image.Image:
        frame = Image.new("RGB", CANVAS, PAPER)
        draw, (kicker, title, steps) = ImageDraw.Draw(frame), self.chapter
        draw.text((36, 84), kicker, fill=LEAF, font=_font("SemiBold", 20))
        draw.multiline_text((36, 116), title, fill=INK, font=_font("Bold", 46), spacing=8)
        for number, words in enumerate(steps):
            top, is_now = 292 + number * 62, number == self.step
            done = number < self.step
            draw.ellipse((36, top, 68, top + 32), fill=LEAF if is_now or done else PAPER, outline=LEAF, width=2)
            colour = PAPER if is_now or done else LEAF
            draw.text((52, top + 16), str(number + 1), fill=colour, font=_font("Bold", 17), anchor="mm")
            font = _font("SemiBold" if is_now else "Regular", 20)
            draw.text((82, top + 16), words, fill=INK if is_now else SOFT, font=font, anchor="lm")
        draw.text((36, 660), "Lắng Nghe", fill=LEAF, font=_font("Bold", 22), anchor="lm")
        return frame


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"BeVietnamPro-{weight}.ttf", size)


def _touch(screen: Image.Image, at: tuple[float, float]) -> None:
    """Draw a finger's touch."""
    layer = Image.new("RGBA", screen.size)
    x, y = at
    ImageDraw.Draw(layer).ellipse((x - 20, y - 20, x + 20, y + 20), fill=(31, 111, 84, 120), outline="white", width=3)
    screen.paste(layer, (0, 0), layer)


def _camera(poster: bytes) -> Image.Image:
    """Return the poster as a telephone's camera sees it."""
    screen, sheet = Image.new("RGB", SCREEN, INK), Image.open(io.BytesIO(poster)).convert("RGB")
    sheet = sheet.resize((330, round(sheet.height * 330 / sheet.width)), Image.Resampling.LANCZOS)
    screen.paste(sheet, (15, (SCREEN[1] - sheet.height) // 2))
    return screen


def film(browser: Any, scenery: Any, contest: str, poster: bytes, later: Later, file: Path) -> None:
    """Store both walks as an animated WebP, as good as `MOST` allows.

    The first begins at the *poster*; *later* puts the clock on, so that the paper takes some minutes.
    """
    context = browser.new_context(
        locale="vi-VN",
        viewport={"width": SCREEN[0], "height": SCREEN[1]},
        reduced_motion="reduce",
        color_scheme="light",
    )
    context.set_default_timeout(30_000)
    made = Film(context.new_page())
    made.show(_camera(poster), 2000)
    _rate(made, scenery)
    _compete(made, scenery.url + contest, later)
    context.close()
    first, *rest = [frame for frame, _ in made.frames]
    for quality in (80, 70, 60, 50, 40):
        first.save(
            file,
            "WEBP",
            save_all=True,
            append_images=rest,
            duration=[ms for _, ms in made.frames],
            loop=0,
            quality=quality,
            method=4,
            kmin=9,
            kmax=30,
        )
        if file.stat().st_size <= MOST:
            break
    seconds = sum(ms for _, ms in made.frames) / 1000
    print(f"{file.name}  {file.stat().st_size / 1000:.0f} kB, {len(made.frames)} frames, {seconds:.0f} s", flush=True)


def _rate(film: Film, scenery: Any) -> None:
    page = film.page
    page.goto(f"{scenery.url}/q/{scenery.counter}")
    film.step = 1
    film.hold(1500)
    film.tap(page.locator("label", has_text="Rất hài lòng").first)
    film.step = 2
    film.tap(page.get_by_role("button", name="Gửi").first, after=1800, goes=True)
    film.step = 3
    film.tap(page.locator("label", has_text="Hướng dẫn thủ tục").first, after=400)
    film.write(page.get_by_label("Góp ý thêm"), "Cô ở quầy chỉ từng dòng, xong trong buổi sáng.")
    film.tap(page.get_by_role("button", name="Gửi thêm").first, after=1900, goes=True)


def _compete(film: Film, address: str, later: Later) -> None:
    page, film.chapter, film.step = film.page, PUPIL, 0
    page.goto(address)
    film.hold(1900)
    film.step = 1
    page.goto(f"{address}/dang-ky")
    film.hold(700)
    film.write(page.get_by_label("Họ và tên"), "Ma Thị Thu Hà")
    film.write(page.get_by_role("textbox", name="Số điện thoại"), "0912 345 678")
    page.get_by_role("textbox", name="Năm sinh").fill("2008")
    page.get_by_label("Đơn vị dự thi").select_option(label="xã Lâm Bình")
    film.tap(page.get_by_label("Tôi đồng ý"), after=400)
    film.tap(page.get_by_role("button", name="Đăng ký").first, after=1900, goes=True)
    film.step = 2
    film.tap(page.get_by_role("button", name="Bắt đầu làm bài").first, after=1300, goes=True)
    for number, question in enumerate(page.locator("form fieldset").all()):
        answer = question.locator("label").nth(number % 3)
        if number < 3:
            film.tap(answer, after=350)
        else:
            answer.locator("input").check()
            film.hold(160)
    film.step = 3
    film.write(page.get_by_label("Theo bạn, bao nhiêu người"), "214")
    later(timedelta(minutes=4, seconds=12))
    film.tap(page.get_by_role("button", name="Nộp bài").first, after=3200, goes=True)
