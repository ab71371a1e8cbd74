package main

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/eventstore"
)

// bytesFlag is a size on the command line: a number with a unit, such as 128MiB.
type bytesFlag int64

// UnmarshalText implements encoding.TextUnmarshaler.
func (f *bytesFlag) UnmarshalText(text []byte) error {
	digits := strings.TrimRight(string(text), "BKMGi")
	shift, ok := map[string]int{"": 0, "B": 0, "KiB": 10, "MiB": 20, "GiB": 30}[string(text[len(digits):])]
	n, err := strconv.ParseInt(digits, 10, 32)
	if !ok || err != nil || n < 0 {
		return fmt.Errorf("%q is no size such as 128MiB or 1GiB", text)
	}
	*f = bytesFlag(n << shift)
	return nil
}

// leftFreeBytes is what snapshots leave free on the disk: the log may need it.
const leftFreeBytes = 512 << 20

// openSnapshots opens customers' states behind the memory; nil where the flags say that there are none. They are only
// a cache: where they cannot be opened, commands go on without.
func (c serveCmd) openSnapshots(vault eventstore.Vault, logger *slog.Logger) *commands.Snapshots {
	if c.CommandDisk == 0 {
		return nil
	}
	dir := filepath.Join(c.Data, "snapshots")
	s, err := commands.OpenSnapshots(commands.SnapshotOptions{Dir: dir, Bytes: int64(c.CommandDisk), Vault: vault, Logger: logger,
		Room: func(bytes int64) bool {
			disk, err := vfs.Default.GetDiskUsage(dir)
			return err == nil && disk.AvailBytes >= uint64(bytes)+leftFreeBytes
		}})
	if err != nil {
		logger.Warn("customers' states are not kept on disk", "error", err)
		return nil
	}
	return s
}
