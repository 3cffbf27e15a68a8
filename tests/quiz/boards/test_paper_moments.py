"""The moments of papers without a rank stand among those of the ranked ones, each once."""

from array import array

from quiz.boards.queries.papers import with_moments


def test_later_moments_come_to_their_places_once():
    assert with_moments(array("q", [1, 5, 9]), [5, 12, 3, 3]) == array("q", [1, 3, 5, 9, 12])


def test_no_moments_give_none():
    assert list(with_moments(array("q"), [])) == []
