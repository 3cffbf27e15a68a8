"""Read a printed sheet as a phone and as a person would."""

from functools import lru_cache

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from core import qr
from survey.counter.documents import Poster

MM = 72 / 25.4
PAGES = {"a4": (210, 297), "a5": (148, 210), "the": (210, 297), "nhan": (210, 297)}
COPIES = {"a4": 1, "a5": 1, "the": 2, "nhan": 6}


def poster(**changes):
    valid = {
        "office": "Trung tâm Phục vụ hành chính công xã Lâm Bình",
        "counter": "Quầy 2: Hộ tịch, chứng thực",
        "url": "https://DANHGIA.LAMBINH.VN/Q/7K3M9QXD2F",
        "typed_address": "danhgia.lambinh.vn/q/7K3M9-QXD2F",
        "check_code": "9TWB",
        "host": "Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Bình",
        "hotline": "0207 3 812 345",
    }
    return Poster(**{**valid, **changes})


def pages_of(pdf):
    return list(pypdfium2.PdfDocument(pdf))


@lru_cache(maxsize=1)  # codes and their quiet zones are read from the same page
def symbols_on(page, scale=2):
    picture = page.render(scale=scale, grayscale=True).to_pil()
    return zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)  # all formats take ten times as long


def texts_on(page, scale=2):
    """Return the text of every code on the page."""
    return [found.text for found in symbols_on(page, scale)]


def photographed(page, turned=0):
    """Return the text of every code on a poor photograph of the page: 60 dots an inch, a tenth of print, and blurred.

    *turned* is in degrees.
    """
    sharp = page.render(scale=4 * 60 / 72, grayscale=True).to_pil()
    small = sharp.reduce(4).rotate(turned, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    poor = small.filter(ImageFilter.GaussianBlur(0.8))
    return [found.text for found in zxingcpp.read_barcodes(poor, formats=zxingcpp.BarcodeFormat.QRCode)]


def words_on(page):
    return " ".join(page.get_textpage().get_text_bounded().split())


def boxes_on(page):
    """Return left, bottom, right and top of every piece of text, in points."""
    text = page.get_textpage()
    return [text.get_rect(index) for index in range(text.count_rects())]


def overlap(one, other):
    left, right = max(one[0], other[0]), min(one[2], other[2])
    low, high = max(one[1], other[1]), min(one[3], other[3])
    return right - left > 0.5 and high - low > 3  # marks above and below letters may touch, letters may not


def overlapping(page):
    boxes = boxes_on(page)
    return [(one, two) for place, one in enumerate(boxes) for two in boxes[:place] if overlap(one, two)]


def quiet_zones(page, scale=4):
    """Return the symbols of the page with their quiet zones, in points, slightly reduced."""
    high = page.get_size()[1]
    zones = []
    for found in symbols_on(page, scale):
        corners = [getattr(found.position, name) for name in ("top_left", "top_right", "bottom_left", "bottom_right")]
        xs, ys = [corner.x / scale for corner in corners], [high - corner.y / scale for corner in corners]
        quiet = qr.QUIET * (max(xs) - min(xs)) / len(qr.matrix(found.text)) - 1
        zones.append((min(xs) - quiet, min(ys) - quiet, max(xs) + quiet, max(ys) + quiet))
    return zones


def pieces(sheet):
    """Return the pieces into which a sheet is folded or cut, in points; no text may cross their edges."""
    if sheet == "the":
        edges = (0, 50, 166, 282, 297)
        return [(0, low * MM, 210 * MM, high * MM) for low, high in zip(edges, edges[1:], strict=False)]
    if sheet == "nhan":
        cells = [(10 + 95 * x, 10.5 + 92 * y) for x in range(2) for y in range(3)]
        return [(x * MM, y * MM, (x + 95) * MM, (y + 92) * MM) for x, y in cells] + [(0, 0, 210 * MM, 10.5 * MM)]
    width, height = PAGES[sheet]
    return [(0, 0, width * MM, height * MM)]


def astray(page, sheet):
    """Return the boxes of text that are not within one piece of the sheet."""
    return [box for box in boxes_on(page) if not any(_within(box, piece) for piece in pieces(sheet))]


def _within(box, piece):
    return box[0] >= piece[0] - 1 and box[1] >= piece[1] - 1 and box[2] <= piece[2] + 1 and box[3] <= piece[3] + 1
