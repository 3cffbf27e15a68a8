"""The code of a certificate: what it says, and that it can't be made up."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.codes import TYPED_ALPHABET
from quiz.awards.rules.certificate_code import LETTERS, CertifiedLine, certificate_code, read_certificate

LINES = st.builds(CertifiedLine, st.integers(0, 2**20 - 1), st.integers(0, 2**10 - 1), st.integers(0, 2**16 - 1))


def sign(message, key=b"k"):
    return hmac.digest(key, message, hashlib.sha256)


@given(LINES, st.text(max_size=60))
def test_a_code_says_its_line_and_is_signed_for_its_prize(line, prize):
    code = certificate_code(line, prize, sign)

    read = read_certificate(code)
    assert (len(code), read.line) == (LETTERS, line)
    assert read.is_for(prize, sign)


@given(LINES, st.integers(0, LETTERS - 1), st.sampled_from(TYPED_ALPHABET))
def test_a_code_with_another_letter_certifies_nothing(line, place, letter):
    code = certificate_code(line, "Giải Nhất", sign)
    changed = code[:place] + letter + code[place + 1 :]

    read = read_certificate(changed)
    assert changed == code or read is None or not read.is_for("Giải Nhất", sign)


def test_a_code_is_for_no_other_prize_and_of_no_other_key():
    read = read_certificate(certificate_code(CertifiedLine(7, 1, 3), "Giải Ba", sign))

    assert not read.is_for("Giải Nhất", sign)
    assert not read.is_for("Giải Ba", lambda message: sign(message, b"another"))


def test_numbers_and_the_prize_never_run_together():
    one = certificate_code(CertifiedLine(1, 2, 3), "4:Giải", sign)
    other = certificate_code(CertifiedLine(1, 2, 34), "Giải", sign)

    assert one != other


def test_codes_of_neighbours_do_not_begin_alike():
    codes = [certificate_code(CertifiedLine(1, 1, at), "Giải", sign) for at in range(1, 40)]

    assert len({code[:4] for code in codes}) > 35


@pytest.mark.parametrize("line", [CertifiedLine(2**20, 1, 1), CertifiedLine(1, 2**10, 1), CertifiedLine(1, 1, 2**16)])
def test_a_line_beyond_the_code_is_refused(line):
    with pytest.raises(ValueError, match="beyond"):
        certificate_code(line, "Giải", sign)


@pytest.mark.parametrize("code", ["", "A" * 20, "Z" * 20])
def test_a_text_that_is_no_code_is_read_as_none(code):
    read = read_certificate(code)

    assert read is None or not read.is_for("Giải", sign)
