"""Guessable passwords."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from account.rules.password import is_guessable


@pytest.mark.parametrize(
    "password",
    [
        "123456789012", "000000000000", "aaaaaaaaaaaa", "abcdefghijkl", "qwertyuiop[]", "QWERTYUIOP12", "987654321098",
        "1q2w3e4r5t6y", "1qaz2wsx3edc", "abcabcabcabc", "hoahoahoahoa", "abcdabcdabcd", "111222333444", "............",
        "password1234", "Password@1234", "p@ssw0rd2026!", "mat khau 2026", "Mật khẩu của tôi 1", "matkhau123456",
        "matkhaumatkhau", "adminadmin12", "quantri@2026", "2026langnghe", "anhyeuem1234", "xin chào việt nam",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_guessable(password):
    assert is_guessable(password)


@pytest.mark.parametrize(
    "password",
    [
        "mat khau du dai", "bón lúa mùa này", "ngựa pin ghim đúng", "7K3M9QXD2F4A8BCE", "con trâu đi trước cái cày",
        "sông Gâm nước lớn", "mot mat khau moi", "0912345678 của bà Mùi", "ubnd xã lâm bình 2026",
    ],
)  # fmt: skip
def test_a_short_sentence_or_a_drawn_code_is_not(password):
    assert not is_guessable(password)


@given(st.text(max_size=200))
def test_anything_that_can_be_typed_gets_an_answer(password):
    assert is_guessable(password) in (True, False)


@given(st.text("abcdghxyz0123456789AZ", min_size=1, max_size=6), st.integers(3, 30))
def test_a_few_letters_over_and_over_are_guessable_however_often(unit, times):
    assert is_guessable(unit * times)
