"""The class of a rating, by how often its sender was seen."""

from datetime import date

import pytest

from survey.rating.rules.classes import LEFT_OUT, ORDINARY, RatingClass, Sightings, classify

MONDAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        (Sightings(), "first"),
        (Sightings(of_device=2, of_network=2, on_page=2), "again"),
        (Sightings(of_device=3), "again"),
        (Sightings(of_device=4), "more"),
        (Sightings(on_page=4), "more"),
        (Sightings(newcomers=5), "again"),
        (Sightings(newcomers=5, was_there=True), "again"),
        (Sightings(newcomers=6), "first"),
        (Sightings(newcomers=26), "first"),
        (Sightings(of_network=30), "first"),
        (Sightings(of_network=31), "burst"),
        (Sightings(of_network=31, of_device=31, on_page=31), "burst"),
        (Sightings(of_device=30), "more"),
        (Sightings(of_device=31), "burst"),
        (Sightings(on_page=31), "burst"),
        (Sightings(in_slot=40), "first"),
        (Sightings(in_slot=41), "burst"),
        (Sightings(is_own=True), "own"),
        (Sightings(is_own=True, of_network=500, of_device=500), "own"),
    ],
)
def test_a_rating_has_the_class_of_its_sender(sender, expected):
    assert classify(sender, MONDAY) == expected


@pytest.mark.parametrize(
    ("sender", "week", "expected"),
    [
        (Sightings(in_week=2), MONDAY, "again"),
        (Sightings(in_week=2, was_there=True), MONDAY, "again"),
        (Sightings(was_there=True), MONDAY, "back"),
        (Sightings(was_there=True), date(2026, 6, 1), "first"),  # the week before it is May's
    ],
)
def test_a_device_is_again_in_its_week_and_back_in_the_next_one_of_the_month(sender, week, expected):
    assert classify(sender, week) == expected


@pytest.mark.parametrize(
    ("usual", "of_network", "expected"),
    [
        (50, 30, "first"),
        (50, 31, "burst"),
        (60, 36, "first"),
        (60, 37, "burst"),
        (9000, 120, "first"),
        (9000, 121, "burst"),
    ],
)
def test_a_network_takes_three_usual_days_of_a_counter_and_never_more_than_one_clerk_can_serve(
    usual, of_network, expected
):
    assert classify(Sightings(usual=usual, of_network=of_network), MONDAY) == expected


@pytest.mark.parametrize(("usual", "in_slot", "expected"), [(60, 40, "first"), (60, 41, "burst"), (100, 60, "first")])
def test_ten_minutes_take_forty_or_three_usual_days(usual, in_slot, expected):
    assert classify(Sightings(usual=usual, in_slot=in_slot), MONDAY) == expected


def test_a_decision_can_be_taken_back_and_the_ordinary_need_none():
    assert [each.is_counted for each in RatingClass] == [True] * 3 + [False] * 3 + [True] * 3
    assert [each.opposite.opposite for each in LEFT_OUT] == list(LEFT_OUT)
    with pytest.raises(KeyError):
        assert ORDINARY[0].opposite
