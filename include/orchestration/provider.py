"""What Airflow's connection form shows for the type Cortex; the entry point `apache_airflow_provider` leads here.

Every Airflow process reads this, so it imports nothing. Names of extra fields that hold a secret contain a word by
which Airflow knows one (`token`, `secret`): their values are `***` in its pages and its API. They have no defaults,
which it would mask and save as such.
"""

from __future__ import annotations

from typing import Any

CONNECTION_TYPE = "cortex"
TEXT = {"type": ["string", "null"]}

FIELDS: dict[str, dict[str, Any]] = {
    "tenant": {
        "label": "Tenant",
        "schema": TEXT,
        "description": "Sent as X-Scope-OrgID. Empty: none.",
    },
    "token": {
        "label": "Bearer token",
        "schema": {**TEXT, "format": "password"},
        "description": "Instead of user name and password.",
    },
    "requests_per_second": {
        "label": "Requests per second",
        "schema": {"type": ["number", "null"], "minimum": 0},
        "description": "No more than this. Empty: as the settings file says.",
    },
    "in_flight": {
        "label": "Requests at once",
        "schema": {"type": ["integer", "null"], "minimum": 1},
        "description": "No more than this. Empty: as the settings file says.",
    },
    "ca_file": {
        "label": "CA file",
        "schema": TEXT,
        "description": "Path on the workers of the PEM file that the server's certificate is checked against. Empty: theirs.",
    },
    "client_cert": {
        "label": "Client certificate",
        "schema": TEXT,
        "description": "Path on the workers of a PEM file, where the server asks for one.",
    },
    "client_key": {
        "label": "Client key",
        "schema": TEXT,
        "description": "Path on the workers of its PEM file. Empty: the key is in the certificate's.",
    },
    "secret_headers": {
        "label": "Further headers",
        "schema": {"type": ["object", "null"]},
        "description": 'Sent with each request, such as {"X-Gateway-Key": "…"}. Saved values are shown as ***.',
    },
}


def get_provider_info() -> dict[str, Any]:
    """This package as Airflow's providers manager wants it told."""
    return {
        "package-name": "cortex-signals",
        "name": "Cortex",
        "description": "Minute metrics from Cortex, or any store with the API of Prometheus.",
        "connection-types": [
            {
                "connection-type": CONNECTION_TYPE,
                "hook-class-name": "include.orchestration.hook.CortexHook",
                "hook-name": "Cortex",
                "conn-fields": FIELDS,
                "ui-field-behaviour": {
                    # The port is not hidden: for a connection without one the Test button of Airflow 3.3.1 and 3.3.2
                    # answers Bad Request (apache/airflow#73298). 0 is one and changes nothing.
                    "hidden-fields": ["schema"],
                    "relabeling": {"host": "API root", "login": "User name"},
                    "placeholders": {
                        "host": "http://host:9009/prometheus",
                        "port": "0: it stands in the API root",
                        "login": "for basic authentication",
                        "password": "for basic authentication",
                    },
                },
            }
        ],
    }
