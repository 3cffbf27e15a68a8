"""Lines that are stored from arrays are read as the same values by the ordinary ways."""

from uuid import UUID, uuid4

import numpy as np
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from core.bulk import EPOCH, insert_rows
from core.clock import MILLISECOND
from core.packed_rows import Chosen, packed_rows
from core.values.columns import NONE, IdColumn
from quiz.results.models import StandingRow
from tests.factories import make_contest, make_participant

pytestmark = pytest.mark.both_databases
MOMENT = 1_764_500_000_000 + 7


@pytest.fixture
def round(session, keyring):
    return make_contest(session).rounds[0]


@pytest.fixture
def people(session, keyring, round):
    made = [make_participant(session, keyring, round.contest, name=f"Người {at}") for at in range(3)]
    session.flush()
    return [str(each.id) for each in made]


def columns(round, people, **changed):
    size = len(people)
    given = {
        "round_id": round.id,
        "version": 1,
        "position": np.arange(size) + 1,
        "rank": np.ones(size, np.int64),
        "participant_id": IdColumn.of(people),
        "attempt_id": IdColumn.of([str(uuid4()) for _ in people]),
        "correct": np.arange(size),
        "duration_ms": np.array([5, NONE, 1_200_000][:size]),
        "guess": np.array([NONE, 0, 41][:size]),
        "distance": np.array([1 << 61, NONE, -3][:size]),
        "submitted_at": np.array([MOMENT, NONE, 999][:size]),
        "decided_by": Chosen(np.array([1, 0, 2][:size]), ["guess", None, "correct"]),
        "bloc": None,
    }
    return given | changed


def stored(session):
    return list(session.scalars(select(StandingRow).order_by(StandingRow.position)))


def test_missing_and_large_values_are_read_as_they_were_given(session, round, people):
    insert_rows(session, packed_rows(session, StandingRow, columns(round, people)))

    rows = stored(session)

    assert [row.participant_id for row in rows] == list(map(UUID, people))
    assert [(row.duration_ms, row.guess, row.distance) for row in rows] == [
        (5, None, 1 << 61),
        (None, 0, None),
        (1_200_000, 41, -3),
    ]
    assert [row.submitted_at for row in rows] == [EPOCH + MOMENT * MILLISECOND, None, EPOCH + 999 * MILLISECOND]
    assert [row.decided_by for row in rows] == [None, "guess", "correct"]
    assert [(row.round_id, row.version, row.bloc) for row in rows] == [(round.id, 1, None)] * 3


def test_values_have_the_types_that_the_ordinary_way_gives_them(session, round, people):
    insert_rows(session, packed_rows(session, StandingRow, columns(round, people)))
    if session.get_bind().dialect.name != "sqlite":
        return
    kinds = ("position", "participant_id", "correct", "guess", "submitted_at", "decided_by")
    types = (
        f"SELECT {', '.join(f'typeof({name})' for name in kinds)}, submitted_at FROM quiz_standing WHERE position = 3"
    )

    found = session.execute(text(types)).one()

    assert tuple(found) == ("integer", "text", "integer", "integer", "text", "text", "1970-01-01 00:00:00.999000")


def test_no_rows_store_nothing(session, round):
    insert_rows(session, packed_rows(session, StandingRow, columns(round, [])))

    assert stored(session) == []


def test_a_person_who_is_not_there_is_refused(session, round, people):
    unknown = columns(round, [str(uuid4())])
    with pytest.raises((IntegrityError, Exception), match="(?i)foreign key"):
        insert_rows(session, packed_rows(session, StandingRow, unknown))
        session.commit()
