package files

import "testing"

func TestFree(t *testing.T) {
	if n, err := Free(t.TempDir()); err != nil || n <= 0 {
		t.Errorf("%d bytes are free: %v", n, err)
	}
	if _, err := Free("/nowhere/at/all"); err == nil {
		t.Error("a folder that is not there has room")
	}
}
