"""Printed entry cards: a card for each code, its code read by a phone, everything within its dashes."""

import os

import pytest

from core.values.codes import in_fours
from core.values.language import use
from quiz.contest.documents.cards import A4, BOTTOM, HEIGHT, LEFT, WIDTH, CardSheet, cards_pdf
from tests.support.sheets import boxes_on, overlap, overlapping, pages_of, photographed, quiet_zones, texts_on, words_on

TURNS = (0, 7, 33, 90, 180, 211) if os.environ.get("LONG") else (7, 180)
CODES = [f"7K3M9QXD{at}" for at in range(20, 31)]
WORST = "danhgia.trungtamphucvuhanhchinhcong.tuyenquang.gov.vn/thi/" + "tim-hieu-" * 8
LONG = CardSheet(
    "Tìm hiểu cải cách hành chính và chuyển đổi số của tỉnh Tuyên Quang năm 2026 " * 2,
    "phường Nguyễn Thị Minh Khai Đông, tổ dân phố Tân Quang, khu phố 5, ngõ sau chợ Tam Cờ cũ",
    WORST,
    f"https://{WORST}/dang-ky",
)
SHORT = CardSheet("Tìm hiểu", "xã A", "a.vn/thi/x", "https://a.vn/thi/x/dang-ky")
EACH = pytest.mark.parametrize("sheet", [SHORT, LONG], ids=["short names", "the longest names"])
CELLS = [(LEFT + x * WIDTH, BOTTOM + y * HEIGHT) for x in range(2) for y in range(4)]


def is_within_a_card(box):
    left, low, right, high = box
    return any(left >= x - 1 and low >= y - 1 and right <= x + WIDTH + 1 and high <= y + HEIGHT + 1 for x, y in CELLS)


@EACH
def test_eleven_cards_take_two_pages_and_every_code_is_read_and_written(sheet):
    pages = pages_of(cards_pdf(sheet, CODES))

    read = [text for page in pages for text in texts_on(page, 4)]
    assert len(pages) == 2
    assert sorted(read) == [f"{sheet.scanned}#{code}" for code in CODES]
    text = " ".join(words_on(page) for page in pages)
    assert [text.count(in_fours(code)) for code in CODES] == [1] * len(CODES)
    assert text.count("Thẻ dự thi") == text.count("Mỗi người một thẻ, dùng một lần.") == len(CODES)
    assert text.replace(" ", "").count(sheet.place.replace(" ", "")) == len(CODES)


def test_cards_are_vietnamese_whatever_language_their_printer_reads():
    with use("en"):
        (page,) = pages_of(cards_pdf(SHORT, CODES[:1]))

    assert words_on(page).count("Thẻ dự thi") == 1


@EACH
def test_everything_stands_within_its_card_and_clear_of_the_code(sheet):
    page = pages_of(cards_pdf(sheet, CODES))[0]

    zones = quiet_zones(page)

    assert tuple(round(side) for side in page.get_size()) == tuple(round(side) for side in A4)
    assert len(zones) == 8
    assert [box for box in boxes_on(page) if not is_within_a_card(box)] == []
    assert [zone for zone in zones if not is_within_a_card(zone)] == []
    assert overlapping(page) == []
    assert [(box, zone) for box in boxes_on(page) for zone in zones if overlap(box, zone)] == []


@pytest.mark.parametrize("turned", TURNS)
def test_the_codes_are_read_from_a_small_blurred_and_turned_photograph(turned):
    page = pages_of(cards_pdf(SHORT, CODES[:8]))[0]

    assert sorted(photographed(page, turned)) == [f"{SHORT.scanned}#{code}" for code in CODES[:8]]


def test_no_code_makes_no_file():
    with pytest.raises(ValueError, match="needs a card"):
        cards_pdf(SHORT, [])
