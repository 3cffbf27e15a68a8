"""A closed round ranked by other rules, against an oracle that sorts the whole round."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import PRESETS, Criterion, GuessTarget, Key
from quiz.results.rules.simulation import FRONT, simulate

SIZE = 3
ENTRIES = st.lists(
    st.tuples(st.integers(0, SIZE), st.integers(0, 5), st.integers(0, 8), st.integers(0, 5)), max_size=40
).map(lambda rows: [EntryValue(f"{at:02}", *values) for at, values in enumerate(rows)])
ORDERS = st.sampled_from(
    (
        (Key(Criterion.CORRECT), Key(Criterion.DURATION, 2), Key(Criterion.GUESS)),
        (Key(Criterion.GUESS), Key(Criterion.SUBMITTED)),
        (Key(Criterion.CORRECT),),
    )
)


def oracle(entries, order, target):
    """Return each ref with its values in the order of the criteria, best first."""
    read = {
        "correct": lambda entry, _: SIZE - entry.correct,
        "duration": lambda entry, bucket: entry.duration_ms // bucket,
        "guess": lambda entry, _: abs(entry.guess - target),
        "submitted": lambda entry, bucket: entry.submitted_ms // bucket,
    }
    return sorted((tuple(read[key.criterion](entry, key.bucket_ms) for key in order), entry.ref) for entry in entries)


@given(ENTRIES, ORDERS, st.sampled_from((GuessTarget.PERFECT, GuessTarget.PEOPLE)))
def test_the_front_is_that_of_the_whole_round(entries, order, guessed):
    rules = replace(PRESETS["lam-binh"], order=order, guess_target=guessed)
    target = len(entries) if guessed == "people" else sum(entry.correct == SIZE for entry in entries)
    found = simulate(entries, {entry.ref: at for at, entry in enumerate(entries, start=1)}, rules, size=SIZE)

    expected = oracle(entries, order, target)
    values = [key for key, _ref in expected]
    assert found.target == (target, 1, 1)
    assert [(line.standing.rank, line.standing.entry.ref) for line in found.lines] == [
        (values.index(key) + 1, ref) for key, ref in expected[:FRONT]
    ]
    same = sum(one == other for one, other in zip(values[: FRONT - 1], values[1:FRONT], strict=False))
    assert found.tied == same
    assert sum(found.decided.values()) == max(0, min(FRONT, len(values)) - 1) - same


def test_milliseconds_leave_nothing_to_the_guess_and_minutes_leave_it_everything():
    entries = [EntryValue(f"{at}", 3, 60_000 + 1500 * at, at, None) for at in range(5)]
    before = {f"{at}": at + 1 for at in range(5)}
    fine, coarse = (
        replace(PRESETS["lam-binh"], order=(Key(Criterion.DURATION, bucket), Key(Criterion.GUESS)))
        for bucket in (1, 60_000)
    )

    assert simulate(entries, before, fine, size=3).share(Criterion.DURATION) == 100
    assert simulate(entries, before, coarse, size=3).share(Criterion.GUESS) == 100


def test_who_leaves_the_front_is_named_by_the_rank_of_now():
    entries = [EntryValue(f"{at:02}", 3, 1000 * at, 100 - at, None) for at in range(FRONT + 2)]
    before = {f"{at:02}": at + 1 for at in range(FRONT + 2)}
    rules = replace(PRESETS["lam-binh"], order=(Key(Criterion.GUESS),), guess_target=GuessTarget.PEOPLE)

    found = simulate(entries, before, rules, size=3)

    assert found.left == (1, 2)
    assert (found.lines[0].before, found.lines[0].standing.rank, found.moved) == (22, 1, 20)


def test_a_gap_in_the_ranks_of_now_is_no_move():
    entries = [EntryValue(f"{at}", 3, 1000 * at, 0, None) for at in range(3)]

    found = simulate(entries, {"0": 2, "1": 3, "2": 4}, PRESETS["lam-binh"], size=3)

    assert (found.moved, [line.before for line in found.lines]) == (0, [2, 3, 4])
