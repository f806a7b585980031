"""A warehouse as the version before 0003 left it: one view minute_features, replaced with every change."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from include.warehouse.connection import Connection, Warehouse
from include.warehouse.statements import sql_files

HERE = Path(__file__).parent
VIEWS = {
    "10_raw/metric_days.sql": "metric_days",
    "20_features/minute_features.sql": "minute_features",
    "21_features_between/features_between.sql": "features_between",
}


def make_older(warehouse: Warehouse, migrations: int) -> None:
    """Apply the first `migrations` migrations and the views of then, with their bookkeeping."""
    with warehouse.transaction() as connection:
        connection.execute("CREATE SCHEMA market")
        connection.execute("COMMENT ON SCHEMA market IS 'cortex-signals'")
        connection.execute(dict(sql_files("always"))["bookkeeping.sql"])
        for name, text in sql_files("migrations")[:migrations]:
            connection.execute(text)
            connection.execute("INSERT INTO schema_migrations (name, checksum) VALUES (%s, %s)", [name, _hash(text)])
        for position, (path, stem) in enumerate(VIEWS.items()):
            connection.execute(_text(stem))
            values = [position, path, _hash(_text(stem).decode())]
            connection.execute("INSERT INTO view_definitions (position, name, hash) VALUES (%s, %s, %s)", values)
        _register(connection)


def _register(connection: Connection) -> None:
    definition = f"{_text('metric_days').decode()}\n{_text('minute_features').decode()}"
    connection.execute(
        "INSERT INTO feature_versions (feature_version, feature_hash, columns, definition) SELECT 1, %s, array_agg(attname::text "
        "ORDER BY attnum), %s FROM pg_attribute WHERE attrelid = 'minute_features'::regclass AND atttypid = 'float8'::regtype",
        [_hash(definition), definition],
    )


def _text(stem: str) -> bytes:
    return (HERE / f"{stem}.sql").read_bytes()


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
