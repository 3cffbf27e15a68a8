"""Signs that entries were not made by different people who read the paper, each weighed against its round.

Source: decisions 0036 and 0043. A sign decides nothing. An address is none by itself, since a hall shares one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from core.values.columns import Flags, Ints
from quiz.results.rules.addresses import MOST_AT_HOME, Homes, unusual_groups
from quiz.results.rules.chance import BY_CHANCE, poisson_tail
from quiz.results.rules.reviewed import (
    WINDOW_MS,
    Opening,
    OpeningColumns,
    PaperSize,
    ReviewedColumns,
    ReviewedEntry,
    Sign,
    gatherings,
    together,
)
from quiz.results.rules.sign_links import Groups, SignLinks, Signs, borne_by
from quiz.results.rules.wrong_answers import same_wrong_answers

MOST_APART, FEWEST_IN_A_ROW = 10, 3
"""Telephone numbers in a row: at most so far apart, at least so many."""
RIGHT_SPREAD, FAST_SPREAD = 0.05, 0.02
"""How much the shares of right and of fast entries of honest halls, schools and offices differ (`unusual_groups`)."""
OF_THE_ENTRY = (Sign.BLIND, Sign.FAST, Sign.DEVICE, Sign.RIGHT, Sign.WRONG, Sign.SEEN)
"""Signs that come from how an entry was made. Somebody else can't put them on it, as they can register numbers beside a
rival's or a rival's name.
"""


def find_signs(entries: Iterable[ReviewedEntry], openings: Iterable[Opening], size: PaperSize, *, family: int) -> Signs:
    """Return the signs of a round as `signs_of` does, from values."""
    columns = ReviewedColumns.of(entries)
    return signs_of(columns, OpeningColumns.of(openings, columns), size, family=family)


def signs_of(entries: ReviewedColumns, openings: OpeningColumns, size: PaperSize, *, family: int) -> Signs:
    """Return the signs of a round; *family* is how many people may share a phone, and so a device.

    No entries give no flags and no links; raises nothing.
    """
    devices = _people_by_device(openings)
    is_blind = entries.is_own & (entries.duration_ms < size.tapping_ms)
    is_fast = entries.is_own & entries.is_first & (entries.duration_ms < size.reading_ms)
    wrong = np.array([len(each) for each in entries.answers], np.int64)[entries.wrong]
    homes, alike = Homes(entries), same_wrong_answers(entries, _device_of(devices, len(entries)))
    nearly = entries.is_perfect | (wrong == 1)
    links = [
        *_fast(entries, is_blind, is_fast),
        _strong(Sign.FAST, unusual_groups(homes, is_fast, spread=FAST_SPREAD)),
        *_shared(devices, family),
        _strong(Sign.RIGHT, unusual_groups(homes, entries.is_perfect, spread=RIGHT_SPREAD)),
        _strong(Sign.RIGHT, unusual_groups(homes, nearly, spread=RIGHT_SPREAD)),
        _strong(Sign.WRONG, [same for _wrong, same in alike]),
        *_phones(entries),
        *_names(entries),
    ]
    flags = borne_by(links, len(entries))
    flags[Sign.BLIND], flags[Sign.FAST] = is_blind, is_fast
    flags[Sign.BURST][_bursts(entries)] = True
    flags[Sign.WRONG] = np.isin(entries.wrong, [wrong for wrong, _same in alike])
    return Signs(entries.refs, flags, [*links, *_confirmed(links, flags)])


def _strong(sign: Sign, groups: Iterable[Ints | list[int]]) -> SignLinks:
    return SignLinks(sign, Groups.of(groups), is_strong=True)


def _weak(sign: Sign, groups: Groups) -> SignLinks:
    return SignLinks(sign, groups, is_strong=False)


def _fast(entries: ReviewedColumns, is_blind: Flags, is_fast: Flags) -> Iterator[SignLinks]:
    """Join blind entries that were made within one time; perfect fast ones are weak signs, each by itself.

    A blind entry took less time than tapping the answers takes; a fast one is a first attempt that took less than
    reading the paper takes, since a later one has read it before.
    """
    blind = gatherings(np.flatnonzero(is_blind), entries.begun_ms)
    yield _strong(Sign.BLIND, [group for group in blind if len(group) > 1 or entries.is_perfect[group[0]]])
    yield _weak(Sign.FAST, Groups.alone(np.flatnonzero(is_fast & entries.is_perfect)))


def _people_by_device(openings: OpeningColumns) -> list[list[int]]:
    """Return the entries of those who opened the paper on each device, in the order in which they first did, -1 for
    somebody without one.

    Left out are devices of one person who used no device with others: they join nothing.
    """
    device, person = openings.device, openings.person
    order = np.lexsort((person, device))
    is_shared = (np.diff(device[order]) == 0) & (np.diff(person[order]) != 0)
    shared = np.isin(device, device[order[1:][is_shared]])
    mine = np.flatnonzero(np.isin(person, person[shared]))
    people: dict[int, dict[int, int]] = {}
    for at in mine[np.lexsort((person[mine], openings.begun_ms[mine]))].tolist():
        people.setdefault(int(device[at]), {})[int(person[at])] = int(openings.entry[at])
    return [list(each.values()) for each in people.values()]


def _device_of(devices: Sequence[Sequence[int]], entries: int) -> Ints:
    """Return the number of the device of each of so many *entries*, -1 for none."""
    found = np.full(entries, -1, np.int64)
    for number, people in enumerate(devices):
        found[[place for place in people if place >= 0]] = number
    return found


def _shared(devices: Iterable[Sequence[int]], family: int) -> Iterator[SignLinks]:
    """Join the people of one device: more than a *family*, or those who opened a paper that it had shown before."""
    several = [people for people in devices if len(people) > 1]
    submitted = [[place for place in people if place >= 0] for people in several]
    large = [mine for mine, people in zip(submitted, several, strict=True) if len(people) > family]
    yield _strong(Sign.DEVICE, large)
    yield _weak(Sign.SEEN, Groups.of([place for place in people[1:] if place >= 0] for people in several))
    yield _weak(Sign.SEEN, Groups.of(submitted).at_least(2))


def _phones(entries: ReviewedColumns) -> Iterator[SignLinks]:
    """Join telephone numbers in a row (closer together the more there are in the round), and those of one number."""
    owners = np.flatnonzero(entries.phone >= 0)
    owners = owners[np.argsort(entries.phone[owners], kind="stable")]
    phone = entries.phone[owners]
    yield _weak(Sign.PHONE, Groups.equal(owners, phone))
    is_new = np.diff(phone, prepend=-1 - MOST_APART)
    apart = max(1, min(MOST_APART, 100_000 // max(1, int((is_new > 0).sum()))))
    rows = Groups(owners, np.flatnonzero(is_new > apart))
    numbers = np.add.reduceat(is_new > 0, rows.starts, dtype=np.int64) if len(rows) else rows.starts
    yield _weak(Sign.PHONES, rows.chosen(numbers >= FEWEST_IN_A_ROW))


def _names(entries: ReviewedColumns) -> Iterator[SignLinks]:
    """Join people of one unit with the same name and birth year, once more where they share the address of a home."""
    named, has_address = np.flatnonzero(entries.name >= 0), entries.address >= 0
    crowd = np.bincount(entries.address[has_address], minlength=1)
    at_home = has_address & (crowd[entries.address] <= MOST_AT_HOME)
    alike = Groups.equal(named, together(entries.name[named], entries.birth_year[named], entries.unit_id[named]))
    yield _weak(Sign.NAMES, alike)
    mine = at_home[alike.places]
    near = alike.places[mine]
    yield _weak(Sign.TWINS, Groups.equal(near, together(alike.numbers[mine], entries.address[near])))


def _bursts(entries: ReviewedColumns) -> Ints:
    """Return the entries of ten minutes that had far more than the other busy ten minutes of the round."""
    own = np.flatnonzero(entries.is_own)
    slots, counts = np.unique(entries.begun_ms[own] // WINDOW_MS, return_counts=True)
    usual = np.maximum(1.0, (len(own) - counts) / max(1, len(slots) - 1))
    busy = [
        slot
        for slot, count, mean in zip(slots.tolist(), counts.tolist(), usual.tolist(), strict=True)
        if len(slots) > 1 and count > mean and poisson_tail(count, mean) * len(slots) < BY_CHANCE
    ]
    return own[np.isin(entries.begun_ms[own] // WINDOW_MS, busy)]


def _confirmed(links: Iterable[SignLinks], flags: Mapping[Sign, Flags]) -> Iterator[SignLinks]:
    """Join those of telephone numbers in a row, or of one name at one address, who bear a sign of how they answered as
    well.

    Anybody can register the numbers beside a rival's, or the rival's name on the rival's Wi-Fi, and would put the rival
    among their own entries.
    """
    others = np.logical_or.reduce([flags[sign] for sign in OF_THE_ENTRY])
    for each in links:
        if each.sign in {Sign.PHONES, Sign.TWINS}:
            yield SignLinks(each.sign, each.groups.having(others).at_least(2), is_strong=True)
