package client

import (
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// Progress answers a function to call with every number of steps done, out of total, and one to call in the
// end, however far it came. On a terminal it draws a bar; elsewhere it writes a line at each tenth of the way.
func Progress(w io.Writer, what string, total int) (advance func(steps int), end func()) {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		bar := progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionFullWidth())
		// A bar that cannot be drawn is no reason to stop.
		return func(steps int) { _ = bar.Add(steps) }, func() { fmt.Fprintln(w) }
	}
	done, tenths := 0, 0
	return func(steps int) {
		done += steps
		if now := done * 10 / max(total, 1); now > tenths {
			tenths = now
			fmt.Fprintf(w, "%s: %d of %d\n", what, done, total)
		}
	}, func() {}
}
