package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// The benchmarks run, however short, and yield every figure. How good the figures are depends on the machine.
func TestLongBench(t *testing.T) {
	benchYields(t, []string{"--seconds=0.1", "--only=commands,sealing,rebuild,visible,busy,append,days,views,pages,reads,verify"}, map[string]string{
		"disk": "sync_ms",
		"commands": "ratio_to_empty_handler per_s empty_per_s p50_ms p99_ms lag_ms bare_ratio_to_empty_handler bare_per_s bare_empty_per_s " +
			"ratio_sealed ratio_sealed_interactions ratio_sealed_registrations",
		"rebuild":       "ratio_to_per_event_tx ratio_to_copy events_per_s per_event_tx_per_s rows_per_s copy_rows_per_s",
		"visible":       "p50_ms p99_ms",
		"verify":        "events_per_second written_per_second",
		"busy_customer": "ratio_to_new ms new_ms in_process_ratio_to_new visible_ratio_to_new cold_ms",
		"pages":         "shop_worst_ms shop_worst_ratio shop_worst_kb customers large_worst_ms large_worst_ratio large_worst_kb",
		"reads": "customers select_1_ms by_identity_p99_ms by_identity_ratio by_name_p99_ms by_name_alike_p99_ms by_name_ratio lists list_worst_ms list_worst_ratio " +
			"followers follow_worst_lag_ms follow_rss_mib",
		"append": "writers_1_per_s writers_64_per_s writers_256_per_s " +
			"face_writers_1_per_s face_writers_64_per_s",
	})
}

// So does the one whose shop has as many events as it is told.
func TestLongBenchScale(t *testing.T) {
	benchYields(t, []string{"--seconds=0.02", "--only=scale,sustained,cold", "--events=4000"}, map[string]string{
		"commands": "cold_ratio cold_per_s",
		"at_rest":  "rss_mib log_mb",
		"scale": "events customers load_ratio load_events_per_s everybody_segment_ms everybody_ladder_ms everybody_fit_ms visible_p99_ms " +
			"rebuild_ratio rebuild_events_per_s rebuild_ratio_to_copy small_rebuild_ratio_to_copy rss_mib at_rest_rss_mib " +
			"bytes_per_customer log_mb sustained_ratio sustained_per_s sustained_lag_ms",
	})
}

// benchYields runs benchmarks and expects figures above zero: these, and no others of their groups.
func benchYields(t *testing.T, args []string, groups map[string]string) {
	t.Helper()
	var out, log strings.Builder
	if code := run(t.Context(), append([]string{"bench", "--json", "--data", t.TempDir()}, args...), streams{&out, &log}); code != 0 {
		t.Fatalf("exit code %d: %s", code, log.String())
	}
	var report map[string]json.RawMessage
	if err := json.Unmarshal([]byte(out.String()), &report); err != nil {
		t.Fatal(err)
	}
	for group, keys := range groups {
		var figures map[string]float64
		if err := json.Unmarshal(report[group], &figures); err != nil {
			t.Fatalf("%s: %v in %s", group, err, out.String())
		}
		for key := range strings.FieldsSeq(keys) {
			if figures[key] <= 0 {
				t.Errorf("%s.%s is %v", group, key, figures[key])
			}
			delete(figures, key)
		}
		if len(figures) > 0 {
			t.Errorf("figures of %s that this test does not know: %v", group, figures)
		}
	}
}

func TestBenchOnly(t *testing.T) {
	var out, log strings.Builder
	if code := run(t.Context(), []string{"bench", "--seconds=0.1", "--only=append", "--data", t.TempDir()}, streams{&out, &log}); code != 0 {
		t.Fatalf("exit code %d: %s", code, log.String())
	}
	if table := out.String(); !strings.Contains(table, "append.writers_1_per_s") || strings.Contains(table, "commands.per_s") {
		t.Errorf("the table of append alone:\n%s", table)
	}
	if code := run(t.Context(), []string{"bench", "--only=nothing"}, streams{&out, &log}); code != 2 {
		t.Errorf("a benchmark that there is not: exit code %d", code)
	}
}
