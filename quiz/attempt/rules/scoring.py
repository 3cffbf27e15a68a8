"""Mark a paper against the answer key."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def count_correct(answers: Mapping[str, frozenset[str]], key: Mapping[str, frozenset[str]]) -> int:
    """Return how many questions are right: the chosen set equals the key's set; there are no partial marks.

    Source: the published rules allow several right options to a question. A question without an answer is wrong; an
    answer to a question outside the key is ignored. No questions give 0; raises nothing.

    >>> count_correct({"1": frozenset("A"), "2": frozenset("AC")}, {"1": frozenset("A"), "2": frozenset("A")})
    1
    """
    return sum(1 for question, right in key.items() if answers.get(question) == right)


def wrong_answers(
    answers: Mapping[str, Collection[str]], key: Mapping[str, frozenset[str]]
) -> frozenset[tuple[str, str]]:
    """Return the wrong ones of *answers* as (question, letters); a question without an answer is not among them.

    An answer to a question outside the key is ignored. No answers give none; raises nothing.

    >>> sorted(wrong_answers({"1": ["A"], "2": ["C", "A"], "3": []}, dict.fromkeys("123", frozenset("A"))))
    [('2', 'AC')]
    """
    return frozenset(
        (question, "".join(sorted(chosen)))
        for question, chosen in answers.items()
        if chosen and question in key and frozenset(chosen) != key[question]
    )


def is_right(chosen: frozenset[str], key: frozenset[str], *, is_void: bool) -> bool:
    """Whether one question is right: the chosen set equals the key's; a void question is right for everybody.

    >>> is_right(frozenset("B"), frozenset("A"), is_void=False), is_right(frozenset(), frozenset("A"), is_void=True)
    (False, True)
    """
    return is_void or chosen == key
