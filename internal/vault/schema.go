package vault

import "github.com/rapport-crm/rapport/internal/durable"

// kept is what the vault keeps.
var kept = durable.Part{Schema: "vault", Name: "keys", Migrations: []string{`
COMMENT ON SCHEMA vault IS 'Keys that seal what is personal in the log. Back it up, and keep it from whoever reads the log.';

CREATE TABLE IF NOT EXISTS vault.kek (
	single            boolean PRIMARY KEY DEFAULT true CHECK (single),
	keyset            bytea NOT NULL,
	pseudonyms        bytea NOT NULL,
	master            text NOT NULL,
	created_at        timestamptz NOT NULL DEFAULT now(),
	rotated_at        timestamptz,
	master_rotated_at timestamptz
);
COMMENT ON TABLE vault.kek IS 'The vault''s own key, by which the customers'' keys are wrapped.';
COMMENT ON COLUMN vault.kek.single IS 'There is one row.';
COMMENT ON COLUMN vault.kek.keyset IS 'Tink keyset of AES-256-GCM keys, wrapped by the master key.';
COMMENT ON COLUMN vault.kek.pseudonyms IS 'Secret of 32 bytes that names are made by, wrapped by this key. It never changes.';
COMMENT ON COLUMN vault.kek.master IS 'The master key: a file, or the URI of a key management service.';
COMMENT ON COLUMN vault.kek.created_at IS 'When the vault was founded.';
COMMENT ON COLUMN vault.kek.rotated_at IS 'When this key was renewed last.';
COMMENT ON COLUMN vault.kek.master_rotated_at IS 'When it was wrapped by another master key last.';

CREATE TABLE IF NOT EXISTS vault.keys (
	customer_id  uuid PRIMARY KEY,
	keyset       bytea,
	created_at   timestamptz NOT NULL DEFAULT now(),
	rotated_at   timestamptz,
	destroyed_at timestamptz,
	CHECK ((keyset IS NULL) = (destroyed_at IS NOT NULL))
);
COMMENT ON TABLE vault.keys IS 'One key for each customer of whom something personal was recorded.';
COMMENT ON COLUMN vault.keys.customer_id IS 'The customer.';
COMMENT ON COLUMN vault.keys.keyset IS 'Tink keyset of AES-256-GCM keys, wrapped by vault.kek; gone once it was destroyed.';
COMMENT ON COLUMN vault.keys.created_at IS 'When it was made.';
COMMENT ON COLUMN vault.keys.rotated_at IS 'When it was renewed last.';
COMMENT ON COLUMN vault.keys.destroyed_at IS 'When it was destroyed: what it sealed cannot be read any more, by anybody.';
`}}
