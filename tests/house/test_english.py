"""The English of the catalogue: one spelling, one word for each thing, numbers and marks as English writes them."""

import re

import pytest

from tests.house.test_translations import catalogue

ONE_WORD = {
    r"\b(any|every|some)body\b": "anyone, everyone, someone",
    r"\bno one\b": "nobody",
    r"\btelephone\b": "phone",
    r"\bhelp line\b|\bhotline\b": "helpline",
    r"\bfront page\b": "home page",
    r"\bheadcounts?\b": "population, population figure",
    r"\bprizes? (of|for) (the )?units?\b": "collective prize",
    r"\bpurge\b": "clean-up",
    r"\bin earnest\b": "for real",
    r"\btied to (a|any|no|nobody|the)\b": "linked to",
}
"""Words that another one stands for everywhere, so that a thing is not called by two names."""
MARKS = {
    r"[A-Za-z]'([a-z]|[\s.,;:)]|$)": "a straight apostrophe",
    r"n['’]t\b": "a contraction",
    r"(?<=\S)  +": "two spaces",
    r"\s[,.?!](\s|$)": "a space before a mark",
    r"(?<![\d:])\d:[0-5]\d(?![\d:])": "an hour of one digit",
    r"\d\.\d{3}(?![.\d])": "a dot for thousands",
    r"\d,\d{1,2}(?!\d)": "a comma for decimals",
    r"\d(KB|MB|GB|mm|cm)\b": "a number that touches its unit",
    r"\b(color|center|favor|organiz\w+|recogniz\w+|authoriz\w+|can not)\b": "another spelling",
}
QUOTED = re.compile(r"“[^”]*”|\d+(\.\d+){3}|https?://\S+|%(\(\w+\))?[sd]")
"""Quotations, addresses and the places of a sentence, which are not English of ours."""
PLACE = re.compile(r"%\(\w+\)s|\{\w+\|")
COUNTED = re.compile(
    r"(?:^|[.;:] )(?:(?:More|Less) than |All )?%\((\w+)\)s (?:\w+ )?\{\1\|([^{}|]*)\|[^{}|]*\}( [^{}.:;,]*)?"
)
"""A number at the head of a sentence, the form of its noun for one, and what follows."""
ENDS = ".:?"


def two_names_in(english):
    """Return the words of *english* that have another name everywhere else."""
    bare = PLACE.sub("…", english)
    return [found[0] for wrong in ONE_WORD if (found := re.search(wrong, bare, re.IGNORECASE))]


def wrong_marks_in(english):
    """Return what is written in *english* as English does not write it."""
    bare = QUOTED.sub("…", english)
    return [name for pattern, name in MARKS.items() if re.search(pattern, bare)]


def verbs_for_several_in(english):
    """Return the verbs that follow a counted noun and read wrongly where the number is 1."""
    verb = re.compile(r"(?<!may not )(?<!who )(?<!that )\b(are|have|were)\b")
    counted = ((one, rest) for _name, one, rest in COUNTED.findall(english) if " and " not in rest)
    return [found[0] for one, rest in counted if not verb.search(one) and (found := verb.search(rest))]


def ends_apart(vietnamese, english):
    """Return whether one of the two ends with a full stop or a colon, and the other does not.

    A question mark may stand for a Vietnamese question without one.
    """
    last, other = vietnamese.rstrip()[-1:], english.rstrip()[-1:]
    return last != other and (last in ENDS or other in ENDS) and other != "?"


@pytest.mark.parametrize(
    ("english", "found"),
    [
        ("Everyone is invited", []),
        ("Everybody is invited", ["Everybody"]),
        ("No one has registered", ["No one"]),
        ("First prize of units", ["prize of units"]),
        ("newest headcounts", ["headcounts"]),
        ("%(headcount)s inhabitants", []),
    ],
)
def test_a_word_with_another_name_is_found(english, found):
    assert two_names_in(english) == found


@pytest.mark.parametrize(
    ("english", "found"),
    [
        ("the week’s 2,403 people, 71.4%%, at 07:00, 1:24:05", []),
        ("“1.000.000 đồng”, 203.0.113.7", []),
        ("the week's figures", ["a straight apostrophe"]),
        ("participants' names", ["a straight apostrophe"]),
        ("it can’t be changed", ["a contraction"]),
        ("one  two", ["two spaces"]),
        ("really ?", ["a space before a mark"]),
        ("between 7:00 and 21:00", ["an hour of one digit"]),
        ("2.403 people", ["a dot for thousands"]),
        ("71,4 per cent", ["a comma for decimals"]),
        ("at most 8MB", ["a number that touches its unit"]),
        ("recognized", ["another spelling"]),
    ],
)
def test_a_mark_that_english_writes_otherwise_is_found(english, found):
    assert wrong_marks_in(english) == found


@pytest.mark.parametrize(
    ("english", "verbs"),
    [
        ("%(n)s {n|person on the list is|people on the list are} not confirmed yet.", []),
        ("%(n)s {n|place|places} may not have changed", []),
        ("%(n)s {n|person|people} on the list are not confirmed yet.", ["are"]),
        ("More than %(n)s {n|day|days} have passed", ["have"]),
    ],
)
def test_a_verb_without_the_form_for_one_is_found(english, verbs):
    assert verbs_for_several_in(english) == verbs


@pytest.mark.parametrize(
    ("vietnamese", "english", "apart"),
    [
        ("Đã gửi.", "Sent.", False),
        ("Xã của bạn đứng thứ mấy", "Where does your commune stand?", False),
        ("Đã gửi", "Sent.", True),
        ("Lý do:", "Reason", True),
    ],
)
def test_another_end_of_a_sentence_is_found(vietnamese, english, apart):
    assert ends_apart(vietnamese, english) is apart


def test_each_thing_has_one_name_in_english():
    assert {each.string: found for each in catalogue("en") if (found := two_names_in(each.string))} == {}


def test_english_is_marked_as_english_writes_it():
    assert {each.string: found for each in catalogue("en") if (found := wrong_marks_in(each.string))} == {}


def test_the_verb_of_a_counted_noun_has_a_form_for_one():
    wrong = {each.string: verbs for each in catalogue("en") if (verbs := verbs_for_several_in(each.string))}

    assert [english for english in wrong if "with the same header" not in english] == []


def test_a_sentence_ends_as_its_vietnamese_does():
    assert {each.id: each.string for each in catalogue("en") if ends_apart(each.id, each.string)} == {}
