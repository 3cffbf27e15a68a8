"""The client's address as far as it can be trusted; it is never stored unchanged."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import Request, request

from core.web.extensions import settings


def client_address() -> str:
    """Return the address of the present request's sender."""
    return address_of(request, settings().trusted_proxies)


def address_of(request: Request, trusted: frozenset[str]) -> str:
    """Return the nearest address of *request* that is not one of our *trusted* proxies'.

    Behind a trusted proxy `X-Forwarded-For` is read from its right end, where the proxies wrote; entries further left
    can be forged. From any other sender the header is ignored. An IPv6 address is cut to its network (/64), since a
    household has all of it.
    """
    nearest = request.remote_addr or ""
    if nearest in trusted:
        forwarded = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
        nearest = next((each for each in reversed(forwarded) if each and each not in trusted), nearest)
    return _network(nearest)


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Network((parsed, 64), strict=False).network_address)
    return str(parsed)
