#!/usr/bin/env bash
# Run once by the PostgreSQL image when its data is new: the role that owns the platform's databases, no superuser.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v password="$OWNER_PASSWORD" --username postgres --dbname postgres <<'SQL'
CREATE ROLE tiqzy LOGIN NOSUPERUSER CREATEDB CREATEROLE PASSWORD :'password';
SQL
