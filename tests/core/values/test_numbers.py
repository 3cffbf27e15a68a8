"""Numbers as Vietnamese readers write them."""

from decimal import Decimal

import pytest

from core.values.numbers import clock_text, decimal, percent, thousands


@pytest.mark.parametrize(("n", "written"), [(0, "0"), (999, "999"), (11963, "11.963"), (-1234567, "-1.234.567")])
def test_thousands_are_parted_by_dots(n: int, written: str) -> None:
    assert thousands(n) == written


@pytest.mark.parametrize(
    ("x", "places", "written"),
    [
        (87.25, 1, "87,3"),
        (86.26, 2, "86,26"),
        (1234.5, 0, "1.235"),
        (-0.04, 1, "0,0"),
        (Decimal("0.5"), 0, "1"),
    ],
)
def test_decimals_have_a_comma_and_halves_round_up(x: float, places: int, written: str) -> None:
    assert decimal(x, places) == written


def test_infinity_cannot_be_written_out() -> None:
    with pytest.raises(ValueError, match="finite"):
        decimal(float("inf"))


@pytest.mark.parametrize(("share", "written"), [(0.873, "87,3\xa0%"), (1, "100,0\xa0%"), (0.07, "7,0\xa0%")])
def test_a_share_is_written_as_a_percentage(share: float, written: str) -> None:
    assert percent(share) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0 giây"), (59, "59 giây"), (252, "4 phút 12 giây"), (3600, "1 giờ"), (7384, "2 giờ 3 phút 4 giây")],
)
def test_durations_are_written_in_words(seconds: int, written: str) -> None:
    assert clock_text(seconds) == written


def test_a_negative_duration_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        clock_text(-1)
