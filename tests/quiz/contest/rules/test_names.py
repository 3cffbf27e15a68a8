"""The English names of prizes and rounds, a pair of names a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.contest.rules.names import read_names, read_pairs, written_pairs

NAMES = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=40)
KNOWN = ["Giải Vàng", "Giải Bạc"]


@given(st.dictionaries(NAMES, NAMES))
def test_what_is_written_is_read_again(names):
    assert read_pairs(written_pairs(names)) == names
    assert read_names(written_pairs(names), sorted(names, key=str.casefold))[0].keys() <= names.keys()


def test_a_prize_is_found_in_any_case_and_blank_lines_are_left_out():
    assert read_names("\n giải vàng  =  Gold prize \n\n", KNOWN) == ({"Giải Vàng": "Gold prize"}, [])


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("Gold prize", "Dòng “Gold prize”: xin ghi tên tiếng Việt, dấu =, rồi tên tiếng Anh."),
        ("Giải Vàng =", "Dòng “Giải Vàng =”: xin ghi tên tiếng Việt, dấu =, rồi tên tiếng Anh."),
        ("Giải Đồng = Bronze", "“Giải Đồng” không có ở phần tiếng Việt. Các tên ở đó: Giải Vàng, Giải Bạc."),
        (f"Giải Bạc = {'s' * 81}", "Tên tiếng Anh của “Giải Bạc” dài quá 80 chữ. Xin rút ngắn lại."),
        ("Giải Bạc = Silver\ngiải bạc = Second", "“Giải Bạc” ghi hai lần. Xin để lại một dòng."),
    ],
)
def test_each_line_that_is_no_pair_is_explained(line, mistake):
    names, mistakes = read_names(line, KNOWN)

    assert mistakes == [mistake]
    assert set(names) <= {"Giải Bạc"}


def test_without_names_in_vietnamese_nothing_is_listed():
    assert read_names("Đợt 1 = Stage 1", [])[1] == ["“Đợt 1” không có ở phần tiếng Việt."]
