"""The connection type Cortex: a session with what the connection names, and the Test button of its form."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from airflow.sdk import BaseHook

from include.cortex.client import CortexClient
from include.errors import CortexSignalsError
from include.orchestration.connections import cortex
from include.orchestration.provider import CONNECTION_TYPE


class CortexHook(BaseHook):
    """Opens sessions with the Cortex of a connection.

    Parameters
    ----------
    cortex_conn_id
        The connection's name.
    """

    conn_name_attr = "cortex_conn_id"
    default_conn_name = "cortex"
    conn_type = CONNECTION_TYPE
    hook_name = "Cortex"

    def __init__(self, cortex_conn_id: str = default_conn_name, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cortex_conn_id = cortex_conn_id

    def get_conn(self, **options: Any) -> CortexClient:
        """A session; `options` are those of CortexClient. Raises SettingsError where a field is unusable."""
        return CortexClient(cortex(self.get_connection(self.cortex_conn_id)), **options)

    def test_connection(self) -> tuple[bool, str]:
        """Whether it answers a query, and one sentence: who answers to which tenant, or what is wrong."""
        try:
            with self.get_conn(timeout_seconds=10, attempts=1) as client:
                return True, _answer(client)
        except CortexSignalsError as error:
            return False, str(error)


def _answer(client: CortexClient) -> str:
    now = client.time().astimezone(UTC)
    identity, tenant = client.identity(), client.cortex.tenant
    who = "Cortex" if identity.kind == "cortex" else f"The bundled lab, {identity},"
    return (
        f"{who} at {client.cortex.url} answers {f'tenant {tenant}' if tenant else 'without a tenant'}; "
        f"its clock says {now:%Y-%m-%d %H:%M:%S} UTC."
    )
