"""The shape and words of a nickname, before it is compared with the people of a contest."""

import pytest

from quiz.contest.rules.nicknames import bare_names, clean_nickname, nickname_key, why_refused

PLACES = ["xã Lâm Bình", "thôn Nà Tông", "Trường THPT Lâm Bình"]


@pytest.mark.parametrize(
    "nickname",
    [
        "Sóc Nâu",
        "Ngủ Ngon",
        "Mai Vàng",
        "Lê La",
        "Hoang Dã",
        "Đỏ Thắm",
        "H’Mông",
        "Lớp 12A",
        "Chó Sói Con",
        "Các Bạn",
        "Đông Hồ",
        "Gió 2026",
        "Hoa Lâm Bình",
        "Bé Na",
        "Cụ Đồ",
        "Ong",
    ],
)
def test_ordinary_nicknames_may_stand(nickname):
    assert why_refused(clean_nickname(nickname), PLACES) is None


@pytest.mark.parametrize(
    ("nickname", "why"),
    [
        ("X", "ít nhất 2 chữ cái"),
        ("7", "ít nhất 2 chữ cái"),
        ("Sóc" * 11, "dài nhất 30"),
        ("Sóc 0912345678", "nhiều nhất 4 chữ số"),
        ("Sóc 09 12 34 56 78", "nhiều nhất 4 chữ số"),
        ("Sóc ０９１２３４５６７８", "nhiều nhất 4 chữ số"),
        ("Sóc ①②③④⑤", "nhiều nhất 4 chữ số"),
        ("<b>Sóc</b>", "Xin bỏ “<”"),
        ("Sóc & Thỏ", "Xin bỏ “&”"),
        ("Sóс Nâu", "Xin bỏ “с”"),
        ("ᴀdmin", "Xin bỏ “ᴀ”"),
        ("{{7*7}}", "Xin bỏ “{”"),
        ("Chủ tịch xã", "cơ quan hoặc chức vụ"),
        ("CHU TICH", "cơ quan hoặc chức vụ"),
        ("Chủ t1ch", "cơ quan hoặc chức vụ"),
        ("ChuTichXa", "cơ quan hoặc chức vụ"),
        ("Ủy ban xã", "cơ quan hoặc chức vụ"),
        ("U B N D", "cơ quan hoặc chức vụ"),
        ("Ban Tổ chức", "cơ quan hoặc chức vụ"),
        ("Người xã Lâm Bình", "cơ quan hoặc chức vụ"),
        ("Lâm Bình", "cơ quan hoặc chức vụ"),
        ("Đồ ngu", "không dùng nơi công cộng"),
        ("n g u", "không dùng nơi công cộng"),
        ("Con chó", "không dùng nơi công cộng"),
        ("0c ch0 ngu", "không dùng nơi công cộng"),
        ("Nguyễn Văn An", "giống họ tên"),
        ("nguyen an", "giống họ tên"),
        ("Lò Thị Mẩy", "giống họ tên"),
        ("Võ Nguyên Giáp", "giống họ tên"),
        ("Hồ Chí Minh", "cơ quan hoặc chức vụ"),
    ],
)
def test_what_may_not_stand_in_public_is_refused_with_its_reason(nickname, why):
    refusal = why_refused(clean_nickname(nickname), PLACES)

    assert refusal is not None
    assert why in refusal


def test_what_draws_nothing_is_gone_before_it_is_compared():
    assert clean_nickname("\u202eSó\u200bc\u2067 Nâu\u2069 🎉") == "Sóc Nâu"
    assert why_refused(clean_nickname("Chủ\u200b t\u00adịch")) == why_refused("Chủ tịch")


def test_spellings_of_one_nickname_are_one():
    assert {nickname_key(each) for each in ("Sóc Nâu", "SOC NAU", "s0c nau", "Sóc-Nâu", "SócNâu")} == {"socnau"}


def test_a_nickname_may_be_taken_for_a_name_without_its_digits_or_with_them_as_letters():
    assert bare_names("Mẩy H0a 2") == {"may ha", "may hoa"}
    assert bare_names("Mẩy Hoa 77") == {"may hoa"}
