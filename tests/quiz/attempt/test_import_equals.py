"""An imported sheet gives the same result as `flask quiz rank` and as papers submitted at the site."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.crypto import new_code
from core.values.week import VIETNAM
from quiz.attempt.models import Tally
from quiz.attempt.operations.attempt import NoTriesLeft, Submission, start_attempt, submit_attempt
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.queries.attempt import find_attempt
from quiz.contest.models import Participant
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.rules.presets import PRESETS
from quiz.results.files.rank_report import make_report
from quiz.results.models import Result, StandingRow
from quiz.results.operations.closing import rank_round
from tests.factories import make_contest, make_unit
from tests.support.entries import as_csv, bring_in

SIZE = 3
NAMES = ("Lò Thị Hòa", "Giàng A Páo", "Bàn Thị Chi", "Ma Văn Sơn")
PHONES = ("0912345678", "0912345679", "không có", "")
UNITS = ("xã Lâm Bình", "xã Thượng Lâm")
PEOPLE = list(itertools.product(NAMES, PHONES, ("1985", "")))
ROW = st.tuples(
    st.sampled_from(range(len(PEOPLE))),
    st.one_of(st.none(), st.integers(0, 7 * 86_400 - 1)),
    st.one_of(st.none(), st.integers(1, 900)),
    st.integers(0, SIZE),
    st.one_of(st.none(), st.integers(0, 6)),
)
ROWS = st.lists(ROW, min_size=1, max_size=14)
TRIES = st.sampled_from([None, 1, 2, 3])
RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def unit_of(person):
    """Return one unit for everybody, whatever their row."""
    return UNITS[person % 2]


def line(round, person, at, took, correct, guess):
    name, phone, year = PEOPLE[person]
    moment = "" if at is None else f"{(round.opens_at + timedelta(seconds=at)).astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"
    cells = [name, phone, year, unit_of(person), moment, "" if took is None else f"{took} giây", correct,
             "" if guess is None else guess]  # fmt: skip
    return ";".join(map(str, cells))


def rules_of(preset, tries):
    """Return a preset, or the same with another number of tries."""
    return replace(PRESETS[preset], tries=tries) if tries else PRESETS[preset]


def contest(session, preset, tries=None):
    units = [make_unit(session, name=name) for name in UNITS]
    facts = {"preset": preset, "unit": units[0], "units": units}
    round = make_contest(session, questions=SIZE, people_per_phone=50, weeks=1, **facts).rounds[0]
    round.rules = rules_of(preset, tries).to_dict()
    session.flush()
    return round


def result_of(session, round):
    """Return figures, turnout by unit, and the standings without the order inside a tie."""
    result = session.get_one(Result, (round.id, 1))
    turns, people = Counter(), Counter()
    for row in session.scalars(select(Tally).where(Tally.round_id == round.id)):
        turns[row.unit_id] += row.turns
        people[row.unit_id] += row.people
    lines = session.execute(
        select(StandingRow.rank, StandingRow.correct, StandingRow.duration_ms, StandingRow.guess)
        .where(StandingRow.round_id == round.id)
        .order_by(StandingRow.rank, StandingRow.correct, StandingRow.duration_ms, StandingRow.guess)
    )
    return (result.turns, result.people, result.perfect, result.differences), turns, people, sorted(map(str, lines))


@RELAXED
@given(rows=ROWS, preset=st.sampled_from(sorted(PRESETS)), tries=TRIES)
def test_an_imported_sheet_has_the_result_of_the_rank_command(session, tmp_path, rows, preset, tries):
    round = contest(session, preset, tries)
    lines = [line(round, *row) for row in rows]
    (tmp_path / "tuan.csv").write_bytes(as_csv(*lines))
    ranked = make_report(tmp_path / "tuan.csv", rules_of(preset, tries), questions=SIZE)

    bring_in(round, *lines, skip_errors=True)
    honest = rebuild_tally(session, round)
    rank_round(session, round, now=round.closes_at + timedelta(hours=9))

    figures, turns, people, standings = result_of(session, round)
    outcome, is_guessed = ranked.outcome, round.declared.guess_target != "none"
    assert honest == []
    assert figures == (outcome.turns, outcome.people, outcome.right, [])
    assert (sorted(turns.values()), sorted(people.values())) == (
        sorted(each.turns for each in outcome.turnout), sorted(each.people for each in outcome.turnout),
    )  # fmt: skip
    assert standings == sorted(
        str((each.rank, each.entry.correct, each.entry.duration_ms, each.entry.guess if is_guessed else None))
        for each in outcome.standings
    )
    session.rollback()


def hand_in(session, keyring, round, units, row):
    """Submit the same paper at the site; an attempt beyond the limit is refused there too."""
    person, at, took, correct, guess = row
    name, phone, year = PEOPLE[person]
    submitted = round.opens_at + timedelta(seconds=at)
    identity = Identity(name, phone, int(year))
    code = f"{round.contest_id}-{person}"
    participant = session.scalar(
        select(Participant).where(
            Participant.contest_id == round.contest_id, Participant.code_hash == keyring.mac("personal-code", code)
        )
    ) or register_participant(
        session, keyring, round.contest, identity, unit_id=units[unit_of(person)], code=code, now=round.opens_at
    )
    try:
        begun = start_attempt(session, round, participant, now=submitted - timedelta(seconds=took))
    except NoTriesLeft:
        return
    answers = {each.ref: frozenset("A" if each.position <= correct else "B") for each in round.questions}
    submission = Submission(answers, guess if round.declared.guess_target != "none" else None, new_code())
    submit_attempt(session, keyring, find_attempt(session, begun.id), submission, now=submitted)


SOUND = [person for person, (_, phone, year) in enumerate(PEOPLE) if phone.isdigit() and year]
NATIVE = st.lists(
    st.tuples(
        st.sampled_from(SOUND), st.integers(1000, 7 * 86_400 - 1), st.integers(1, 600), st.integers(0, SIZE),
        st.one_of(st.none(), st.integers(0, 6)),
    ),
    min_size=1, max_size=10, unique_by=lambda row: row[1] // 1000,
)  # fmt: skip


@RELAXED
@given(rows=NATIVE, preset=st.sampled_from(sorted(PRESETS)), tries=TRIES, cut=st.integers(0, 10))
def test_a_sheet_has_the_result_of_the_same_native_papers(session, keyring, rows, preset, tries, cut):
    """Papers from both count alike; beside papers of the site those of the sheet rank at the limit."""
    ordered = sorted(rows, key=lambda row: row[1])
    results = []
    for native in (len(ordered), 0, min(cut, len(ordered))):
        round = contest(session, preset, tries)
        units = {unit.unit.name: unit.unit_id for unit in round.contest.units}
        for row in ordered[:native]:
            hand_in(session, keyring, round, units, row)
        rest = [line(round, *row) for row in ordered[native:]]
        if rest:
            bring_in(round, *reversed(rest), skip_errors=True)
        honest = rebuild_tally(session, round)
        rank_round(session, round, now=round.closes_at + timedelta(hours=9))
        figures, turns, people, standings = result_of(session, round)
        results.append((honest, figures, sorted(turns.values()), sorted(people.values()), standings))
    session.rollback()

    is_mixed = 0 < cut < len(ordered)
    assert results[0] == results[1]
    assert results[0][:4] == results[2][:4]
    assert is_mixed or results[0] == results[2]
