#!/bin/sh
# Makes the secrets of docker-compose.yaml that are not there yet, one a file; none is ever changed.
# The folder is its owner's alone; the files in it are readable, since each container reads its own under another user.
set -eu
folder=${1:-$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/secrets}
umask 022
mkdir -p "$folder"
chmod 700 "$folder"

random() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n'; }

make_file() { # name, value
    [ -e "$folder/$1" ] && return
    printf '%s' "$2" >"$folder/$1"
    echo "made $1"
}

make_file fernet_key "$(random)" # 32 bytes in base64 for addresses, as Fernet wants them
for name in jwt_secret secret_key admin_password postgres_password airflow_database_password market_owner_password \
    market_reader_password redis_password grafana_password; do
    make_file "$name" "$(random | tr -d '=')"
done
# Of your own Cortex, where it asks for one: put it in.
make_file cortex_password ''
make_file cortex_token ''
