"""Columns of ids and of whole numbers say what lists of texts and of numbers would say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.values.columns import IdColumn, ints, optional, taken

HALVES = st.sampled_from(["0" * 16, "f" * 16, "0" * 15 + "1", "8" + "0" * 15])
IDS = st.lists(
    st.one_of(st.uuids().map(str), st.tuples(HALVES, HALVES).map(lambda two: dashed("".join(two)))), unique=True
)
"""Ids of which several begin alike."""


def dashed(id):
    return f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"


@given(IDS)
def test_a_column_is_the_list_of_its_ids(ids):
    column = IdColumn.of(ids)

    assert (len(column), list(column), [column[at] for at in range(len(ids))]) == (len(ids), ids, ids)
    assert column.digits() == [id.replace("-", "") for id in ids]
    assert list(column[1:3]) == ids[1:3]
    assert [ids[at] for at in column.order] == sorted(ids)
    assert column.ranks.tolist() == [sorted(ids).index(id) for id in ids]


@given(IDS, st.lists(st.integers(0, 30)))
def test_ids_are_found_where_they_are_and_no_others(ids, places):
    mine, theirs = ids[::2], [*ids, *(ids[at % len(ids)] for at in places if ids)]

    found = IdColumn.of(mine).places_of(IdColumn.of(id.replace("-", "") for id in theirs))

    assert found.tolist() == [mine.index(id) if id in mine else -1 for id in theirs]


@given(st.lists(st.none() | st.integers(-(2**62), 2**62)))
def test_numbers_come_back_as_they_were(numbers):
    assert optional(ints(numbers)) == numbers


def test_ids_are_taken_from_a_column_as_from_a_list():
    ids = [dashed(f"{at:032x}") for at in range(4)]
    places, flags = np.array([3, 0]), np.array([True, False, False, True])

    assert list(taken(IdColumn.of(ids), places)) == taken(ids, places) == [ids[3], ids[0]]
    assert list(taken(IdColumn.of(ids), flags)) == taken(ids, flags) == [ids[0], ids[3]]
