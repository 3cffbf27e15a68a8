"""Names of units: one key for every spelling, and nothing essential left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.place import kind_in, place_key, plain


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("UBND xã Xuân Lập", "xuan lap"), ("xa xuan lap", "xuan lap"), ("X. Xuân Lập", "xuan lap"),
        ("Uỷ ban nhân dân xã Xuân Lập", "xuan lap"), ("TT Lăng Can", "lang can"), ("Thị trấn Lăng Can", "lang can"),
        ("P.Xuân Lập", "xuan lap"), ("đặc khu Lý Sơn", "ly son"), ("tỉnh Tuyên Quang", "tuyen quang"),
        ("TP. Đà Nẵng", "da nang"), ("huyện Lâm Bình", "lam binh"),
    ],
)  # fmt: skip
def test_the_word_of_the_kind_is_left_out(typed, key):
    assert place_key(typed) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("xã Quan Sơn", "quan son"), ("Quan Sơn", "quan son"), ("quan son", "quan son"), ("xã Xà Phìn", "xa phin"),
        ("Xà Phìn", "xa phin"), ("xã Tịnh Khê", "tinh khe"), ("Tịnh Khê", "tinh khe"),
        ("phường Phường Đúc", "phuong duc"),
        ("phường 1", "1"), ("Xã", "xa"), ("", ""), ("UBND", "ubnd"),
    ],
)  # fmt: skip
def test_a_name_that_begins_like_such_a_word_is_kept_whole(name, key):
    assert place_key(name) == key


@pytest.mark.parametrize(
    ("name", "kind"),
    [("xã Xuân Lập", "commune"), ("phuong xuan lap", "ward"), ("TT. Lăng Can", "township"), ("Xuân Lập", None),
     ("thành phố Hà Giang", "city"), ("UBND xã Xuân Lập", "commune"), ("Quan Sơn", None), ("", None)],
)  # fmt: skip
def test_the_kind_in_a_name_is_recognised(name, kind):
    assert kind_in(name) == kind


@given(st.text(max_size=30))
def test_a_key_is_the_end_of_the_plain_name_and_never_lost(text):
    assert plain(text).endswith(place_key(text))
    assert bool(place_key(text)) == bool(plain(text))
