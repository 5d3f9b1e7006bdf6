#!/bin/sh
# Creates the role of the application, which owns no table: row-level security binds it. Runs when the database is created.
set -e
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/spring.datasource.password)" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role waypost_app login password :'password';
SQL
