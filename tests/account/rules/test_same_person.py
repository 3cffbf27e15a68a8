"""Signs that two accounts may be one person's."""

import pytest

from account.rules.same_person import NamedAccount, SameSign, same_signs

ONE = NamedAccount(1, "Lò Văn Páo", "pao.lo@xa.vn")


@pytest.mark.parametrize(
    ("other", "signs"),
    [
        (NamedAccount(2, "Lò Văn Páo", "khac@xa.vn"), [SameSign.NAME]),
        (NamedAccount(2, "Lý Thị Mai", "PaoLo+thi@xa.vn"), [SameSign.MAILBOX]),
        (NamedAccount(2, "Lý Thị Mai", "pao.lo@huyen.vn"), []),
        (NamedAccount(1, "Lò Văn Páo", "pao.lo@xa.vn"), []),
    ],
)
def test_names_and_mailboxes_are_compared_and_an_account_with_itself_is_not(other, signs):
    assert same_signs(ONE, other) == signs


def test_an_account_that_made_the_other_is_a_sign():
    assert same_signs(ONE, NamedAccount(2, "Lý Thị Mai", "mai@xa.vn"), is_made=True) == [SameSign.MADE]
