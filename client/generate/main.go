// Command generate writes the Go and the TypeScript client from the OpenAPI document: types of all bodies and answers, and a
// method for each operation. It decides how they are named; how requests are made, repeated and refused is written by hand beside.
//
//	rapport openapi | go run ./client/generate
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// files are what is written, from the top of the repository.
var files = map[string]func(*document) ([]byte, error){
	"client/types.gen.go":                   goTypes,
	"client/operations.gen.go":              goOperations,
	"clients/typescript/src/types.gen.ts":   tsTypes,
	"clients/typescript/src/rapport.gen.ts": tsOperations,
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	var d document
	if err := json.NewDecoder(os.Stdin).Decode(&d); err != nil {
		return fmt.Errorf("read the document: %w", err)
	}
	for file, write := range files {
		text, err := write(&d)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
