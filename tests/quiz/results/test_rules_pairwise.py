"""Every two settings of the rules together on the live path: real papers and the close, compared with a small oracle.

The oracle is independent of the rules on purpose: it sorts lists and counts, and shares no function with them.

Not among the settings, since they change no order and no seat before they are recorded as deeds of their own: the age
floor and the fields asked for refuse a registration; `draw_source` changes by what a tie that waits is decided, not
which one waits; the name of the preset is a name. `call_days` and `shuffles` are here to show that they change nothing.
"""

import itertools
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.values.week import local_date
from quiz.attempt.models import Entry, Tally
from quiz.attempt.operations.attempt import NoTriesLeft
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.queries.paper_rows import counted_entries
from quiz.boards.queries import season
from quiz.contest.rules.presets import PRESETS, Counts, Criterion, Eligibility, GuessBinds, GuessTarget, Key, Ties
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.contest.rules.season import SeasonMeasure, SeasonRule, SeasonTie
from quiz.results.operations.closing import rank_round
from quiz.results.queries.draft import draft_results, limited_in, seats_of, unranked_in
from quiz.results.queries.result import list_standings, list_winners
from tests.factories import make_attempt, make_contest, make_participant
from tests.quiz.results.test_who_may_win import put_on_roster

CORRECT, DURATION, GUESS, SUBMITTED = Criterion
ORDERS = (
    (Key(CORRECT), Key(DURATION, 1000), Key(GUESS)),
    (Key(CORRECT), Key(GUESS), Key(SUBMITTED, 1000)),
    (Key(GUESS), Key(CORRECT), Key(DURATION)),
    (Key(DURATION, 60_000), Key(CORRECT), Key(SUBMITTED)),
    (Key(CORRECT), Key(DURATION, 60_000)),
)
SETTINGS = {
    "tries": (1, 2, None),
    "counts": tuple(Counts),
    "guess_binds": tuple(GuessBinds),
    "guess_target": tuple(GuessTarget),
    "guess_decimals": (0, 1),
    "all_right_only": (False, True),
    "rest_rounds": (None, 1),
    "most_prizes": (None, 1),
    "blocs": (False, True),
    "order": ORDERS,
    "ties": tuple(Ties),
    "most_sharing": (None, 1),
    "eligibility": tuple(Eligibility),
    "call_days": (None, 3),
    "shuffles": (False, True),
    "shown": (None, 2),
    "starts_together": (False, True),
    "season": (
        SeasonRule(),
        SeasonRule(best=1, ties=(SeasonTie.ROUNDS, SeasonTie.DURATION)),
        SeasonRule(SeasonMeasure.POINTS, 1, (5, 3, 1), (SeasonTie.FIRSTS, SeasonTie.CORRECT)),
    ),
}
SIZE = 3
SHOWN = 2
OF = {"An": 1, "Bình": 2, "Chi": 1, "Dũng": 2, "Em": 1, "Giang": 2, "Hoa": 1}
"""The bloc of each person, where the contest has blocs."""
CONFIRMED = {"Dũng": None, "Giang": 1}
"""The round at whose close somebody showed an entry card or typed a phone code, None for never; the others did at once.
"""
OFF_ROSTER = {"Bình", "Em"}
TIERS = (Tier("Giải Nhất", 1), Tier("Giải Nhì", 2), Tier("Giải Khuyến khích", 3))
OF_ONE = Tier("Giải Đặc biệt", 1, bloc=2)
"""The prize of a bloc alone, where the contest has blocs."""
PAPERS = {
    "An": [(9, 2, 100.5, 8), (33, 3, 90, 1), (57, 3, 40, 60)],
    "Bình": [(10, 3, 100, 56), (34, 1, 20, 3)],
    "Chi": [(11, 3, 100.9, 1), (35, 3, 100, 2), (36, 2, 10, 60)],
    "Dũng": [(12, 1, 30, 70)],
    "Em": [(13, 3, 100.2, 58)],
    "Giang": [(14, 0, 60, None), (38, 2, 60, 72)],
    "Hoa": [(11, 3, 100.9, 1)],
}
"""By person: hour after the opening, right answers, seconds taken, guess: of a percentage, whole per cent."""


def covering_rows():
    """Return rows of settings in which each pair of values of two settings occurs at least once.

    Pairs that no contest may declare are left out (`is_valid`). Every 5981st row is looked at, in which every other
    pair occurs.
    """
    names = list(SETTINGS)
    some = itertools.islice(itertools.product(*SETTINGS.values()), 0, None, 5981)
    rows = [dict(zip(names, values, strict=True)) for values in some]
    rows = [row for row in rows if is_valid(row)]
    pairs = [pairs_of(row) for row in rows]
    missing = set().union(*pairs)
    while missing:
        best = max(range(len(rows)), key=lambda at: len(pairs[at] & missing))
        missing -= pairs[best]
        yield rows[best]


def is_valid(row):
    """Return whether rules may be so: no order by a guess that is not asked for, no questions drawn for papers that
    are all alike, no second try where all start together.
    """
    by_nothing = row["guess_target"] == GuessTarget.NONE and Key(GUESS) in row["order"]
    drawn_alike = row["shown"] is not None and not row["shuffles"]
    return not (by_nothing or drawn_alike or (row["starts_together"] and row["tries"] != 1))


def more_rows():
    """Return rows in which three settings belong together: most people are equal and not all may share; a percentage
    that is no whole number decides first.
    """
    first = {name: values[0] for name, values in SETTINGS.items()}
    tied = first | {"order": ORDERS[-1], "ties": Ties.SHARE, "most_sharing": 1}
    percent = first | {"order": ORDERS[2], "guess_target": GuessTarget.PERCENT}
    return [tied, tied | {"blocs": True, "tries": None, "counts": Counts.BEST}, percent]


def pairs_of(row):
    return set(itertools.combinations(row.items(), 2))


@pytest.mark.parametrize("row", [*covering_rows(), *more_rows()], ids=lambda row: "-".join(map(short, row.values())))
def test_rules_hold_on_the_live_path(session, keyring, monkeypatch, row):
    monkeypatch.setattr(season, "SHOWN", SHOWN)
    settings = dict(row)
    of = OF if settings.pop("blocs") else dict.fromkeys(OF)
    rules = replace(PRESETS["lam-binh"], **settings)
    tiers, blocs = ((OF_ONE, *TIERS), ("Cán bộ", "Người dân")) if of["An"] else (TIERS, ())
    contest = make_contest(session, questions=SIZE, tiers=tiers, blocs=blocs)
    people = {
        name: make_participant(session, keyring, contest, name=name, bloc=of[name], phone=f"091200000{at}")
        for at, name in enumerate(PAPERS)
    }
    listed = [(name, f"091200000{at}", 1964) for at, name in enumerate(PAPERS) if name not in OFF_ROSTER]
    put_on_roster(session, keyring, contest, *listed)
    names = {participant.id: name for name, participant in people.items()}
    for name, participant in people.items():
        number = CONFIRMED.get(name, 0)
        at = contest.rounds[0].closes_at if number == 1 else contest.rounds[0].opens_at
        participant.confirmed_at = None if number is None else at
    had: set[str] = set()
    contest.rules, lines = rules.to_dict(), {name: [] for name in PAPERS}
    for round in contest.rounds:
        kept = hand_in(session, keyring, round, people, rules)
        honest = rebuild_tally(session, round)

        result = rank_round(session, round, now=round.closes_at + SETTLING)

        ranked = {name: papers for name, papers in kept.items() if is_ranked(name, rules, round.number)}
        target, standings, seats = expected(ranked, rules, of, had)
        winners = list_winners(session, result)
        assert (honest, result.differences) == ([], [])
        assert entries_of(session, round, names) == {name: entry(papers, rules) for name, papers in kept.items()}
        assert tally_of(session, round) == expected_tally(kept, rules)
        assert (result.target, result.people, result.turns) == (target, len(kept), sum(map(len, kept.values())))
        assert sorted((line.rank, names[line.participant_id]) for line in list_standings(session, result)) == standings
        assert {names[each.participant_id]: (each.tier, each.needs_draw) for each in winners} == seats
        assert previewed(session, round, result, names) == {name: tier for name, (tier, _waits) in seats.items()}
        if rules.rest_rounds or rules.most_prizes:
            had = {name for name, (tier, _waits) in seats.items() if tier}
        for rank, name in standings:
            lines[name].append((round.number, rank, *entry(kept[name], rules)[1:3]))
    found = season.read_season(session, contest, contest.rounds)
    assert [[(line.rank, line.total.score) for line in each] for each in found] == expected_season(lines, rules, of)


def previewed(session, round, result, names):
    """Return the seats as the preview of a correction that changes nothing shows them."""
    counted = counted_entries(session, round)
    unranked, limited = unranked_in(session, round, counted), limited_in(session, round, result)
    draft = draft_results(round, counted, unranked=unranked, limited=limited)
    return {names[UUID(seat.ref)]: seat.tier for seat in seats_of(session, round, result, draft)}


def is_ranked(name, rules, number):
    """Return whether somebody is ranked in a round: who needs a card or a code had it before the round closed."""
    if rules.eligibility in ("call", "roster"):
        return rules.eligibility == "call" or name not in OFF_ROSTER
    shown = CONFIRMED.get(name, 0)
    return shown is not None and shown < number


def size_of(rules):
    """Return the number of questions on a paper."""
    return rules.shown or SIZE


def expected_season(lines, rules, of):
    """Return (rank, score) of the first people of each bloc; *lines* are (number, rank, right answers, ms)."""
    rule, found = rules.season, []

    def gives(line):
        if rule.measure == "correct":
            return line[2]
        return rule.points[line[1] - 1] if line[1] <= len(rule.points) else 0

    for bloc in sorted(set(of.values()), key=str):
        marks = []
        for mine in (each for name, each in lines.items() if each and of[name] == bloc):
            best = sorted(mine, key=lambda line: (-gives(line), line[3], line[0]))[: rule.best]
            broken = {
                "duration": sum(line[3] for line in best) // 1000,
                "correct": -sum(line[2] for line in best),
                "firsts": -sum(line[1] == 1 for line in mine),
                "rounds": -len(mine),
            }
            marks.append((-sum(map(gives, best)), *(broken[tie] for tie in rule.ties)))
        found.append([(1 + sum(other < mark for other in marks), -mark[0]) for mark in sorted(marks)][:SHOWN])
    return found


def short(value):
    if isinstance(value, SeasonRule):
        return f"{value.measure}{value.best}"
    return "".join(key.criterion[0] for key in value) if isinstance(value, tuple) else str(value)


def hand_in(session, keyring, round, people, rules):
    """Submit everybody's papers in order of time; those that the rules refuse are left out.

    Where all start together, a paper takes from the opening on; there is time for all of them.
    """
    round.rules = rules.to_dict()
    round.limit_seconds = 100 * 3600 if rules.starts_together else round.limit_seconds
    kept = {name: [] for name in PAPERS}
    for hour, name, correct, seconds, guess in sorted(
        (paper[0], name, *paper[1:]) for name, papers in PAPERS.items() for paper in papers
    ):
        begun = round.opens_at + timedelta(hours=hour)
        given = None if guess is None or rules.guess_target == "none" else guess
        if given is not None and rules.guess_target == "percent":
            given *= 10**rules.guess_decimals
        right, took = min(correct, size_of(rules)), int(seconds * 1000)
        took += hour * 3_600_000 if rules.starts_together else 0
        paper = {"correct": right, "seconds": seconds, "guess": given, "started_at": begun}
        if rules.tries is not None and len(kept[name]) >= rules.tries:
            with pytest.raises(NoTriesLeft):
                make_attempt(session, keyring, round, participant=people[name], **paper)
            continue
        make_attempt(session, keyring, round, participant=people[name], **paper)
        kept[name].append((begun + timedelta(seconds=seconds), right, took, given))
    return kept


def counting(papers, rules):
    """Return the paper that counts: the first, or the earliest of the most correct."""
    return papers[0] if rules.counts == "first" else sorted(papers, key=lambda paper: -paper[1])[0]


def entry(papers, rules):
    """Return (moment, right answers, milliseconds, binding guess)."""
    chosen = counting(papers, rules)
    return (*chosen[:3], (papers[0] if rules.guess_binds == "first" else chosen)[3])


def entries_of(session, round, names):
    rows = session.scalars(select(Entry).where(Entry.round_id == round.id))
    return {
        names[each.participant_id]: (
            each.attempt.submitted_at, each.attempt.correct, each.attempt.duration_ms, each.guess
        )
        for each in rows
    }  # fmt: skip


def tally_of(session, round):
    sums = (func.sum(column) for column in (Tally.turns, Tally.people, Tally.perfect))
    days = session.execute(select(Tally.day, *sums).where(Tally.round_id == round.id).group_by(Tally.day))
    return {day: tuple(amounts) for day, *amounts in days}


def expected_tally(kept, rules):
    turns = Counter(local_date(paper[0]) for papers in kept.values() for paper in papers)
    people = Counter(local_date(papers[0][0]) for papers in kept.values())
    chosen = [counting(papers, rules) for papers in kept.values()]
    perfect = Counter(local_date(paper[0]) for paper in chosen if paper[1] == size_of(rules))
    return {day: (turns[day], people[day], perfect[day]) for day in turns}


def expected(kept, rules, of, had):
    """Return the target, (rank, name) of everybody, and (tier, waits for the draw) of those with a seat.

    People are ranked in the bloc *of* each; those who *had* a prize before take none.
    """
    entries = {name: entry(papers, rules) for name, papers in kept.items()}
    right = sum(each[1] == size_of(rules) for each in entries.values())
    number = {"none": None, "perfect": right, "people": len(entries), "percent": right}[rules.guess_target]
    target = number
    if rules.guess_target == "percent":
        target = Fraction(100 * right, len(entries)) * 10**rules.guess_decimals
    marks = {name: tuple(mark(each, key, target) for key in rules.order) for name, each in entries.items()}
    ranks = {
        name: 1 + sum(other < mine and of[one] == of[name] for one, other in marks.items())
        for name, mine in marks.items()
    }
    seats = {}
    for bloc in set(of.values()):
        able = {name: rank for name, rank in ranks.items() if of[name] == bloc and name not in had}
        first = {"Giải Đặc biệt": 1} if bloc == 2 else {}
        quantities = first | {"Giải Nhất": 1, "Giải Nhì": 2, "Giải Khuyến khích": 3}
        seats |= expected_seats(able, entries, rules, quantities)
    return number, sorted((rank, name) for name, rank in ranks.items()), seats


def mark(each, key, target):
    moment, correct, took, guess = each
    distance = 10**9 if guess is None or target is None else abs(guess - target)
    values = {"correct": -correct, "duration": took, "guess": distance, "submitted": round(moment.timestamp() * 1000)}
    value = values[key.criterion]
    return value // key.bucket_ms if key.criterion in ("duration", "submitted") else value


def expected_seats(ranks, entries, rules, quantities):
    """Return the seats: none without a right answer; people of one rank share a prize, or wait for the draw
    together. Where too many would share, the earlier submission is ahead.
    """
    places = [name for name, quantity in quantities.items() for _ in range(quantity)]
    least, seats = size_of(rules) if rules.all_right_only else 1, {}
    able = [name for name in ranks if entries[name][1] >= least]
    groups = [[name for name in able if ranks[name] == rank] for rank in sorted({ranks[name] for name in able})]
    while groups and places:
        tied, *groups = groups
        mine, rest = places[: len(tied)], places[len(tied) :]
        holders = sum(tier == places[0] for tier, _waits in seats.values())
        most = max(rules.most_sharing or 0, quantities[places[0]])
        fits = rules.most_sharing is None or len(tied) == 1 or holders + len(tied) <= most
        moments = sorted({entries[name][0] for name in tied})
        if rules.ties == "share" and not fits and len(moments) > 1:
            groups = [[name for name in tied if entries[name][0] == moment] for moment in moments] + groups
            continue
        waits = not (rules.ties == "share" and fits) and (len(set(mine)) > 1 or len(mine) < len(tied))
        seats |= dict.fromkeys(tied, (None, True) if waits else (mine[0], False))
        places = rest
    return seats


def test_the_rows_cover_every_pair_of_settings():
    rows = list(covering_rows())
    pairs = set().union(*map(pairs_of, rows))

    names = itertools.combinations(SETTINGS, 2)
    possible = sum(len(SETTINGS[one]) * len(SETTINGS[other]) for one, other in names)
    refused = sum(Key(GUESS) in order for order in ORDERS) + len({(False, 2)}) + len({(True, 2), (True, None)})
    assert len(pairs) == possible - refused
    assert len(rows) < 30
