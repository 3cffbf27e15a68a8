"""The signs of a large round are those that the plain version finds, in any round, honest or not."""

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.results.rules.clusters import find_clusters
from quiz.results.rules.reviewed import Opening, PaperSize, ReviewedEntry, Sign
from quiz.results.rules.signs import find_signs
from tests.support import plain_clusters, plain_signs
from tests.support.plain_clusters import PlainSigns

SIZE = PaperSize(words=400, questions=10)
MINUTE = 60_000


def entry(draw, ref, habits):
    """Return an entry of a home or a hall; a script answers all papers of the first address alike, and fast."""
    address = habits["addresses"][0] if draw.random() < 0.3 else draw.choice([None, *habits["addresses"]])
    is_script = address == habits["addresses"][0] and draw.random() < habits["script"]
    wrong = frozenset((str(at), draw.choice("BCD")) for at in range(4) if draw.random() < habits["hard"])
    wrong = habits["answers"] if is_script and draw.random() < 0.8 else wrong
    return ReviewedEntry(
        ref=ref,
        begun_ms=draw.randrange(habits["minutes"]) * MINUTE,
        duration_ms=draw.choice([5_000, 30_000]) if is_script else draw.choice([20_000, 90_000, 300_000]),
        is_own=draw.random() < 0.95,
        is_first=draw.random() < 0.9,
        is_perfect=not wrong,
        address=address,
        phone="" if draw.random() < 0.05 else f"09{draw.randrange(habits['numbers']):08}",
        name=draw.choice(["", "an", "binh", "chi", "dung"]),
        birth_year=draw.choice([None, *range(1980, 1990)]),
        unit_id=draw.randrange(4),
        wrong=wrong,
    )


def made(seed):
    """Return the entries and the openings of a round."""
    draw = random.Random(seed)
    habits = {
        "addresses": [b"script", *(f"place {at}".encode() for at in range(draw.choice([3, 20, 150])))],
        "script": draw.choice([0.0, 0.5, 1.0]),
        "hard": draw.choice([0.02, 0.2, 0.6]),
        "minutes": draw.choice([5, 200, 10_000]),
        "numbers": draw.choice([100, 5_000, 10**8]),
        "answers": draw.choice([frozenset(), frozenset({("1", "B"), ("2", "C")})]),
    }
    entries = [entry(draw, f"{at:03}", habits) for at in range(draw.choice([0, 1, 5, 60, 250]))]
    devices = [f"device {at}".encode() for at in range(draw.choice([1, 30, 1000]))]
    people = [*(each.ref for each in entries), "guest 1", "guest 2"]
    openings = [Opening(draw.choice(devices), draw.choice(people), draw.randrange(100)) for _ in people * 2]
    return entries, openings


def plainly(links):
    return Counter((link.sign, link.refs, link.is_strong) for link in links)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 5))
def test_they_are_those_of_the_plain_version(seed, family):
    entries, openings = made(seed)

    found = find_signs(entries, openings, SIZE, family=family)

    expected = plain_signs.find_signs(entries, openings, SIZE, family=family)
    values = PlainSigns.of(found)
    assert values.flags == expected.flags
    assert plainly(values.links) == plainly(expected.links)
    assert list(find_clusters(found)) == plain_clusters.find_clusters(expected)


def test_these_rounds_bear_every_sign():
    borne = Counter()
    for seed in range(60):
        entries, openings = made(seed)
        links = PlainSigns.of(find_signs(entries, openings, SIZE, family=2)).links
        borne.update(link.sign for link in links if link.is_strong)

    assert {Sign.BLIND, Sign.FAST, Sign.DEVICE, Sign.RIGHT, Sign.WRONG, Sign.PHONES, Sign.TWINS} <= borne.keys()
