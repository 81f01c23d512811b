#!/usr/bin/env bash
# Installs what the tests of the cluster need, on Debian, as root. No service is started, and none at the next boot.
set -euo pipefail

readonly wanted=(patroni etcd-server etcd-client haproxy pgbouncer postgresql)

missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
  echo "All of ${wanted[*]} is installed."
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "This is no Debian: install ${missing[*]} by hand." >&2
  exit 1
fi
if [[ $(id -u) != 0 ]]; then
  command -v sudo >/dev/null && exec sudo "$0"
  echo "Only root can install ${missing[*]}." >&2
  exit 1
fi

# Debian starts a service as soon as it is installed, unless this file forbids it. One that is there already is kept.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
# The package would make a server of its own.
mkdir -p /etc/postgresql-common/createcluster.d
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/none.conf

apt-get -qq update
DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}"
if command -v systemctl >/dev/null; then
  systemctl --quiet disable patroni etcd haproxy pgbouncer 2>/dev/null || true
fi
