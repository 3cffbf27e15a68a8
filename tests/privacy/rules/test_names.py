"""Whether a request is asked for under another name than that of the participant."""

import pytest

from privacy.rules.names import is_other_person


@pytest.mark.parametrize(
    ("asker", "names", "is_other"),
    [
        ("Hoàng Thị Khuyên", ["Bàn Thị Dung"], True),
        ("hoang thi khuyen", ["Hoàng Thị Khuyên"], False),
        ("Hoàng Thị  Khuyên", ["Bàn Thị Dung", "Hoàng Thị Khuyên"], False),
        ("", ["Bàn Thị Dung"], False),
        ("Hoàng Thị Khuyên", [], False),
        ("Hoàng Thị Khuyên", [""], False),
    ],
)
def test_only_a_known_name_that_no_participant_has_is_another_persons(asker, names, is_other):
    assert is_other_person(asker, names) is is_other
