#!/bin/sh
# rehearse_image.sh FOLDER [MIRROR]: the steps of the Dockerfile without an engine, as root, in a Debian bookworm of its
# own below FOLDER, with Debian's Python 3.11 in place of the base image's. Ends with what the image must be able to do as
# its user. Wants debootstrap and 3 GB; nothing of it stays mounted.
set -eu
root=$1/root
checkout=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)

[ -d "$root/usr" ] || debootstrap --variant=minbase --include=python3-venv,python3-distutils,ca-certificates bookworm "$root" ${2:+"$2"}
# How this machine reaches its registries.
for file in /etc/resolv.conf /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    if [ -e "$file" ]; then
        mkdir -p "$root$(dirname "$file")"
        cp -L "$file" "$root$file"
    fi
done
mount --bind /proc "$root/proc"
trap 'umount "$root/proc"' EXIT

inside() { chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@" </dev/null; }
ln -sf /usr/bin/python3.11 "$root/usr/local/bin/python"
ln -sf /usr/bin/python3.11 "$root/usr/local/bin/python3"

# COPY of what .dockerignore lets in, then RUN, WORKDIR and COPY line by line.
context=$(mktemp -d "$root/context.XXXXXX")
(cd "$checkout" && sed -n 's/^!//p' .dockerignore | xargs tar -c --exclude=__pycache__ --exclude='*.pyc') | tar -x -C "$context"
folder=/
sed -e ':a' -e '/\\$/{N;ba' -e '}' -e 's/\\\n/ /g' "$checkout/Dockerfile" | while read -r step words; do
    case $step in
        WORKDIR) folder=$words && mkdir -p "$root$folder" ;;
        RUN) echo "RUN $words" && inside sh -c "cd $folder && $words" ;;
        COPY)
            case $words in --from=*) continue ;; esac
            target=${words##* }
            case $target in /*) ;; *) target=$folder/$target ;; esac
            for source in ${words% *}; do
                if [ -d "$context/$source" ]; then mkdir -p "$root$target" && cp -a "$context/$source/." "$root$target"; else cp -a "$context/$source" "$root$target"; fi
            done
            ;;
    esac
done

settings=$(sed -e ':a' -e '/\\$/{N;ba' -e '}' -e 's/\\\n/ /g' "$checkout/Dockerfile" | sed -n 's/^ENV //p' | sed "s|\$PATH|/usr/local/bin:/usr/bin:/bin|")
for try in "airflow version" "cortex-signals --help" "python -c 'import lightgbm, include.predict'" "airflow providers list" "touch /opt/cortex-signals/written"; do
    echo "--- $try"
    # shellcheck disable=SC2086
    chroot --userspec=50000:0 "$root" /usr/bin/env -i LANG=C.UTF-8 $settings with-secrets sh -c "cd /opt/cortex-signals && $try" 2>&1 | tail -4
done
