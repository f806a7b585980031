#!/bin/sh
# The two databases and their logins: Airflow's metadata, and the warehouse with its owner, writer and reader.
# The image runs it at the first start; it changes nothing when it is run again:
#   docker compose exec postgres sh /docker-entrypoint-initdb.d/900_databases.sh
set -eu

secret() { cat "${SECRETS_FOLDER:-/run/secrets}/$1"; }

# The image gives it at the first start; run by hand it is asked for here.
PGPASSWORD=${PGPASSWORD:-$(secret postgres_password)}
export PGPASSWORD

# Values are given by variables of psql's, which quotes them, and read from its standard input: none is an argument.
{
    echo "\\set airflow_password '$(secret airflow_database_password)'"
    echo "\\set owner_password '$(secret market_owner_password)'"
    echo "\\set reader_password '$(secret market_reader_password)'"
    cat <<'SQL'
SET password_encryption = 'scram-sha-256';
SET log_min_error_statement = panic; -- a statement with a password never reaches the log

SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['airflow', 'market_owner', 'market_writer', 'market_reader']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE airflow PASSWORD :'airflow_password';
ALTER ROLE market_owner PASSWORD :'owner_password';
ALTER ROLE market_reader PASSWORD :'reader_password';
ALTER ROLE market_writer NOLOGIN; -- nothing logs in as it: the owner acts as it
GRANT market_writer, market_reader TO market_owner WITH ADMIN OPTION;
ALTER ROLE market_reader SET statement_timeout = '60s';
ALTER ROLE market_reader SET default_transaction_read_only = on;

-- From template0: the image's template1 has TimescaleDB, which Airflow does not need.
SELECT 'CREATE DATABASE airflow OWNER airflow TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'airflow') \gexec
SELECT 'CREATE DATABASE market OWNER market_owner TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'market') \gexec
REVOKE ALL ON DATABASE airflow, market, postgres FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE market TO market_writer, market_reader;
ALTER DATABASE market SET search_path = market, public;
ALTER DATABASE market SET timezone = 'UTC';

\connect market
SELECT 'CREATE EXTENSION IF NOT EXISTS timescaledb'
WHERE EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb') \gexec
SQL
} | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres
