package postgres

import "strings"

// analyst is the role of those who read the tables by SQL. What it may read is granted by whoever makes them.
const analyst = "crm_analyst"

// admission makes the role, and takes from everybody what PostgreSQL gives to everybody: it can be repeated. The
// privileges are what counts, since a session may change its settings: they are for mistakes. Queries must
// not run, nor transactions stay open, for so long that the files cannot be cleaned of what was erased.
const admission = `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{analyst}') THEN CREATE ROLE {analyst}; END IF; END $$;
ALTER ROLE {analyst} LOGIN PASSWORD '{password}' CONNECTION LIMIT 20;
ALTER ROLE {analyst} SET default_transaction_read_only = on;
ALTER ROLE {analyst} SET statement_timeout = '5min';
ALTER ROLE {analyst} SET idle_in_transaction_session_timeout = '5min';
REVOKE ALL ON DATABASE {database}, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {analyst};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO {application};
`

func admit(password string) string {
	return strings.NewReplacer("{analyst}", analyst, "{password}", password, "{database}", database,
		"{application}", application).Replace(admission)
}
