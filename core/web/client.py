"""The client's address as far as it can be trusted; it is never stored unchanged."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from flask import Request, request

from core.web.extensions import settings

Address = IPv4Address | IPv6Address
HOUSEHOLD, SITE = 64, 48
"""The length of the prefix that a household has of IPv6, and of the one that a larger customer may have."""


def client_address() -> str:
    """Return the address of the present request's sender."""
    return address_of(request, settings().trusted_proxies)


def client_network() -> str:
    """Return the network of the present request's sender."""
    return network_of(client_ip())


def household_of(address: Address | None) -> str:
    """Return what distinguishes a sender: the IPv4 address, or the /64 of the IPv6 address."""
    return _prefix(address, HOUSEHOLD)


def network_of(address: Address | None) -> str:
    """Return the network of an address: the IPv4 address itself, or the /48 of the IPv6 address."""
    return _prefix(address, SITE)


def client_ip() -> Address | None:
    """Return the whole address of the present request's sender; None if it is none."""
    return nearest_address(request, settings().trusted_proxies)


def address_of(request: Request, trusted: frozenset[str]) -> str:
    """Return the nearest address of *request*; an IPv6 address is cut to its /64, since a household has all of it."""
    return household_of(nearest_address(request, trusted))


def nearest_address(request: Request, trusted: frozenset[str]) -> Address | None:
    """Return the nearest address of *request* that is not one of our *trusted* proxies'; None if it is none.

    Behind a trusted proxy `X-Forwarded-For` is read from its right end, where the proxies wrote; entries further left
    can be forged. From any other sender the header is ignored.
    """
    nearest = request.remote_addr or ""
    if nearest in trusted:
        forwarded = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
        nearest = next((each for each in reversed(forwarded) if each and each not in trusted), nearest)
    try:
        parsed = ip_address(nearest)
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else parsed


def _prefix(address: Address | None, length: int) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, length), strict=False).network_address)
    return "unknown" if address is None else str(address)
