"""Passwords that are refused as easy to guess, with a sentence for their owners."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from account.operations.links import make_link
from account.operations.password import WeakPassword, hash_password, weakness_of
from account.rules.password import LONGEST
from core import clock
from tests.factories import PASSWORD, make_account, make_unit
from tests.support.staff import enter, send

ABOUT = ("binh.tran@xalambinh.gov.vn", "Trần Thị Bình", "xã Lâm Bình")


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "000000000000",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "qwertyuiop[]",
        "QWERTYUIOP12",
        "987654321098",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "abcabcabcabc",
        "hoahoahoahoa",
        "abcdabcdabcd",
        "111222333444",
        "............",
        "password1234",
        "Password@1234",
        "p@ssw0rd2026!",
        "mat khau 2026",
        "Mật khẩu của tôi 1",
        "matkhau123456",
        "matkhaumatkhau",
        "adminadmin12",
        "quantri@2026",
        "2026langnghe",
        "anhyeuem1234",
        "xin chào việt nam",
        "mat khau du dai",
        "hanoi12052026",
        "",
    ],
)
def test_a_common_password_is_easy_to_guess(password):
    assert weakness_of(password) is not None


@pytest.mark.parametrize(
    "password",
    [
        "bón lúa mùa này",
        "ngựa pin ghim đúng",
        "7K3M9QXD2F4A8BCE",
        "con trâu đi trước cái cày",
        "sông Gâm nước lớn",
        "mot mat khau moi",
        "0912345678 của bà Mùi",
        "ubnd xã lâm bình 2026",
    ],
)
def test_a_short_sentence_or_a_random_code_is_accepted(password):
    assert weakness_of(password) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("aaaaaaaaaaaa", "repeat"),
        ("hoahoahoahoa", "repeat"),
        ("abcdefghijkl", "sequence"),
        ("qwertyuiop[]", "keys"),
        ("password1234", "common"),
        ("mat khau 2026", "common"),
        ("hanoi12052026", "date"),
    ],
)
def test_the_reason_is_named(password, why):
    assert weakness_of(password) == why


@pytest.mark.parametrize("password", ["Lâm Bình 2026", "TranThiBinh@1990", "binh.tran 2026", "xalambinh.gov.vn"])
def test_words_about_an_account_are_refused_for_its_owner_alone(password):
    assert (weakness_of(password, ABOUT), weakness_of(password)) == ("own", None)


def test_words_about_one_account_are_not_kept_for_the_next():
    weakness_of("Lâm Bình 2026", ABOUT)

    assert weakness_of("Lâm Bình 2026") is None


def test_the_error_gives_the_reason_in_a_sentence():
    with pytest.raises(WeakPassword) as refused:
        hash_password("Lâm Bình 2026", ABOUT)

    assert str(refused.value) == (
        "Mật khẩu này quá dễ đoán: có tên, thư điện tử hoặc đơn vị của chính ông/bà. "
        "Hãy dùng một câu ngắn dễ nhớ, ví dụ bốn từ không liên quan."
    )


OWN = "có tên, thư điện tử hoặc đơn vị của chính ông/bà"


@pytest.fixture
def officer(session):
    account = make_account(session, unit=make_unit(session, name="xã Lâm Bình"))
    session.commit()
    return account


def test_a_password_made_of_ones_own_unit_is_refused_where_it_is_changed(client, officer):
    enter(client, officer)
    new = {"password": "Lâm Bình 2026", "again": "Lâm Bình 2026"}

    page = send(client, "/quan-tri/tai-khoan/mat-khau", present=PASSWORD, **new)

    assert (page.status_code, OWN in page.text) == (422, True)


def test_a_password_made_of_ones_own_unit_is_refused_at_a_link(session, client, officer):
    path = f"/quan-tri/vao/{make_link(session, officer, now=clock.now())}"
    session.commit()
    client.get(path)

    page = send(client, "/quan-tri/vao", password="Lâm Bình 2026", again="Lâm Bình 2026")

    assert (page.status_code, OWN in page.text) == (422, True)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=LONGEST))
def test_every_text_gets_a_verdict(password):
    assert weakness_of(password) in (None, "common", "own", "keys", "repeat", "sequence", "date", "short")


@settings(max_examples=25, deadline=None)
@given(st.text("abcdghxyz0123456789AZ", min_size=1, max_size=6), st.integers(3, 30))
def test_repeated_letters_are_easy_at_any_length(unit, times):
    assert weakness_of(unit * times) is not None


def test_the_longest_password_is_checked_within_a_second():
    drawn = "kQ7)vZ2pX!9rT(4mB#8wL%1sD^6yH&3cN*5gF" * 6

    begun = perf_counter()
    assert weakness_of(drawn[:LONGEST]) is None
    assert perf_counter() - begun < 5
