"""How two accounts are joined by invitations, links and roles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from account.rules.relation import Kinship, Tie, find_kinship, kinship_text, read_kinship

TIES = st.lists(st.builds(Tie, st.integers(1, 8), st.integers(1, 8), st.sampled_from(["role.give", "account.link"])))


def chain(*accounts):
    """Return the ties of accounts of which each invited the next."""
    return tuple(Tie(by, to, "account.create") for by, to in zip(accounts, accounts[1:], strict=False))


def test_accounts_without_a_tie_are_not_related():
    assert find_kinship([], 1, 2) is None
    assert find_kinship(chain(1, 3) + chain(2, 4), 1, 2) is None


@pytest.mark.parametrize("between", [0, 1, 2, 30])
def test_a_chain_of_any_length_is_followed_in_both_directions(between):
    accounts = range(1, between + 3)
    first, last = accounts[0], accounts[-1]

    down, up = find_kinship(chain(*accounts), first, last), find_kinship(chain(*accounts), last, first)

    assert (down, down.is_direct, down.between) == (Kinship((), chain(*accounts)), True, between)
    assert (up, up.is_direct, up.between) == (Kinship(chain(*accounts), ()), True, between)


def test_two_accounts_from_one_third_account_are_related_through_it():
    found = find_kinship(chain(9, 4, 2) + chain(9, 7), 2, 7)

    assert (found.to_asker, found.to_approver, found.is_direct) == (chain(9, 4, 2), chain(9, 7), False)


def test_a_chain_between_the_two_comes_before_a_shorter_one_from_a_third():
    found = find_kinship(chain(9, 1) + chain(9, 5) + chain(1, 2, 3, 4, 5), 1, 5)

    assert (found.is_direct, found.between) == (True, 3)


def test_an_account_that_both_made_does_not_relate_its_makers():
    assert find_kinship(chain(1, 3) + chain(2, 3), 1, 2) is None


def test_accounts_that_made_links_for_each_other_end():
    found = find_kinship([Tie(1, 2, "account.link"), Tie(2, 1, "account.link"), Tie(3, 2, "role.give")], 1, 3)

    assert found.ties == (Tie(3, 2, "role.give"), Tie(2, 1, "account.link"))


@given(TIES, st.integers(1, 8), st.integers(1, 8))
def test_every_step_of_a_kinship_is_a_tie_and_the_steps_join(ties, asker, approver):
    found = find_kinship(ties, asker, approver)

    assert asker != approver or found is not None
    for steps, end in ((found.to_asker, asker), (found.to_approver, approver)) if found else ():
        assert set(steps) <= set(ties)
        assert [tie.to for tie in steps] == [tie.by for tie in steps[1:]] + [end] * bool(steps)


@given(TIES, st.integers(1, 8), st.integers(1, 8))
def test_the_order_of_ties_and_the_direction_of_the_question_do_not_matter(ties, asker, approver):
    found, other = find_kinship(ties, asker, approver), find_kinship(reversed(ties), approver, asker)

    assert (found is None) == (other is None)
    assert found is None or (found.to_asker, found.to_approver) == (other.to_approver, other.to_asker)


@given(TIES)
def test_a_stored_kinship_reads_back_the_same(ties):
    found = find_kinship(ties, 1, 2)

    assert read_kinship(kinship_text(found)) == found
