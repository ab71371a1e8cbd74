package postgres

import (
	"fmt"

	"github.com/rapport-crm/rapport/internal/files"
)

// settings are written anew at every start. What an administrator changes with ALTER SYSTEM is kept
// elsewhere and prevails.
const settings = `# Written at every start. Change settings with ALTER SYSTEM instead.
listen_addresses = '` + loopback + `'
port = %d
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
max_connections = 60

# One server on one machine: nothing replicates from it.
wal_level = minimal
max_wal_senders = 0

# Read models are written in large pages: few, spread-out checkpoints.
shared_buffers = '256MB'
work_mem = '64MB' # the views of a million customers sort and hash as many rows
parallel_tuple_cost = 0.01 # and hand as many over: a core that could help should
maintenance_work_mem = '128MB'
min_wal_size = '256MB'
max_wal_size = '2GB'
checkpoint_timeout = '15min'
random_page_cost = 1.1
enable_memoize = off # remembering what is computed once a row costs more than computing it, as in rfm
jit = off # compiling costs more than our short queries take

# What was deleted must not stay in segments of the log that wait to be used again.
wal_recycle = off

# The same results on every machine.
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'ISO, YMD'
lc_messages = 'C'

# Quiet: what is wrong, and not what is usual.
log_min_messages = warning
log_checkpoints = off
log_autovacuum_min_duration = -1
log_error_verbosity = terse # without details, which quote rows
log_min_error_statement = panic # nor statements
log_line_prefix = '%%m [%%p] %%u@%%d '
`

// ephemeralSettings give up what only matters to a server that must survive.
const ephemeralSettings = `
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = '64MB'
min_wal_size = '32MB'
max_wal_size = '256MB'
autovacuum = off
`

// access lets in these roles alone, by password, from this machine. An ephemeral server has databases beside
// the application's, for tests.
const access = `# Written at every start.
host all ` + superuser + `,` + application + ` ` + loopback + `/32 scram-sha-256
host %s ` + analyst + ` ` + loopback + `/32 scram-sha-256
`

func (c *cluster) writeSettings(port int) error {
	text, analysts := fmt.Sprintf(settings, port), database
	if c.ephemeral {
		text += ephemeralSettings
		analysts = "all"
	}
	// The server's account must read them, and they hold no secret.
	if err := files.Replace(c.path("postgresql.conf"), text, 0o644); err != nil {
		return err
	}
	return files.Replace(c.path("pg_hba.conf"), fmt.Sprintf(access, analysts), 0o644)
}
