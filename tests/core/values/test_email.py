"""E-mail addresses among words."""

import time

import pytest

from core.values.email import find_emails

LONG = {"letters": "a" * 30_000, "words": "a." * 15_000, "signs": "+" * 30_000, "ats": "a@" * 15_000}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an.nguyen@example.vn", ["an.nguyen@example.vn"]),
        ("an@x.vn+binh@y.vn", ["an@x.vn", "+binh@y.vn"]),
        ("(at) binh (at) example . vn.", ["binh (at) example . vn"]),
        ("ngày 3.4 @ xã", []),
    ],
)
def test_addresses_are_found_among_words(text, found):
    assert [text[start:end] for start, end in find_emails(text)] == found


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_without_an_address_is_read_at_once(text):
    begun = time.process_time()

    assert find_emails(text) == []
    assert time.process_time() - begun < 0.5
