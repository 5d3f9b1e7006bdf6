#!/bin/sh
# Creates the secrets of docker-compose.yml in a directory: random, one file each, existing files stay.
#   src/main/docker/create-secrets.sh ~/waypost-secrets && export WAYPOST_SECRETS=~/waypost-secrets
# Only you may enter the directory. The files themselves are readable, because each container reads them as a user of its own.
set -eu
directory=${1:?Name a directory outside the repository, for example ~/waypost-secrets}
umask 077
mkdir -p "$directory"
chmod 700 "$directory"
for name in waypost.admin.password waypost.access.metrics-token spring.datasource.password spring.flyway.password grafana-admin-password; do
  file=$directory/$name
  [ -e "$file" ] || head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n' > "$file"
  chmod 644 "$file"
done
[ -e "$directory/waypost.identity.master-key" ] || head -c 32 /dev/urandom | base64 | tr -d '\n' > "$directory/waypost.identity.master-key"
chmod 644 "$directory/waypost.identity.master-key"
echo "Secrets are in $directory. Sign in as admin with: cat $directory/waypost.admin.password"
