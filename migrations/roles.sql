-- The roles the portal needs, for an administrator to run once on each PostgreSQL server; safe to run again.
--
-- portal_owner   owns the schema and runs the migrations; the application never logs in as it.
-- portal_app     is what the application logs in as. It has no rights of its own: each transaction takes one of
--                the roles below, and row-level security is written to these.
-- Where passwords or certificates are asked for, set them on portal_owner and portal_app; the others never log in.

DO $$
DECLARE
    name text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_owner') THEN
        CREATE ROLE portal_owner LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN
        CREATE ROLE portal_app LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
    FOREACH name IN ARRAY ARRAY[
        'portal_sign_in', 'portal_worker', 'portal_authority', 'portal_practice', 'portal_nursing',
        'portal_platform', 'portal_keeper'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name);
        END IF;
        IF NOT pg_has_role('portal_app', name, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO portal_app', name);
        END IF;
    END LOOP;
END
$$;
