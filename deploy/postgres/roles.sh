#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: the role that owns the tables, and the role that uses them.
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username postgres <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
CREATE ROLE coproduce_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE coproduce_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
CREATE DATABASE coproduce OWNER coproduce_owner;
REVOKE ALL ON DATABASE coproduce FROM PUBLIC;
GRANT CONNECT ON DATABASE coproduce TO coproduce_app;
SQL
