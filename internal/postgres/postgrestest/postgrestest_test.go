package postgrestest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

func TestEachDatabaseIsEmptyAndOwned(t *testing.T) {
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			conn, err := pgx.Connect(t.Context(), postgrestest.Database(t))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(t.Context())
			if _, err := conn.Exec(t.Context(), "CREATE SCHEMA crm; CREATE TABLE crm.probe (n int)"); err != nil {
				t.Error(err)
			}
		})
	}
}
