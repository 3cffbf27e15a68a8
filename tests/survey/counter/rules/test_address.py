"""The address on a counter's poster: read back as issued, refused when altered."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.codes import ALPHABET
from survey.counter.rules.address import check_code, issue, read, typed

serials = st.integers(0, 2**25 - 1)


def sign(message):
    return hmac.digest(b"khoa cua xa", message, "sha256")


def sign_elsewhere(message):
    return hmac.digest(b"khoa cua xa khac", message, "sha256")


@given(serials)
def test_an_issued_address_reads_back(serial):
    assert read(issue(serial, sign), sign) == serial


@given(serials)
def test_an_address_is_ten_letters_without_look_alikes(serial):
    code = issue(serial, sign)

    assert len(code) == 10
    assert not set(code) & set("ILOUilou")


@given(serials, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_changed_letter_is_refused(serial, place, letter):
    code = issue(serial, sign)
    altered = code[:place] + letter + code[place + 1 :]

    assert altered == code or read(altered, sign) is None


@given(serials)
def test_two_neighbouring_letters_swapped_are_refused(serial):
    code = issue(serial, sign)
    swapped = code[:3] + code[4] + code[3] + code[5:]

    assert swapped == code or read(swapped, sign) is None


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    assert read(text, sign) is None


@pytest.mark.parametrize("ending", ["", "U", "-", "Ａ", "ẹ", "00"])
def test_a_wrong_length_or_a_foreign_letter_is_refused(ending):
    assert read(issue(7, sign)[:-1] + ending, sign) is None


@given(serials)
def test_case_spaces_and_hyphens_do_not_matter(serial):
    code = issue(serial, sign).lower()

    assert read(f" {code[:3]} {code[3:6]}-{code[6:]}\n", sign) == serial


@given(serials)
def test_look_alike_letters_are_forgiven(serial):
    code = issue(serial, sign)

    assert read(code.replace("0", "o").replace("1", "l"), sign) == serial
    assert read(code.replace("0", "O").replace("1", "I"), sign) == serial


def test_another_installation_does_not_know_the_address():
    assert read(issue(7, sign), sign_elsewhere) is None


@pytest.mark.parametrize("serial", [-1, 2**25])
def test_a_serial_beyond_25_bits_is_refused(serial):
    with pytest.raises(ValueError, match="25 bits"):
        issue(serial, sign)


def test_posters_already_hanging_stay_valid():
    assert issue(1, sign) == "00001KNK8X"
    assert check_code(issue(1, sign), sign) == "RB0G"


def test_the_address_is_printed_in_two_fives():
    assert typed("7K3M9QXD2F") == "7K3M9-QXD2F"


def test_the_check_code_is_the_same_however_the_address_is_typed():
    code = issue(7, sign)

    assert check_code(typed(code).lower(), sign) == check_code(code, sign)


def test_the_check_code_cannot_be_read_off_the_address():
    code = issue(7, sign)

    assert check_code(code, sign) not in code
    assert len(check_code(code, sign)) == 4


def test_an_address_never_issued_has_no_check_code():
    with pytest.raises(ValueError, match="never issued"):
        check_code("0000000000", sign)


@pytest.mark.parametrize("left", ["/", ",", ")", ".", "), "])
def test_an_address_with_a_mark_behind_it_is_read(left):
    assert read(issue(7, sign) + left, sign) == 7


def test_every_address_typed_under_telex_is_read():
    codes = {serial: issue(serial, sign) for serial in range(2000)}
    typed = {at: code.replace("DD", "Đ").replace("EE", "Ê").replace("W", "Ư") for at, code in codes.items()}

    assert [serial for serial, text in typed.items() if read(text, sign) != serial] == []
    assert sum(not text.isascii() for text in typed.values()) > 400
