package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/notary"
)

// running verifies a running server's log. What can be checked on this machine is not left to the server's word: the
// signature of its newest head, that it goes on from each head that was kept, and, if asked, that its root follows from
// the hashes of all events. That those are the hashes of the events, the server finds out, which reads them.
func (c verifyCmd) running(ctx context.Context, std streams, heads []string) (proof.Report, error) {
	api, err := c.client(std)
	if err != nil {
		return proof.Report{}, err
	}
	keys, err := c.serverKeys(ctx, api)
	if err != nil {
		return proof.Report{}, err
	}
	report, err := c.byServer(ctx, std, api, heads)
	if err != nil {
		return report, err
	}
	find := func(kind string, until eventstore.Position, format string, args ...any) {
		report.Differences++
		report.Findings = append(report.Findings, proof.Finding{Kind: kind, Until: until, Detail: fmt.Sprintf(format, args...)})
	}
	var signed signedHead
	if err := api.Do(ctx, "POST", "/v1/proof/heads", nil, &signed); err != nil {
		if report.Intact() {
			return report, err
		}
		return report, nil // it signs nothing more, and has said why
	}
	newest, err := keys.ReadHead(signed.Note)
	if err != nil {
		find(proof.Forged, 0, "the server's newest head: %v", err)
		return report, nil
	}
	for _, text := range heads {
		kept, err := keys.ReadHead(text)
		if err != nil {
			continue // the server's report has it
		}
		if err := goesOn(ctx, api, kept, newest); err != nil {
			find(proof.Rewritten, kept.Position, "the head of %d events that was kept: %v", kept.Size, err)
		}
	}
	if c.Leaves {
		root, err := rootOfLeaves(ctx, api, newest.Size)
		if err != nil {
			return report, err
		}
		if root != newest.Root {
			find(proof.Unkept, newest.Position, "the root of the newest head does not follow from the hashes of the events")
		}
	}
	return report, nil
}

// serverKeys are the keys whose heads count: those that go with the one that is trusted, or with the server's own.
func (c verifyCmd) serverKeys(ctx context.Context, api *client.Client) (proof.Keys, error) {
	told, err := serverKey(ctx, api)
	if err != nil {
		return proof.Keys{}, err
	}
	changes, err := c.changes()
	if err != nil {
		return proof.Keys{}, err
	}
	used, err := proof.ParseVerifier(told.Verifier)
	if err != nil {
		return proof.Keys{}, err
	}
	trusted := used
	if c.Key != "" {
		if trusted, err = c.key(""); err != nil {
			return proof.Keys{}, err
		}
	}
	keys := proof.Trust(trusted, append(changes, told.Changes...)...)
	if !keys.Contains(used) {
		return keys, fmt.Errorf("%w: the server signs by the key %s, not by %s or one that followed on it", errDiffers, used.Name(), trusted.Name())
	}
	return keys, nil
}

// goesOn finds out whether a head goes on from one that was kept, by a proof that the server gives.
func goesOn(ctx context.Context, api *client.Client, kept, newest proof.Head) error {
	switch {
	case kept.Size == newest.Size && kept.Root == newest.Root, kept.Size == 0:
		return nil
	case kept.Size >= newest.Size:
		return fmt.Errorf("the newest has %d events", newest.Size)
	}
	var answer struct {
		Path []string `json:"path"`
	}
	q := url.Values{"from": {strconv.FormatInt(kept.Size, 10)}, "to": {strconv.FormatInt(newest.Size, 10)}}
	if err := api.Do(ctx, "GET", "/v1/proof/consistency?"+q.Encode(), nil, &answer); err != nil {
		return err
	}
	path := make(tlog.TreeProof, len(answer.Path))
	for i, text := range answer.Path {
		hash, err := tlog.ParseHash(text)
		if err != nil {
			return err
		}
		path[i] = hash
	}
	return proof.Consistency{From: kept, To: newest, Path: path}.Check()
}

// rootOfLeaves finds the root over the hashes of the first events.
func rootOfLeaves(ctx context.Context, api *client.Client, size int64) (root tlog.Hash, err error) {
	tree := &proof.Tree{}
	for tree.Size() < size {
		var page struct {
			Leaves []string `json:"leaves"`
		}
		if err := api.Do(ctx, "GET", fmt.Sprintf("/v1/proof/leaves?cursor=%d&limit=65536", tree.Size()), nil, &page); err != nil {
			return root, err
		}
		if len(page.Leaves) == 0 {
			break
		}
		for _, text := range page.Leaves[:min(int64(len(page.Leaves)), size-tree.Size())] {
			hash, err := tlog.ParseHash(text)
			if err != nil {
				return root, err
			}
			tree.Add(hash, func(tlog.Tile, []tlog.Hash) {})
		}
	}
	return tree.Root(), nil
}

// byServer lets a running server verify its log.
func (c verifyCmd) byServer(ctx context.Context, std streams, api *client.Client, heads []string) (report proof.Report, err error) {
	var total notary.Standing
	if err := api.Do(ctx, "GET", "/v1/proof", nil, &total); err != nil {
		return report, err
	}
	advance, end := client.Progress(std.err, "verifying", int(total.Size))
	defer end()
	err = api.Read(ctx, "POST", "/v1/proof/verify", map[string][]string{"heads": heads}, func(answer io.Reader) error {
		lines, read := json.NewDecoder(answer), int64(0)
		for {
			var line struct {
				Events  int64           `json:"events"`
				Report  *proof.Report   `json:"report"`
				Problem *client.Problem `json:"problem"`
			}
			if err := lines.Decode(&line); err != nil {
				return fmt.Errorf("the server broke off: %w", err)
			}
			switch {
			case line.Problem != nil:
				return line.Problem
			case line.Report != nil:
				report = *line.Report
				return nil
			}
			advance(int(line.Events - read))
			read = line.Events
		}
	})
	return report, err
}
