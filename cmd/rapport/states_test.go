package main

import "testing"

func TestBytesFlag(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "17": 17, "17B": 17, "512KiB": 512 << 10, "128MiB": 128 << 20, "1GiB": 1 << 30} {
		var f bytesFlag
		if err := f.UnmarshalText([]byte(text)); err != nil || int64(f) != want {
			t.Errorf("%s is read as %d (%v)", text, f, err)
		}
	}
	for _, text := range []string{"", "MiB", "-1MiB", "1.5GiB", "1GB", "1TiB", "1 MiB", "99999999999GiB"} {
		var f bytesFlag
		if err := f.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is read as %d", text, f)
		}
	}
}
