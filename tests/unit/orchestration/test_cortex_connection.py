"""Connections to Cortex as people write them: addresses, extra fields, and what is wrong with them in one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from include.errors import SettingsError

EMPTY = {
    "tenant": None,
    "token": None,
    "requests_per_second": None,
    "in_flight": None,
    "ca_file": None,
    "client_cert": None,
    "client_key": None,
    "headers": {},
}


@pytest.fixture(scope="module", autouse=True)
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        yield


def named(uri: str | None = None, **parts: Any) -> Any:
    from airflow.sdk import Connection

    return Connection(conn_id="cortex", uri=uri) if uri else Connection(conn_id="cortex", **parts)


def url(uri: str | None = None, **parts: Any) -> str:
    from include.orchestration.connections import cortex

    return cortex(named(uri, **parts)).url


def extras(extra: dict[str, Any]) -> dict[str, Any]:
    from include.orchestration.connections import cortex_extras

    return dict(cortex_extras(extra))


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("cortex://host:9009/prometheus?tenant=x", "http://host:9009/prometheus"),
        ("cortex://host/a/b", "http://host/a/b"),
        ("cortex://host", "http://host"),
        ("cortex://me:p%40ss@host:9009/prometheus", "http://host:9009/prometheus"),
        ("cortex://https://host:9009/prometheus", "https://host:9009/prometheus"),
        ("cortex://https://host%2Fapi%2Fprom/?tenant=x", "https://host/api/prom"),
        ("cortex://host:443/https", "https://host:443"),
        ("cortex://[::1]:9009/prometheus", "http://[::1]:9009/prometheus"),
        ("http://host:9009/prometheus", "http://host:9009/prometheus"),
        ("https://host/prometheus", "https://host/prometheus"),
        ("generic://host:9009/prometheus", "http://host:9009/prometheus"),
    ],
)
def test_a_uri_becomes_the_api_root(uri: str, expected: str) -> None:
    """Scheme, host, port and path stand where Airflow puts them; http where no other scheme is said."""
    assert url(uri) == expected


@pytest.mark.parametrize("conn_type", ["cortex", "generic"])
@pytest.mark.parametrize("host", ["https://host:9009/prometheus", " https://host:9009/prometheus/ "])
@pytest.mark.parametrize("port", [None, 0, 9009])
def test_a_host_may_be_the_whole_address(conn_type: str, host: str, port: int | None) -> None:
    """As the form asks for it; the port beside it may repeat it."""
    assert url(conn_type=conn_type, host=host, port=port) == "https://host:9009/prometheus"


def test_a_port_may_stand_beside_the_address() -> None:
    """Then it goes where it belongs."""
    assert url(conn_type="cortex", host="http://host/prometheus", port=9009) == "http://host:9009/prometheus"


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [(None, None, "has no host"), (" / ", None, "has no host"), ("http://host:9009", 9010, "two ports, 9009")],
)
def test_an_address_that_is_none_is_said(host: str | None, port: int | None, said: str) -> None:
    """One sentence that names the connection."""
    with pytest.raises(SettingsError, match=f"^The connection cortex {'' if said[0] == 'h' else 'has '}{said}"):
        url(conn_type="cortex", host=host, port=port)


@pytest.mark.parametrize("conn_type", ["cortex", "generic", "http"])
def test_a_json_connection_says_all(conn_type: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """AIRFLOW_CONN_CORTEX as `make up` and people write it, and as it was before the type Cortex was there."""
    from include.orchestration.connections import _connection, cortex

    told = {
        "conn_type": conn_type,
        "host": "http://host:9009/prometheus",
        "login": "me",
        "password": "hush",
        "extra": {"tenant": "trading", "token": "tok-1"},
    }
    monkeypatch.setenv("AIRFLOW_CONN_CORTEX", json.dumps(told))
    found = cortex(_connection("cortex", "AIRFLOW_CONN_CORTEX"))
    assert (found.url, found.tenant) == ("http://host:9009/prometheus", "trading")
    assert (found.username, found.password, found.token) == ("me", "hush", "tok-1")


@pytest.mark.parametrize("extra", [{}, dict.fromkeys(EMPTY), {**dict.fromkeys(EMPTY, ""), "secret_headers": []}])
def test_nothing_given_is_nothing(extra: dict[str, Any]) -> None:
    """The form saves its empty fields as null."""
    extra.pop("headers", None)
    assert extras(extra) == EMPTY


def test_fields_of_the_form_are_read() -> None:
    """With the kinds that its JSON has."""
    given = {
        "tenant": "trading",
        "token": " tok-1\n",
        "requests_per_second": 2.5,
        "in_flight": 4,
        "ca_file": "/ca.pem",
        "client_cert": "/cert.pem",
        "client_key": "/key.pem",
        "secret_headers": {"X-Gateway-Key": "key-1"},
    }
    expected = {**given, "token": "tok-1", "headers": given["secret_headers"]}
    del expected["secret_headers"]
    assert extras(given) == expected


@pytest.mark.parametrize("form", ["query", "__extra__"])
def test_a_uri_carries_the_same_fields(form: str) -> None:
    """In its query numbers are text, and so is the object of headers."""
    given: dict[str, Any] = {"tenant": 1234, "requests_per_second": 2.5, "in_flight": 4}
    if form == "query":
        query = {**given, "secret_headers": '{"X-Gateway-Key": "key-1"}'}
    else:
        query = {"__extra__": json.dumps({**given, "secret_headers": {"X-Gateway-Key": "key-1"}})}
    found = extras(named(f"cortex://host:9009/prometheus?{urlencode(query)}").extra_dejson)
    assert found == {**EMPTY, **given, "tenant": "1234", "headers": {"X-Gateway-Key": "key-1"}}


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"requests_per_second": "fast"}, "requests_per_second of the connection cortex is 'fast', not a number above"),
        ({"requests_per_second": 0}, "is 0, not a number above 0"),
        ({"requests_per_second": "inf"}, "is 'inf', not a number above 0"),
        ({"requests_per_second": True}, "is True, not a number above 0"),
        ({"in_flight": -1}, "in_flight of the connection cortex is -1, not a number above 0"),
        ({"in_flight": 1.5}, "is 1.5, not a whole number above 0"),
        ({"tenant": ["a"]}, "tenant of the connection cortex is not a text"),
        ({"client_key": "/key.pem"}, "client_key of the connection cortex is given without client_cert"),
        ({"secret_headers": "X-Gateway-Key: key-1"}, "is not a JSON object of texts"),
        ({"secret_headers": '["key-1"]'}, "is not a JSON object of texts"),
        ({"secret_headers": {"X-Gateway-Key": 1}}, "is not a JSON object of texts"),
        ({"secret_headers": {"X Key": "key-1"}}, "holds a header 'X Key' that cannot be sent"),
        ({"secret_headers": {"X-Key": "key-1\r\nX-Scope-OrgID: other"}}, "holds a header 'X-Key' that cannot be sent"),
        ({"headers": {"X-Gateway-Key": "key-1"}}, "is called secret_headers"),
    ],
)
def test_a_wrong_field_is_one_sentence(extra: dict[str, Any], said: str) -> None:
    """It names the field, and no header's value."""
    with pytest.raises(SettingsError) as raised:
        extras(extra)
    sentence = str(raised.value)
    assert said in sentence
    assert sentence.startswith("The extra ")
    assert "key-1" not in sentence


def test_secrets_are_masked_in_the_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The token and every header's value, whatever the header is called."""
    from include.orchestration import connections

    masked: list[str] = []
    monkeypatch.setattr(connections, "mask_secret", masked.append)
    extras({"tenant": "trading", "token": "tok-1", "secret_headers": {"X-A": "key-1", "X-B": ""}})
    assert masked == ["tok-1", "key-1"]
