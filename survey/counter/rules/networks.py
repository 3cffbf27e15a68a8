"""The own networks of an office, as addresses and prefixes."""

from ipaddress import IPv4Address, IPv6Address, ip_network

WIDEST = {4: 24, 6: 48}
"""The shortest prefix of each version of the protocol: a wider one is a carrier's, with the citizens in it."""
MOST = 8
"""Networks that an office may name, so that its manager can't put a carrier together from parts."""


class NotANetwork(ValueError):
    """A part of the text is no address and no prefix, or is too wide; carries that part."""


class TooManyNetworks(ValueError):
    """There are more than MOST."""


def read_networks(typed: str) -> str:
    """Return the addresses and prefixes in *typed*, each once, in order and separated by spaces; empty for none.

    >>> read_networks("203.0.113.7, 2001:db8:1::/48; 203.0.113.7")
    '203.0.113.7/32 2001:db8:1::/48'

    Raises:
        NotANetwork: a part is none, or reaches further than an office does.
        TooManyNetworks: they are more than an office has.
    """
    found: list[str] = []
    for part in typed.replace(",", " ").replace(";", " ").split():
        try:
            network = ip_network(part, strict=False)
        except ValueError:
            raise NotANetwork(part) from None
        if network.prefixlen < WIDEST[network.version]:
            raise NotANetwork(part)
        found.append(str(network))
    different = dict.fromkeys(found)
    if len(different) > MOST:
        raise TooManyNetworks
    return " ".join(different)


def is_within(address: IPv4Address | IPv6Address | None, networks: str) -> bool:
    """Return whether *address* is in one of *networks*, which `read_networks` returned."""
    return address is not None and any(address in ip_network(each) for each in networks.split())
