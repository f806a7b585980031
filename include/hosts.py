"""Which hosts are this machine itself, and which no setting may name."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

Address = IPv4Address | IPv6Address

# Where clouds hand out a machine's credentials to whoever asks from it; the usual one, 169.254.169.254, is link-local.
METADATA = frozenset({ip_address("fd00:ec2::254"), ip_address("fd20:ce::254"), ip_address("100.100.100.200")})
METADATA_NAMES = frozenset({"metadata", "metadata.google.internal"})


def is_loopback(host: str) -> bool:
    """Whether it is this machine: localhost, 127.0.0.0/8 or ::1. A name is not looked up."""
    address = _address(host)
    return host.lower() == "localhost" if address is None else address.is_loopback


def is_metadata(host: str) -> bool:
    """Whether it is link-local, or a cloud's address of a machine's own credentials, however written. A name is not looked up."""
    address = _address(host)
    if address is None:
        return host.lower().rstrip(".") in METADATA_NAMES
    return address.is_link_local or address in METADATA


def _address(host: str) -> Address | None:
    """The address that the text is, one number or hexadecimal included, as the resolver reads it; None for a name."""
    try:
        address = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        try:
            return IPv4Address(socket.inet_aton(host))
        except (OSError, ValueError):
            return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
