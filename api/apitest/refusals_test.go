package apitest

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
)

// A package that declares rejections tells of them over HTTP.
func TestEveryPackageTellsItsRefusals(t *testing.T) {
	declares, tells := map[string]bool{}, map[string]bool{}
	domain := os.DirFS("../../domain")
	err := fs.WalkDir(domain, ".", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") {
			return err
		}
		source, err := fs.ReadFile(domain, file)
		folder := path.Dir(file)
		if strings.HasSuffix(file, "_test.go") {
			tells[folder] = tells[folder] || bytes.Contains(source, []byte(".Refusals(t)"))
		} else if folder != "domaintest" {
			declares[folder] = declares[folder] || bytes.Contains(source, []byte("Rejection{Kind: "))
		}
		return err
	})
	if err != nil || !declares["customer"] {
		t.Fatalf("%v; rejections of %v", err, declares)
	}
	for folder, any := range declares {
		if any && !tells[folder] {
			t.Errorf("domain/%s declares rejections and does not tell of them over HTTP: run its stories as a Suite", folder)
		}
	}
}
