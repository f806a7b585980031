"""Which hosts are this machine, and which hand out credentials, in every way that an address can be written."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.hosts import is_loopback, is_metadata

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,20}(\.[a-z]{2,5}){0,2}", fullmatch=True)


def within(network: str) -> st.SearchStrategy[IPv4Address]:
    first, last = ip_network(network)[0], ip_network(network)[-1]
    return st.integers(int(first), int(last)).map(IPv4Address)


def spellings(address: IPv4Address) -> list[str]:
    """As the resolver of the system reads it: dotted, one number, hexadecimal, and inside an IPv6 address."""
    return [str(address), str(int(address)), hex(int(address)), f"::ffff:{address}", f"[::ffff:{address}]"]


@given(within("127.0.0.0/8"))
def test_every_address_of_the_loopback_is_this_machine(address: IPv4Address) -> None:
    """However it is written; and it is nobody's metadata."""
    assert all(is_loopback(text) and not is_metadata(text) for text in spellings(address))


@given(within("169.254.0.0/16"))
def test_every_link_local_address_is_refused(address: IPv4Address) -> None:
    """However it is written; and it is not this machine."""
    assert all(is_metadata(text) and not is_loopback(text) for text in spellings(address))


@given(st.one_of(within("10.0.0.0/8"), within("192.168.0.0/16"), within("172.16.0.0/12"), within("8.0.0.0/8")))
def test_every_other_address_is_another_machine(address: IPv4Address) -> None:
    """Private ones too: somebody may be in between."""
    assert not any(is_loopback(text) or is_metadata(text) for text in spellings(address))


@given(NAMES.filter(lambda name: name not in {"localhost", "metadata"}))
def test_a_name_is_another_machine(name: str) -> None:
    """It is not looked up."""
    assert not is_loopback(name)
    assert not is_metadata(name)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "::1", "[::1]", "127.1"])
def test_this_machine_has_a_few_more_names(host: str) -> None:
    """Those that the system reads as itself."""
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["fd00:ec2::254", "[fd00:ec2::254]", "fe80::1%eth0", "100.100.100.200", "metadata.google.internal."]
)
def test_clouds_have_a_few_more_addresses_of_credentials(host: str) -> None:
    """Of Amazon over IPv6, Alibaba and Google."""
    assert is_metadata(host)
