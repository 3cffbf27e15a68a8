"""Prizes as plans write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.contest.rules.prizes import Tier, above_ceiling, budget, ceiling, read_amount, read_tier, written


@pytest.mark.parametrize(
    ("line", "tier"),
    [
        ("01 giải Nhất: 1.000.000 đồng", Tier("Giải Nhất", 1, 1_000_000)),
        ("- 02 giải Nhì: 500.000đ/giải;", Tier("Giải Nhì", 2, 500_000)),
        ("03 giải Ba: mỗi giải trị giá 300.000 đồng", Tier("Giải Ba", 3, 300_000)),
        ("05 giải Khuyến khích: 200 nghìn đồng", Tier("Giải Khuyến khích", 5, 200_000)),
        ("10 giải Khuyến khích: 0,5 triệu đồng/giải", Tier("Giải Khuyến khích", 10, 500_000)),
        ("Giải Nhất: 1", Tier("Giải Nhất", 1)),
        ("01 giải Nhất", Tier("Giải Nhất", 1)),
        ("01 giải Nhất một triệu đồng", None),  # an amount in words
        ("Giải Nhất = 1", Tier("Giải Nhất", 1)),
        ("Giải Nhất: 01 giải", Tier("Giải Nhất", 1)),
        ("Giải Nhất: 1 giải, 1.000.000 đồng", Tier("Giải Nhất", 1, 1_000_000)),
        ("Giải Nhất: 2 x 1.000.000 đồng", Tier("Giải Nhất", 2, 1_000_000)),
        ("giải Nhất 1.000.000 đồng", None),
        ("Giải Nhất: 1.000.000 đồng", None),  # how many?
        ("00 giải Nhất: 1.000.000 đồng", None),
        ("1001 giải Nhất: 1.000 đồng", None),
        ("01 giải Nhất: một triệu đồng", None),
        ("01 giải Nhất: 1,2345 nghìn đồng", None),
        ("Giải Nhất: 0", None),
        ("", None),
    ],
)
def test_a_line_of_a_plan_is_read(line, tier):
    assert read_tier(line) == tier


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,000,000 VNĐ", 1_000_000), ("1000000", 1_000_000), ("1.5 triệu", 1_500_000), ("20 tỷ", None), ("1.2.3", None)],
)
def test_an_amount_is_read_in_dong(text, amount):
    assert read_amount(text) == amount


_NAMES = st.sampled_from(("Giải Nhất", "Giải Nhì", "Giải Khuyến khích", "Giải đồng hành"))


@given(st.builds(Tier, _NAMES, st.integers(1, 1000), st.one_of(st.none(), st.integers(0, 10**10))))
def test_what_is_written_is_read_again(tier):
    assert read_tier(written(tier)) == tier


@pytest.mark.parametrize(
    ("name", "one", "group"),
    [
        ("Giải Nhất", 9_000_000, 15_000_000),
        ("Giải nhì cá nhân", 4_500_000, 10_500_000),
        ("Giải Ba", 3_000_000, 7_500_000),
        ("Giải Khuyến khích", 1_500_000, 4_500_000),
        ("Giải tuần", 750_000, 750_000),
        ("Giải bạn đọc", 750_000, 750_000),
    ],
)
def test_ceilings_are_those_of_the_circular(name, one, group):
    assert (ceiling(name, is_collective=False), ceiling(name, is_collective=True)) == (one, group)


def test_a_prize_above_the_ceiling_is_hinted_at():
    dear, fair = Tier("Giải Nhất", 1, 9_000_001), Tier("Giải Nhì", 2, 4_500_000)

    assert above_ceiling([dear, fair, Tier("Giải Ba", 3)], is_collective=False) == [(dear, 9_000_000)]
    assert budget([dear, fair]) == 18_000_001
