"""The sample: its size by the ministry's formula, its strata in proportion, the same draw from the same seed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.dossier.rules.sample import allocate, draw, sample_size

SIZES = st.dictionaries(st.text("abcde", min_size=1, max_size=3), st.integers(0, 5000), max_size=12)


@pytest.mark.parametrize(
    ("population", "n"), [(0, 0), (1, 1), (20, 20), (100, 80), (400, 200), (1903, 331), (33_260, 396), (10**7, 400)]
)
def test_the_size_is_that_of_the_formula_rounded_up(population, n):
    assert sample_size(population) == n


def test_the_largest_remainders_get_the_rest():
    assert allocate({"a": 47, "b": 16, "c": 158, "d": 81}, 100) == {"a": 16, "b": 5, "c": 52, "d": 27}


def test_equal_remainders_go_to_the_larger_stratum_then_to_the_first_name():
    assert allocate({"a": 2, "b": 6}, 2) == {"a": 0, "b": 2}
    assert allocate({"z": 5, "a": 5, "b": 5}, 1) == {"z": 0, "a": 1, "b": 0}


@given(SIZES, st.integers(0, 500))
def test_the_shares_sum_to_the_sample_and_stay_within_a_unit_of_proportion(sizes, n):
    shares, whole = allocate(sizes, n), sum(sizes.values())

    assert sum(shares.values()) == min(n, whole)
    assert all(shares[name] <= size for name, size in sizes.items())
    assert all(abs(shares[name] * whole - min(n, whole) * size) < whole for name, size in sizes.items() if whole)


def test_the_draw_takes_the_lowest_hashes_of_each_stratum():
    numbers = [(stratum, f"{stratum}-{at}") for stratum in "ab" for at in range(50)]

    drawn = draw("hạt giống", numbers, {"a": 3, "b": 2})

    by_hand = sorted(
        (f"a-{at}" for at in range(50)), key=lambda each: hashlib.sha256(f"hạt giống\n{each}".encode()).hexdigest()
    )
    assert [number for stratum, number in drawn if stratum == "a"] == by_hand[:3]
    assert [stratum for stratum, _ in drawn] == ["a", "a", "a", "b", "b"]


def test_the_order_of_the_list_does_not_matter_and_another_seed_draws_others():
    numbers = [("a", str(at)) for at in range(300)]

    once, again = draw("1", numbers, {"a": 40}), draw("1", reversed(numbers), {"a": 40})

    assert once == again
    assert draw("2", numbers, {"a": 40}) != once


def test_a_stratum_without_a_share_gives_nothing():
    assert draw("1", [("a", "1"), ("b", "2")], {"a": 0, "b": 1}) == [("b", "2")]
