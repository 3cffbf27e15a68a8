"""Pictures of shared addresses: one size, a light file, the same bytes for the same words."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core import share_card
from core.gate import Busy, Gate
from core.share_card import ShareCard, draw_card, wrapped

CARD = ShareCard("Hạng 7 trong 489 người", ("Tuần 1",), above="Giải Ba", marks=(True,) * 9 + (False,), medal=3)


def test_a_picture_has_the_size_that_messengers_expect():
    with Image.open(io.BytesIO(draw_card(CARD))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert picture.info == {}
    assert len(draw_card(CARD)) < 80_000


def test_equal_words_are_drawn_once():
    assert draw_card(ShareCard("Cuộc thi")) is draw_card(ShareCard("Cuộc thi"))


def test_a_full_gate_refuses_a_new_picture(monkeypatch):
    monkeypatch.setattr(share_card, "_drawing", Gate(at_once=1, waiting=0, patience=0.01))

    with share_card._drawing.passing(), pytest.raises(Busy):
        draw_card(ShareCard("chưa ai vẽ"))


@settings(max_examples=20)
@given(st.text(max_size=200))
def test_any_title_is_drawn_and_no_row_is_wider_than_its_room_unless_one_word(text):
    rows = wrapped(text, share_card.BOLD, 52, 600)

    assert " ".join(rows).split() == share_card.normalize("NFC", text[: share_card.LONGEST]).split()
    face = share_card._face(share_card.normalize("NFC", text[: share_card.LONGEST]), share_card.BOLD)
    font = share_card._font(face, 52)
    assert all(" " not in row or font.getlength(row) <= 600 for row in rows)


def test_the_longest_words_stay_between_the_band_and_the_foot():
    title = "Tìm hiểu cải cách hành chính và chuyển đổi số vùng hồ Lâm Bình, tỉnh Tuyên Quang năm 2026"
    card = ShareCard(title, (title, title), above=title, marks=(True,) * 30, medal=2)
    with Image.open(io.BytesIO(draw_card(card))) as picture:
        drawn = picture.convert("RGB")
    edges = [drawn.getpixel((x, y)) for y in (share_card.BAND + 2, share_card.FOOT + 4) for x in range(480, 1200, 7)]
    assert min(min(dot) for dot in edges) > 230
