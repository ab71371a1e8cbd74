package postgres

import (
	"context"
	"os"
	"os/exec"
)

// Psql answers how to call psql on this machine: by its name where the PATH leads to it, else by its path among
// the server binaries, where Homebrew keeps it. Where there is none, it answers the name.
func Psql(ctx context.Context) string {
	const name = "psql"
	if _, err := exec.LookPath(name); err == nil {
		return name
	}
	for _, i := range installations(ctx, places()) {
		if _, err := os.Stat(i.path(name)); err == nil {
			return i.path(name)
		}
	}
	return name
}
