"""The look that a format gives a number, in the ways of Excel here and elsewhere."""

import pytest

from core.sheets.looks import look_of, shown_number


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("#,##0", 1_234_567, "1.234.567"),
        ("#,##0.00", 1000, "1.000,00"),
        ("_-* #,##0_-;-* #,##0_-", 1000, "1.000"),
        ('#,##0\\ "₫"', 50_000, "50.000 ₫"),
        ("[$-42A]#,##0 ;(#,##0)", 1000, "1.000"),
        ("0.0%", 0.125, "12,5%"),
        ("0.00", 1234.5, "1234,50"),
    ],
)
def test_a_number_is_shown_as_in_its_cell(code, number, shown):
    look = look_of(code)

    assert look is not None
    assert shown_number(number, look) == shown


@pytest.mark.parametrize("code", ["General", "0", "@", "dd/mm/yyyy", "h:mm", "0E+00", "#,##0,", "00000", "", '"'])
def test_a_format_that_adds_nothing_or_is_no_number_s_has_no_look(code):
    assert look_of(code) is None
