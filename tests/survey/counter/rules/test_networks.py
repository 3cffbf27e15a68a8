"""The own networks of an office."""

from ipaddress import ip_address

import pytest

from survey.counter.rules.networks import NotANetwork, TooManyNetworks, is_within, read_networks


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        (" 203.0.113.7 ;203.0.113.7/32,", "203.0.113.7/32"),
        ("203.0.113.9/24 2001:db8::1", "203.0.113.0/24 2001:db8::1/128"),
    ],
)
def test_addresses_and_prefixes_are_read_in_any_spelling(typed, read):
    assert read_networks(typed) == read
    assert read_networks(read) == read


@pytest.mark.parametrize(
    "typed", ["mạng 1", "203.0.113", "0.0.0.0/0", "113.160.0.0/16", "113.160.0.0/23", "::/0", "2001:db8::/47"]
)
def test_a_word_and_a_whole_carrier_are_refused(typed):
    with pytest.raises(NotANetwork):
        read_networks(f"203.0.113.7 {typed}")


def test_eight_networks_are_the_most():
    networks = [f"113.160.{number}.0/24" for number in range(9)]

    assert len(read_networks(" ".join(networks[:8] + networks[:1])).split()) == 8
    with pytest.raises(TooManyNetworks):
        read_networks(" ".join(networks))


@pytest.mark.parametrize(
    ("address", "expected"),
    [("203.0.113.7", True), ("203.0.114.7", False), ("2001:db8:1::5", True), ("2001:db8:2::5", False)],
)
def test_an_address_is_within_its_network(address, expected):
    assert is_within(ip_address(address), "203.0.113.0/24 2001:db8:1::/48") is expected


def test_nothing_is_within_no_network():
    assert not is_within(None, "203.0.113.0/24")
    assert not is_within(ip_address("203.0.113.7"), "")
