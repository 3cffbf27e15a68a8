"""Whether a paper sheet counts for the person whose name it bears, waits for that person, or is set aside.

Source: decision 0102. A sheet of somebody who is new to the contest registers them, as the form on the web does. Of a
participant a sheet counts by proof alone: it was printed for them, or bears their personal code; one without proof
waits until they say in time that it is theirs, since anybody can write a name. No sheet counts without a free try.
"""

from __future__ import annotations

from enum import StrEnum

SHEET_CODE_LETTERS = 12
"""The letters of the code on a sheet that is printed for one person: fewer than a personal code has, so that the one is
never taken for the other.
"""


class SheetState(StrEnum):
    """The state of a paper sheet of a round."""

    BLANK = "blank"
    KEYED_ONCE = "keyed-once"
    ASKED = "asked"
    COUNTED = "counted"
    NO_TRIES = "no-tries"
    NOT_MINE = "not-mine"
    UNCONFIRMED = "unconfirmed"


SET_ASIDE = (SheetState.NO_TRIES, SheetState.NOT_MINE, SheetState.UNCONFIRMED)
"""The states of a sheet that does not count, which are the reasons."""


def state_once_keyed(*, is_known: bool, is_proven: bool, has_try: bool, is_over: bool) -> SheetState:
    """Return the state of a sheet that two accounts have keyed in.

    *is_known*: the person takes part in the contest already. *is_proven*: the sheet was printed for them, or bears
    their personal code. *has_try*: the rules allow another attempt in the round. *is_over*: the round has closed.

    >>> state_once_keyed(is_known=True, is_proven=False, has_try=True, is_over=False)
    <SheetState.ASKED: 'asked'>
    """
    if not has_try:
        return SheetState.NO_TRIES
    if is_proven or not is_known:
        return SheetState.COUNTED
    return SheetState.UNCONFIRMED if is_over else SheetState.ASKED


def state_once_answered(*, is_mine: bool, has_try: bool, is_over: bool) -> SheetState:
    """Return the state of a sheet whose person says whether it *is_mine*; an answer after the close changes nothing.

    >>> state_once_answered(is_mine=True, has_try=False, is_over=False)
    <SheetState.NO_TRIES: 'no-tries'>
    """
    if is_over:
        return SheetState.UNCONFIRMED
    if not is_mine:
        return SheetState.NOT_MINE
    return SheetState.COUNTED if has_try else SheetState.NO_TRIES


def state_of(
    *, is_read: bool, is_asked: bool, is_counted: bool, set_aside: str | None, is_finished: bool, is_over: bool
) -> SheetState:
    """Return the state of a stored sheet.

    *is_read*: one account has keyed it in; *is_finished*: both have. One that still asks its person when the round is
    over is unconfirmed, without a further deed.
    """
    if set_aside is not None:
        return SheetState(set_aside)
    if is_counted:
        return SheetState.COUNTED
    if is_asked:
        return SheetState.UNCONFIRMED if is_over else SheetState.ASKED
    if is_finished:  # of an earlier version whose attempt is gone
        return SheetState.COUNTED
    return SheetState.KEYED_ONCE if is_read else SheetState.BLANK


def is_barred(same: int, *, tries: int | None) -> bool:
    """Return whether a person is on *same* other waiting sheets already, as many as the rules allow *tries*.

    Else sheets with several guesses could be kept, and the one that fits finished (decision 0091).

    >>> is_barred(1, tries=1), is_barred(1, tries=2), is_barred(9, tries=None)
    (True, False, False)
    """
    return tries is not None and same >= tries
