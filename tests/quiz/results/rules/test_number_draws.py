"""Draws by a public number: the order against a second derivation, and what may decide."""

import hashlib
import json
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.results.rules.number_draws import (
    NumberRecord,
    entry_code,
    first_day,
    may_decide,
    seeded_text,
    tickets_by_number,
    unit_code,
)

CLOSED = date(2026, 10, 11)
ATTEMPTS = [f"{str(n) * 8}-{str(n) * 4}-4{str(n) * 3}-8{str(n) * 3}-{str(n) * 12}" for n in (1, 2, 3)]


def hmac_by_hand(key: bytes, text: bytes) -> bytes:
    """Return HMAC-SHA-256 as RFC 2104 writes it, for a key of 32 bytes."""
    padded = key + bytes(32)
    inner = hashlib.sha256(bytes(each ^ 0x36 for each in padded) + text).digest()
    return hashlib.sha256(bytes(each ^ 0x5C for each in padded) + inner).digest()


def recomputed(parts: list[str], codes: list[str]) -> list[int]:
    """Return the order of *codes* by the published recipe alone."""
    seed = hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8")).digest()
    drawn = sorted((hmac_by_hand(seed, code.encode("ascii")).hex(), at) for at, code in enumerate(codes, start=1))
    return [at for _ticket, at in drawn]


def test_codes_and_order_are_those_of_openssl() -> None:
    """Literals from `openssl dgst -sha256` and `-mac HMAC`, as docs/draws.md writes them."""
    codes = [entry_code(each) for each in ATTEMPTS]
    record = NumberRecord(date(2026, 10, 12), "04821")

    seeded = seeded_text("thi-cchc", "tuan-3", "Giải Đặc biệt Xổ số miền Bắc", record)

    assert codes[0] == "cf2cbe97715e5d91450ba80bd0c6ccec76a28408d51ac92b0b53df6c26251403"
    assert unit_code("02269") == "3659f512ad59f3fe2ba55d3923cb305ca4166019f0ecf53ca0994d8ac0ca283c"
    assert tickets_by_number(seeded, codes) == (2, 1, 3)


@given(st.lists(st.uuids(), unique=True, max_size=30), st.from_regex(r"\A[0-9]{2,20}\Z"), st.text(max_size=40))
def test_the_order_is_that_of_the_published_recipe(attempts, number, source) -> None:
    codes = [entry_code(str(each)) for each in attempts]

    order = tickets_by_number(seeded_text("thi", "tuan-1", source, NumberRecord(CLOSED, number)), codes)

    assert list(order) == recomputed(["draw-v1", "thi", "tuan-1", source, "2026-10-11", number], codes)


@given(st.lists(st.uuids(), unique=True, min_size=2, max_size=20), st.randoms())
def test_who_leaves_the_tie_changes_nothing_among_the_others(attempts, random_) -> None:
    codes = [entry_code(str(each)) for each in attempts]
    left = random_.sample(codes, random_.randrange(1, len(codes) + 1))

    order = [codes[at - 1] for at in tickets_by_number("[]", codes)]

    assert [left[at - 1] for at in tickets_by_number("[]", left)] == [each for each in order if each in left]


def test_every_part_of_the_seed_changes_the_order() -> None:
    codes = [entry_code(str(n)) for n in range(40)]
    record = NumberRecord(date(2026, 10, 12), "04821")
    first = ("thi", "tuan-1", "XSMB", record)
    others = [
        ("thi-2", *first[1:]),
        ("thi", "tuan-2", *first[2:]),
        ("thi", "tuan-1", "XSMN", record),
        (*first[:3], NumberRecord(date(2026, 10, 13), "04821")),
        (*first[:3], NumberRecord(date(2026, 10, 12), "4821")),
    ]

    found = {tickets_by_number(seeded_text(*each), codes) for each in (first, *others)}

    assert len(found) == 6


def test_each_place_is_equally_likely_over_the_numbers() -> None:
    """Over 3 000 numbers each of four entries is first in a quarter of them, within 4 standard deviations (95)."""
    codes = [entry_code(each) for each in (*ATTEMPTS, "4")]
    numbers = random.Random(5).sample(range(100_000), 3_000)
    firsts = [tickets_by_number(seeded_text("t", "1", "s", NumberRecord(CLOSED, f"{n:05}")), codes)[0] for n in numbers]

    assert all(abs(firsts.count(at) - 750) < 95 for at in (1, 2, 3, 4))


def test_a_code_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="stands once"):
        tickets_by_number("[]", ["a", "b", "a"])


def test_no_codes_give_no_order() -> None:
    assert tickets_by_number("[]", []) == ()


@pytest.mark.parametrize(
    ("held_on", "today", "decides"),
    [
        (date(2026, 10, 11), date(2026, 10, 20), False),
        (date(2026, 10, 12), date(2026, 10, 12), True),
        (date(2026, 10, 12), date(2026, 10, 11), False),
        (date(2026, 10, 18), date(2026, 12, 1), True),
        (date(2026, 10, 19), date(2026, 12, 1), False),
    ],
)
def test_only_a_number_from_the_week_after_the_close_decides(held_on, today, decides) -> None:
    assert may_decide(held_on, CLOSED, today) is decides
    assert first_day(CLOSED) == date(2026, 10, 12)
