#!/bin/sh
# Prints each live signal once, within seconds of its commit: what it says, how sure it is, and the base rate of that.
#
#   ./examples/poll_signals.sh "$(./cortex-signals dsn)" [SECONDS]
#
# One short query a poll; nothing waits in the server between two. Signals of a minute may be committed in any order, so it
# asks for the newest ten minutes each time and leaves out what it has printed: "the largest number so far" would lose some.
# A confidence that is not above its base rate says nothing. SIMULATED: the market was made up.
set -eu
dsn=$1

while :; do
    psql "$dsn" -X -A -t -F ' ' <<'SQL' || echo "The warehouse does not answer; it is asked again." >&2
        SELECT
            signal_id, to_char(ts AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), symbol, horizon_minutes || 'min', side,
            coalesce(prediction, reason_code), round(confidence::numeric, 3),
            'base ' || round(CASE prediction WHEN 'UP' THEN base_rate_up WHEN 'DOWN' THEN base_rate_down ELSE base_rate_sideways END::numeric, 3),
            CASE WHEN is_simulated THEN 'SIMULATED' END
        FROM signals_live
        WHERE ts > (SELECT max(ts) FROM signals) - INTERVAL '10 minutes'
        ORDER BY signal_id;
SQL
    sleep "${2:-5}"
done | awk '!printed[$1]++ { print; fflush() }'
