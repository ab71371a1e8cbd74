package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/pprof"

	"github.com/rapport-crm/rapport/internal/bench"
)

type benchCmd struct {
	Data       string   `help:"Where to keep logs and tables meanwhile, on the disk to measure." type:"existingdir" placeholder:"DIR"`
	JSON       bool     `help:"Report as JSON."`
	Seconds    float64  `help:"About how long each thing is measured." default:"10"`
	Only       []string `help:"Run only these: commands, sealing, rebuild, visible, busy, append, days, views, pages, reads, verify, scale, sustained, cold." enum:"commands,sealing,rebuild,visible,busy,append,days,views,pages,reads,verify,scale,sustained,cold" placeholder:"NAME,…"`
	Events     int      `help:"About how many events the large shop of scale has; 130,000 for each of --seconds without it." placeholder:"N"`
	CPUProfile string   `name:"cpuprofile" help:"Write a CPU profile for go tool pprof." type:"path" placeholder:"FILE"`
}

func (c benchCmd) Run(ctx context.Context, std streams, logger *slog.Logger) (err error) {
	if c.Seconds <= 0 {
		return errors.New("--seconds must be above zero")
	}
	if c.Events < 0 {
		return errors.New("--events must not be below zero")
	}
	dir, err := os.MkdirTemp(c.Data, "rapport-bench-")
	if err != nil {
		return fmt.Errorf("make a directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if c.CPUProfile != "" {
		stop, err := profile(c.CPUProfile)
		if err != nil {
			return err
		}
		defer stop()
	}
	logger = slog.New(warnings{logger.Handler()})
	report, err := bench.Run(ctx, bench.Config{Dir: dir, Seconds: c.Seconds, Only: c.Only, Events: c.Events, Version: version(),
		Progress: std.err, Logger: logger, Serve: serveForBench(logger)})
	if report == nil {
		return err
	}
	if c.JSON {
		return errors.Join(err, json.NewEncoder(std.out).Encode(report))
	}
	return errors.Join(err, report.Print(std.out))
}

// serveForBench runs what serve runs, as long as a benchmark uses it.
func serveForBench(logger *slog.Logger) bench.Serve {
	return func(ctx context.Context, dir, databaseURL string, unsealed bool, use func(context.Context, *bench.Server) error) error {
		ctx, end := context.WithCancel(ctx)
		defer end()
		serve := serveCmd{Data: dir, Listen: "127.0.0.1:0", Postgres: databaseURL, Currency: "EUR", OnPoison: "stop",
			Unsealed: unsealed, CommandDisk: 1 << 30, Memory: 2 << 30}
		return serve.serve(ctx, logger, func(ctx context.Context, s *server) error {
			defer end()
			return use(ctx, &bench.Server{Address: s.address, Store: s.store, Codec: s.codec, Commands: s.commands,
				Engine: s.engine, Reader: s.reader})
		})
	}
}

func profile(path string) (stop func(), err error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("make the profile: %w", err)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, errors.Join(fmt.Errorf("make the profile: %w", err), file.Close())
	}
	return func() {
		pprof.StopCPUProfile()
		file.Close()
	}, nil
}

// warnings passes on only what went wrong: servers come and go here.
type warnings struct{ slog.Handler }

func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}
func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }
