package bench

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// residentMiB returns how much memory of this process is resident: the server's and that of the apps that load it, not
// PostgreSQL's. Only Linux says so.
func residentMiB() (mib float64, ok bool) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, false
	}
	for line := range bytes.Lines(status) {
		fields := bytes.Fields(line)
		if len(fields) < 2 || string(fields[0]) != "VmRSS:" {
			continue
		}
		kib, err := strconv.ParseFloat(string(fields[1]), 64)
		return kib / 1024, err == nil
	}
	return 0, false
}

// watchMemory looks at the resident memory until it is stopped, and then reports the most that there was.
func (r *run) watchMemory(figure string) (stop func()) {
	ended := make(chan struct{})
	var most float64
	var watching sync.WaitGroup
	watching.Go(func() {
		look := time.NewTicker(200 * time.Millisecond)
		defer look.Stop()
		for {
			mib, _ := residentMiB()
			most = max(most, mib)
			select {
			case <-look.C:
			case <-ended:
				return
			}
		}
	})
	return func() {
		close(ended)
		watching.Wait()
		if most > 0 {
			r.report.set(figure, most)
		}
	}
}

// folderBytes adds up the files of a folder, some of which may go meanwhile.
func folderBytes(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			var info fs.FileInfo
			if info, err = entry.Info(); err == nil {
				total += info.Size()
			}
		}
		if errors.Is(err, fs.ErrNotExist) && path != dir {
			return nil
		}
		return err
	})
	return total, err
}
