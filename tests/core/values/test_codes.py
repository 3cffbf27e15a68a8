"""Codes typed from paper: case, spaces, look-alikes, and what Vietnamese keyboards make of them."""

import itertools
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.codes import ALPHABET, MOST_READINGS, TYPED_ALPHABET, letters, letters_to_type, read, readings

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301\u0300\u0309\u0303\u0323"
TELEX_TONES = {"S": ACUTE, "F": GRAVE, "R": HOOK, "X": TILDE, "J": DOT}
TELEX_SHAPES = {"AA": "Â", "EE": "Ê", "OO": "Ô", "AW": "Ă", "OW": "Ơ", "DD": "Đ"}
VNI_TONES = {"1": ACUTE, "2": GRAVE, "3": HOOK, "4": TILDE, "5": DOT}
VNI_SHAPES = {"A6": "Â", "E6": "Ê", "O6": "Ô", "A8": "Ă", "O7": "Ơ", "D9": "Đ"}
VOWELS = "AEIOUY"
LOST = {"WW"}
"""The second W undoes the first, and one letter is left."""


def telex(pair):
    """Return what a keyboard under Telex writes for two keys."""
    if pair in TELEX_SHAPES:
        return TELEX_SHAPES[pair]
    if pair[0] in VOWELS and pair[1] in TELEX_TONES:
        return unicodedata.normalize("NFC", pair[0] + TELEX_TONES[pair[1]])
    return pair.replace("W", "Ư")


def vni(pair):
    """Return what a keyboard under VNI writes for two keys."""
    if pair in VNI_SHAPES:
        return VNI_SHAPES[pair]
    if pair[0] in VOWELS and pair[1] in VNI_TONES:
        return unicodedata.normalize("NFC", pair[0] + VNI_TONES[pair[1]])
    return pair


PAIRS = ["".join(pair) for pair in itertools.product(ALPHABET + "ILO", repeat=2)]


@pytest.mark.parametrize("keyboard", [telex, vni])
def test_every_two_letters_are_understood_under_either_keyboard(keyboard):
    missed = [
        (pair, keyboard(pair))
        for pair in PAIRS
        if pair not in LOST and pair.translate(str.maketrans("ILO", "110")) not in readings(keyboard(pair), 2)
    ]

    assert missed == []


@pytest.mark.parametrize("keyboard", [telex, vni])
def test_every_two_letters_are_understood_in_the_middle_of_a_code(keyboard):
    typed = [(f"7K3{pair}9Q", f"7k3-{keyboard(pair).lower()}-9q") for pair in PAIRS if pair not in LOST]

    assert [pair for pair, text in typed if pair.translate(str.maketrans("ILO", "110")) not in readings(text, 7)] == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Ấ", "AAS"),
        ("ậ", "AAJ"),
        ("ậ", "AJA"),
        ("Ắ", "AWS"),
        ("ÁK", "AKS"),
        ("ÂN", "ANA"),
        ("ĐA", "DAD"),
        ("ƯƯ", "WW"),
        ("É1", "E11"),
        ("ð7", "DD7"),
    ],
)
def test_keys_that_worked_on_an_earlier_letter_are_understood(typed, code):
    assert code in readings(typed, len(code))


def test_decomposed_letters_read_like_composed_ones():
    assert readings(unicodedata.normalize("NFD", "7ưÉ3"), 5) == readings("7ưÉ3", 5) == ("7WES3",)


def test_the_code_that_failed_is_found():
    assert read("7K3M9-D57Ư", 10) is None
    assert read("7K3M9-D57Ư", 9) == "7K3M9D57W"


@given(st.integers(0, 2**80 - 1))
def test_a_printed_code_reads_back(number):
    code = letters(number, 16)

    assert readings(code, 16) == readings(code.lower(), 16) == (code,)


@given(st.text(max_size=40))
def test_any_text_gives_a_few_whole_codes_or_none(text):
    found = readings(text, 16)

    assert len(found) <= MOST_READINGS
    assert all(len(code) == 16 and set(code) <= set(ALPHABET) for code in found)


@pytest.mark.parametrize("left", ["/", ",", ")", ".", " )", "’", "…", "?"])
def test_what_a_chat_program_leaves_behind_is_dropped(left):
    assert read("7K3M9-QXD2F" + left, 10) == "7K3M9QXD2F"


@pytest.mark.parametrize("typed", ["7K3M9QXD2U", "(7K3M9QXD2F", "7K3M9QXD2ß", "7K3M9QXD2Ñ", ""])
def test_a_text_that_is_no_code_is_none(typed):
    assert read(typed, 10) is None


@given(st.integers(0, 2**128 - 1))
def test_a_new_code_has_no_letter_that_a_keyboard_changes(number):
    code = letters_to_type(number, 16)

    assert len(code) == 16
    assert set(code) <= set(ALPHABET) - set("AEYDW")
    assert all(keyboard(pair) == pair for pair in map("".join, itertools.pairwise(code)) for keyboard in (telex, vni))


def test_different_numbers_make_different_new_codes():
    assert [letters_to_type(number, 2) for number in (0, 1, 26, 27, 27**2 - 1)] == ["00", "01", "0Z", "10", "ZZ"]
    assert len(TYPED_ALPHABET) ** 16 > 2**76


TOO_LONG = {"vowels": "é" * 1500, "slashes": "/" * 30_000 + "x", "tones": "\u0301" * 100_000}


@pytest.mark.parametrize("typed", TOO_LONG.values(), ids=TOO_LONG)
def test_a_text_that_is_no_code_is_refused_at_once(typed):
    begun = time.process_time()

    assert readings(typed, 16) == ()
    assert time.process_time() - begun < 0.1


def test_a_code_with_as_many_marks_as_a_text_may_have_is_refused_at_once():
    begun = time.process_time()

    assert readings("ế" * 128, 16) == ()
    assert time.process_time() - begun < 0.01
