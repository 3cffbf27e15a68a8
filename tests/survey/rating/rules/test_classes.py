"""The class of a rating, by how often its sender was seen."""

from datetime import date

import pytest

from survey.rating.rules.classes import DECIDED, ORDINARY, RatingClass, Sightings, classify

WEDNESDAY = date(2026, 6, 17)


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        (Sightings(), "first"),
        (Sightings(of_device=2, of_browser=2, of_network=2, on_page=2), "again"),
        (Sightings(of_device=3, of_browser=3), "again"),
        (Sightings(of_device=4, of_browser=4), "more"),
        (Sightings(on_page=4), "more"),
        (Sightings(of_browser=30, of_network=30), "again"),
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
    assert classify(sender, WEDNESDAY) == expected


@pytest.mark.parametrize(
    ("seen_on", "expected"),
    [
        (date(2026, 6, 16), "again"),
        (date(2026, 6, 15), "again"),
        (date(2026, 6, 14), "back"),
        (date(2026, 6, 4), "back"),
    ],
)
def test_a_device_is_back_from_an_earlier_week_and_again_within_one(seen_on, expected):
    assert classify(Sightings(seen_on=seen_on), WEDNESDAY) == expected


def test_a_device_that_was_seen_in_another_month_is_new_in_this_one():
    assert classify(Sightings(seen_on=date(2026, 5, 31)), date(2026, 6, 1)) == "first"


@pytest.mark.parametrize(
    ("recent", "of_network", "expected"), [(200, 31, "burst"), (240, 36, "first"), (240, 37, "burst")]
)
def test_a_busy_counter_takes_three_times_its_usual_day_from_one_network(recent, of_network, expected):
    assert classify(Sightings(recent=recent, of_network=of_network), WEDNESDAY) == expected


def test_a_decision_can_be_taken_back_and_the_ordinary_need_none():
    assert [each.is_counted for each in RatingClass] == [True] * 3 + [False] * 3 + [True] * 3
    assert [each.opposite.opposite for each in DECIDED] == list(DECIDED)
    with pytest.raises(KeyError):
        assert ORDINARY[0].opposite
