"""The state of paper sheets, with deeds in any order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.sheet_proof import SET_ASIDE, SheetState, state_of, state_once_answered, state_once_keyed

DEEDS = st.lists(
    st.one_of(
        st.just(("begin", False)),
        st.tuples(st.just("key"), st.booleans()),
        st.tuples(st.just("answer"), st.booleans()),
        st.just(("close", False)),
    ),
    max_size=30,
)


class Desk:
    """A participant of a round and the sheets in their name, each deed decided by the rules."""

    def __init__(self, tries, *, is_known):
        self.tries, self.is_known, self.is_over = tries, is_known, False
        self.online, self.counted, self.asked, self.forged, self.aside = 0, 0, 0, 0, 0

    @property
    def has_try(self):
        return self.tries is None or self.online + self.counted < self.tries

    def begin(self, _):
        if self.has_try and self.is_known and not self.is_over and not self.asked:
            self.online += 1

    def key(self, is_proven):
        was_known = self.is_known
        state = state_once_keyed(is_known=was_known, is_proven=is_proven, has_try=self.has_try, is_over=self.is_over)
        self.forged += was_known and not is_proven and state is SheetState.COUNTED
        self.take(state)

    def answer(self, is_mine):
        if self.asked:
            self.asked -= 1
            self.take(state_once_answered(is_mine=is_mine, has_try=self.has_try, is_over=self.is_over))

    def take(self, state):
        self.counted += state is SheetState.COUNTED
        self.is_known |= state is SheetState.COUNTED
        self.asked += state is SheetState.ASKED
        self.aside += state in SET_ASIDE

    def close(self, _):
        self.is_over = True


@given(DEEDS, st.sampled_from([1, 2, None]), st.booleans())
def test_no_order_of_deeds_gives_a_try_too_many_or_takes_one_without_proof(deeds, tries, is_known):
    desk = Desk(tries, is_known=is_known)

    for deed, value in deeds:
        getattr(desk, deed)(value)
        assert tries is None or desk.online + desk.counted <= tries
        assert desk.forged == 0


@given(DEEDS)
def test_a_participant_who_says_yes_to_nothing_loses_no_try_to_sheets_without_proof(deeds):
    desk = Desk(1, is_known=True)

    for deed, value in deeds:
        getattr(desk, deed)(value and deed not in ("key", "answer"))

    assert desk.counted == 0


@given(DEEDS)
def test_after_the_close_no_answer_counts(deeds):
    desk = Desk(1, is_known=True)
    desk.key(False)
    desk.close(None)

    for deed, value in deeds:
        getattr(desk, deed)(value and deed != "key")

    assert desk.counted == 0


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("is_proven", [True, False])
def test_who_has_seen_the_questions_online_has_no_sheet_besides(is_known, is_proven):
    state = state_once_keyed(is_known=is_known, is_proven=is_proven, has_try=False, is_over=False)

    assert state is SheetState.NO_TRIES


@pytest.mark.parametrize(
    ("facts", "is_over", "state"),
    [
        ({}, False, "blank"),
        ({"is_read": True}, True, "keyed-once"),
        ({"is_asked": True, "is_finished": True}, False, "asked"),
        ({"is_asked": True, "is_finished": True}, True, "unconfirmed"),
        ({"is_asked": True, "is_counted": True, "is_finished": True}, True, "counted"),
        ({"is_asked": True, "set_aside": "not-mine", "is_finished": True}, True, "not-mine"),
    ],
)
def test_a_sheet_says_where_it_stands(facts, is_over, state):
    blank = {"is_read": False, "is_asked": False, "is_counted": False, "set_aside": None, "is_finished": False}

    assert state_of(**blank | facts, is_over=is_over) == state
