"""Numbers of dossiers, and the gaps between them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.dossier.rules.gaps import NumberGap, gap_before
from survey.dossier.rules.numbers import read_dossier_number

DAY = "H51.25-260105-"


@pytest.mark.parametrize(
    ("text", "agency", "series", "serial"),
    [
        ("000.00.25.H51-260105-0012", "000.00.25.H51", "000.00.25.H51-260105-", 12),
        ("H51.25-260105-0012", "H51.25", DAY, 12),
        ("h51.25 – 260105 – 0012", "H51.25", DAY, 12),
        ("0123", "", "#", 123),
        ("123/2026", "", "#/2026", 123),
        ("HS-0123", "", "HS-#", 123),
        ("45/2026/BPMC", "", "#/2026/BPMC", 45),
        ("2026.07.11.A", "", "", None),
    ],
)
def test_a_number_says_its_agency_and_its_run(text, agency, series, serial):
    read = read_dossier_number(text)

    assert (read.agency, read.series, read.serial) == (agency, series, serial)


def test_two_spellings_of_one_number_have_one_key():
    assert read_dossier_number("h51.25-260105-0012 ").key == read_dossier_number("H51.25—260105-0012").key


def gaps_of(series, serials):
    """Return the gaps of one series, each below the next number."""
    found = (gap_before(series, serial, earlier) for earlier, serial in pairwise([None, *serials]))
    return [gap for gap in found if gap]


def test_a_day_of_an_agency_begins_at_one():
    assert gaps_of(DAY, [3, 4, 7]) == [NumberGap(DAY, 1, 2), NumberGap(DAY, 5, 6)]


def test_a_plain_run_may_begin_anywhere():
    assert gaps_of("#/2026", [40, 42]) == [NumberGap("#/2026", 41, 41)]


def test_one_stray_number_leaves_one_gap_however_wide():
    assert [gap.count for gap in gaps_of("#", [1, 99_999_999])] == [99_999_997]


@given(st.sets(st.integers(1, 60)))
def test_numbers_and_gaps_together_are_the_whole_day(serials):
    gaps = gaps_of(DAY, sorted(serials))

    missing = {number for gap in gaps for number in range(gap.first, gap.last + 1)}
    assert missing | serials == set(range(1, max(serials, default=0) + 1))
    assert not missing & serials
