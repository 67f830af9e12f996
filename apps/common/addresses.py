"""The address of whoever asks: the peer's, or behind a proxy that we trust the one it names.

Everything that looks at an address looks here: networks of API keys, limits, logs. A client writes
into `X-Forwarded-For` what it likes, and every proxy adds the peer it saw at the right. So the
header counts only when the peer is one of `settings.TRUSTED_PROXIES`, and then from the right, up
to the first address that is none of them.
"""

import ipaddress
from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# One person has a whole /64 of IPv6 to draw addresses from (RFC 6177), so it is counted as one.
IPV6_PERSON_PREFIX = 64
_MOST_HOPS = 20  # A longer list was written by the client to make us read.
_MOST_HEADER = 1_000


def client_address(request: HttpRequest) -> str:
    """Return the address of the client in its usual form; empty where it is not known."""
    found: str | None = getattr(request, "client_address", None)
    if found is None:
        found = _found(request)
        request.client_address = found  # type: ignore[attr-defined]
    return found


def counted(address: str) -> str:
    """Return what limits count an address as: itself, or the /64 of an IPv6 address."""
    ip = _parsed(address)
    if ip is None or ip.version == 4:
        return address
    return str(ipaddress.ip_network(f"{ip}/{IPV6_PERSON_PREFIX}", strict=False))


def network(text: str) -> Network:
    """Read an address or network as an operator writes it.

    Raises:
        ValueError: it is neither.
    """
    return ipaddress.ip_network(text)


def _found(request: HttpRequest) -> str:
    peer: str = request.META.get("REMOTE_ADDR") or ""
    if not settings.TRUSTED_PROXIES:
        return _usual(peer)
    header: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return _named_by_proxy(peer, header[-_MOST_HEADER:], tuple(settings.TRUSTED_PROXIES))


@lru_cache(maxsize=4096)  # Reading an address takes 5 µs, and the same few clients ask again.
def _named_by_proxy(peer: str, header: str, trusted: Sequence[str]) -> str:
    proxies = _networks(trusted)
    if not _is_proxy(peer, proxies):
        return _usual(peer)
    nearest = peer
    for hop in _hops(header):
        if _parsed(hop) is None:
            break  # Nobody whom we trust writes this: what stands left of it is not believed.
        nearest = hop
        if not _is_proxy(hop, proxies):
            break
    return _usual(nearest)


def _hops(header: str) -> Iterator[str]:
    """Return the addresses of a header from the right, without ports and brackets."""
    for part in reversed(header.rsplit(",", _MOST_HOPS)[-_MOST_HOPS:]):
        yield _without_port(part.strip())


def _without_port(hop: str) -> str:
    if hop.startswith("["):  # [2001:db8::7]:443
        return hop[1:].partition("]")[0]
    if hop.count(":") == 1:  # 203.0.113.7:443
        return hop.partition(":")[0]
    return hop


def _is_proxy(address: str, proxies: Sequence[Network]) -> bool:
    ip = _parsed(address)
    return ip is not None and any(ip in proxy for proxy in proxies)


@lru_cache(maxsize=4096)
def _usual(address: str) -> str:
    ip = _parsed(address)
    return str(ip) if ip is not None else ""


def _parsed(address: str) -> Address | None:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    mapped = getattr(ip, "ipv4_mapped", None)  # A dual-stack listener says ::ffff:203.0.113.7.
    if mapped is not None:
        return ipaddress.IPv4Address(mapped)
    if isinstance(ip, ipaddress.IPv6Address) and ip.scope_id:
        return ipaddress.IPv6Address(int(ip))  # fe80::1%eth0: the zone means nothing to others.
    return ip


@lru_cache(maxsize=8)
def _networks(texts: Sequence[str]) -> list[Network]:
    return [network(text) for text in texts]
