"""The order of a paper: everything is there once, every order is equally likely, and anybody can derive it again."""

import hashlib
import hmac
import uuid
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.order import Arrangeable, arrange, numbers, shares, shuffled

SECRET = bytes(range(32))
ATTEMPT = "00000000-0000-4000-8000-000000000001"
FIVE = [Arrangeable(position, "ABCD") for position in range(1, 6)]


def attempts(count: int) -> list[str]:
    return [str(uuid.UUID(int=number)) for number in range(count)]


@given(st.integers(0, 12), st.integers(1, 8), st.uuids(), st.binary(min_size=32, max_size=32))
def test_a_paper_has_every_question_and_every_choice_once(
    size: int, choices: int, attempt: uuid.UUID, secret: bytes
) -> None:
    letters = "ABCDEFGH"[:choices]

    paper = arrange(secret, str(attempt), [Arrangeable(at, letters) for at in range(1, size + 1)])

    assert sorted(each.position for each in paper) == list(range(1, size + 1))
    assert all(sorted(each.letters) == list(letters) for each in paper)


@given(st.lists(st.sampled_from(["", "Đất đai", "Hộ tịch"]), max_size=12), st.integers(1, 12), st.uuids())
def test_every_attempt_gets_the_same_number_of_each_topic(topics: list[str], shown: int, attempt: uuid.UUID) -> None:
    questions = [Arrangeable(at, "AB", topic) for at, topic in enumerate(topics, start=1)]
    names = list(dict.fromkeys(topics))

    paper = arrange(SECRET, str(attempt), questions, shown)

    drawn = Counter(topics[each.position - 1] for each in paper)
    expected = shares([topics.count(name) for name in names], shown)
    assert [drawn[name] for name in names] == expected


@given(st.lists(st.integers(0, 9), max_size=5), st.integers(0, 40))
def test_shares_differ_by_at_most_one_where_topics_have_enough(sizes: list[int], shown: int) -> None:
    given_shares = shares(sizes, shown)

    assert sum(given_shares) == min(shown, sum(sizes))
    assert all(share <= size for share, size in zip(given_shares, sizes, strict=True))
    with_some_left = [share for share, size in zip(given_shares, sizes, strict=True) if share < size]
    assert all(max(given_shares) - share <= 1 for share in with_some_left)


def test_the_same_attempt_has_the_same_paper_again() -> None:
    assert arrange(SECRET, ATTEMPT, FIVE) == arrange(SECRET, ATTEMPT, FIVE)


def test_another_attempt_or_another_secret_has_another_paper() -> None:
    papers = {arrange(SECRET, attempt, FIVE) for attempt in attempts(50)}
    papers |= {arrange(bytes([at]) * 32, ATTEMPT, FIVE) for at in range(50)}

    assert len(papers) == 100


def test_choices_that_refer_to_others_stay() -> None:
    questions = [Arrangeable(1, "ABCD", keeps_choices=True), Arrangeable(2, "ABCD")]

    papers = [arrange(SECRET, attempt, questions) for attempt in attempts(40)]

    assert {each.letters for paper in papers for each in paper if each.position == 1} == {"ABCD"}
    assert len({each.letters for paper in papers for each in paper if each.position == 2}) > 10


def test_the_right_choice_is_at_every_place_equally_often() -> None:
    papers = [arrange(SECRET, attempt, [Arrangeable(1, "ABCD")]) for attempt in attempts(4000)]

    places = Counter(paper[0].letters.index("A") for paper in papers)

    assert all(870 < places[place] < 1130 for place in range(4))  # 1000 each, 4.7 standard deviations


def test_every_question_is_drawn_equally_often() -> None:
    papers = [arrange(SECRET, attempt, FIVE, 2) for attempt in attempts(4000)]

    drawn = Counter(each.position for paper in papers for each in paper)

    assert all(1450 < drawn[position] < 1750 for position in range(1, 6))  # 1600 each, 4.8 standard deviations


def test_all_orders_of_three_are_equally_likely() -> None:
    below = numbers(SECRET, "test")

    found = Counter("".join(shuffled(below, "abc")) for _ in range(6000))

    assert len(found) == 6
    assert all(860 < count < 1140 for count in found.values())


def test_a_number_beyond_the_last_whole_multiple_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    words = iter([2**32 - 1, 2**32 - 2, 7])
    monkeypatch.setattr("quiz.attempt.rules.order._words", lambda _seed, _purpose: words)

    assert numbers(SECRET, "test")(10) == 7


def test_fewer_questions_than_wanted_are_all_asked() -> None:
    assert len(arrange(SECRET, ATTEMPT, FIVE, 9)) == 5


def test_no_questions_give_an_empty_paper() -> None:
    assert arrange(SECRET, ATTEMPT, []) == arrange(SECRET, ATTEMPT, [], 3) == ()


def second_implementation(secret: bytes, attempt: str, sizes: list[int]) -> list[tuple[int, str]]:
    """Derive a paper without topics from the published description alone."""
    seed = hmac.new(secret, attempt.encode(), hashlib.sha256).digest()

    def words(purpose: str):  # type: ignore[no-untyped-def]
        for block in range(1000):
            message = len(purpose).to_bytes(8, "big") + purpose.encode() + block.to_bytes(8, "big")
            found = hmac.new(seed, message, hashlib.sha256).digest()
            yield from (int.from_bytes(found[4 * at : 4 * at + 4], "big") for at in range(8))

    def shuffle(purpose: str, items: list):  # type: ignore[no-untyped-def, type-arg]
        source = words(purpose)
        for place in reversed(range(1, len(items))):
            word = next(source)
            while word >= 2**32 // (place + 1) * (place + 1):
                word = next(source)
            items[place], items[word % (place + 1)] = items[word % (place + 1)], items[place]
        return items

    order = shuffle("questions", list(range(1, len(sizes) + 1)))
    return [(at, "".join(shuffle(f"choices {at}", list("ABCDEFGH"[: sizes[at - 1]])))) for at in order]


@given(st.lists(st.integers(2, 8), max_size=12), st.uuids())
def test_a_second_implementation_derives_the_same_paper(sizes: list[int], attempt: uuid.UUID) -> None:
    questions = [Arrangeable(at, "ABCDEFGH"[:size]) for at, size in enumerate(sizes, start=1)]

    paper = arrange(SECRET, str(attempt), questions)

    assert [(each.position, each.letters) for each in paper] == second_implementation(SECRET, str(attempt), sizes)


def test_known_papers() -> None:
    topics = [
        Arrangeable(1, "ABCD", "Đất đai"),
        Arrangeable(2, "ABC", "Đất đai"),
        Arrangeable(3, "AB", "Hộ tịch"),
        Arrangeable(4, "ABCD", "Hộ tịch"),
        Arrangeable(5, "AB", "Hộ tịch"),
    ]

    assert [(each.position, each.letters) for each in arrange(SECRET, ATTEMPT, FIVE)] == [
        (1, "BACD"),
        (2, "BDAC"),
        (4, "BCAD"),
        (3, "ADCB"),
        (5, "BACD"),
    ]
    assert [(each.position, each.letters) for each in arrange(SECRET, ATTEMPT, topics, 3)] == [
        (2, "BCA"),
        (3, "AB"),
        (1, "BACD"),
    ]


def test_known_numbers() -> None:
    below = numbers(SECRET, "test")

    assert [below(100) for _ in range(10)] == [9, 86, 57, 30, 79, 49, 61, 10, 11, 17]
