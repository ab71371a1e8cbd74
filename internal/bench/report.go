package bench

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// figure is one number that is measured.
type figure struct {
	key    string // its path in the JSON form
	wanted string // what is aimed at, if anything is
	means  string
}

// figures are all there are, in the order of the report. docs/performance.md says how each is measured.
var figures = []figure{
	{"disk.sync_ms", "", "writing and syncing 4 KiB: what durability waits for"},

	{"commands.ratio_to_empty_handler", "≥ 0.20", "durable commands over HTTP, read models keeping up ÷ requests to an empty handler"},
	{"commands.per_s", "", "commands a second, until the read models show the last one"},
	{"commands.empty_per_s", "", "requests a second to the empty handler"},
	{"commands.p50_ms", "", "time to a command's answer, half are quicker"},
	{"commands.p99_ms", "", "time to a command's answer, 1 % are slower"},
	{"commands.lag_ms", "", "time from the last answer until the read models show it"},
	{"commands.bare_ratio_to_empty_handler", "", "the ratio with a client that costs next to nothing"},
	{"commands.bare_per_s", "", "commands a second with it"},
	{"commands.bare_empty_per_s", "", "requests a second to the empty handler with it"},
	{"commands.ratio_sealed", "≥ 0.85", "purchases with sealing ÷ without, both with read models keeping up"},
	{"commands.ratio_sealed_interactions", "≥ 0.85", "the same for interactions with a text, which is sealed"},
	{"commands.ratio_sealed_registrations", "≥ 0.85", "the same for new customers with a name, each of whom gets a key"},

	{"commands.cold_ratio", "≥ 0.7", "purchases of many more customers than the memory holds ÷ of 100, without HTTP and tables"},
	{"commands.cold_per_s", "", "purchases a second of customers who are not in memory"},

	{"rebuild.ratio_to_per_event_tx", "≥ 25", "rebuilding all read models ÷ the same with a transaction per event"},
	{"rebuild.ratio_to_copy", "≥ 0.5", "plain COPY of the same rows ÷ rebuilding, in time"},
	{"rebuild.events_per_s", "≥ 40,000", "events a second, rebuilding all read models"},
	{"rebuild.per_event_tx_per_s", "", "events a second, with a transaction per event"},
	{"rebuild.rows_per_s", "", "rows a second, rebuilding all read models"},
	{"rebuild.copy_rows_per_s", "", "rows a second, by plain COPY"},

	{"visible.p50_ms", "", "from a command's answer until a query shows it, at 100 commands/s; half are quicker"},
	{"visible.p99_ms", "≤ 10", "the same; 1 % are slower"},

	{"busy_customer.ratio_to_new", "≤ 1.5", "time of a command on a customer with 10,000 touchpoints ÷ on a new one, over HTTP"},
	{"busy_customer.ms", "", "time to the answer, on the busy customer"},
	{"busy_customer.new_ms", "", "time to the answer, on a new customer"},
	{"busy_customer.in_process_ratio_to_new", "", "the ratio without HTTP"},
	{"busy_customer.visible_ratio_to_new", "", "the ratio of the times from the answer until the read models show it"},
	{"busy_customer.cold_ms", "≤ 10", "the first command on the busy customer after a restart"},

	{"append.writers_1_per_s", "", "appends of one event a second, embedded log, 1 writer"},
	{"append.writers_64_per_s", "", "the same, 64 writers"},
	{"append.writers_256_per_s", "", "the same, 256 writers"},
	{"append.face_writers_1_per_s", "", "the same through EventStoreDB's protocol and client, 1 writer"},
	{"append.face_writers_64_per_s", "", "the same, 64 writers"},

	{"closed_day.ratio_to_everyone", "≤ 0.05", "closing a day, with as many customers as below ÷ judging all of them by a new rule"},
	{"closed_day.ms", "", "from closing a day until the read models show it, half are quicker"},
	{"closed_day.changes", "", "steps on the ladder and changes of segments that a day brings, half bring fewer"},
	{"closed_day.everyone_ms", "", "from defining a segment until the read models show who is in it"},

	{"views.small_worst_p95_ms", "≤ 100", "the slowest of all views read whole, 4,372 customers, 95 % are quicker"},
	{"views.customers", "", "customers in the large tables"},
	{"views.large_worst_ms", "≤ 1000", "the slowest of all views read whole, that many customers, half are quicker"},

	{"pages.shop_worst_ms", "≤ 150", "the slowest page of the console in the server, the made-up shop, half are quicker"},
	{"pages.shop_worst_ratio", "", "the time of a page ÷ of its questions to the API, of the page where that is most"},
	{"pages.shop_worst_kb", "≤ 100", "the largest page, kB"},
	{"pages.customers", "", "customers of the large shop"},
	{"pages.large_worst_ms", "≤ 500", "the slowest page, that many customers, half are quicker"},
	{"pages.large_worst_ratio", "", "the time of a page ÷ of its questions to the API, of the page where that is most"},
	{"pages.large_worst_kb", "≤ 100", "the largest page, kB"},

	{"reads.customers", "", "customers among whom is looked"},
	{"reads.select_1_ms", "", "SELECT 1 over the same pool, half are quicker"},
	{"reads.by_identity_p99_ms", "≤ 5", "finding a customer by an identity, over HTTP; 1 % are slower"},
	{"reads.by_identity_ratio", "", "its median ÷ SELECT 1"},
	{"reads.by_name_p99_ms", "≤ 50", "finding customers by how their name begins; 1 % are slower"},
	{"reads.by_name_alike_p99_ms", "≤ 50", "finding customers by a name that is spelt alike; 1 % are slower"},
	{"reads.by_name_ratio", "", "its median ÷ SELECT 1"},
	{"reads.lists", "", "lists across customers that are read"},
	{"reads.list_worst_ms", "≤ 50", "the first page of the slowest of them, half are quicker"},
	{"reads.list_worst_ratio", "", "a first page ÷ SELECT 1, of the list where that is most"},
	{"reads.followers", "", "who follow the log at once, while twenty commands a second come"},
	{"reads.follow_worst_lag_ms", "≤ 1,000", "from sending a command until the last follower has its event, at worst"},
	{"reads.follow_rss_mib", "", "resident memory meanwhile, of the followers too"},

	{"verify.events_per_second", "≥ 100,000", "events a second, reading the whole log and holding it against what was signed"},
	{"verify.written_per_second", "", "events a second, writing down a log that was there before"},

	{"scale.events", "", "events of the large shop, when it is loaded"},
	{"scale.customers", "", "its customers"},
	{"scale.load_ratio", "≥ 0.8", "events a second while the last tenth of the customers comes ÷ while the first does"},
	{"scale.load_events_per_s", "", "events a second while the last tenth comes, read models keeping up"},
	{"scale.everybody_segment_ms", "≤ 5000", "from defining a segment until everybody is judged by it"},
	{"scale.everybody_ladder_ms", "≤ 5000", "the same for a ladder"},
	{"scale.everybody_fit_ms", "≤ 5000", "the same for a fit of the model of value"},
	{"scale.visible_p99_ms", "≤ 250", "meanwhile, from a command's answer until a query shows it, at 100 commands/s; 1 % are slower"},
	{"scale.rebuild_ratio", "≥ 0.8", "events a second of a rebuild of the large shop ÷ of one of 60,000 events"},
	{"scale.rebuild_events_per_s", "", "events a second, rebuilding the large shop's read models"},
	{"scale.rebuild_ratio_to_copy", "≥ 0.4", "plain COPY of the large shop's rows ÷ rebuilding, in time"},
	{"scale.small_rebuild_ratio_to_copy", "≥ 0.5", "the same of the shop of 60,000 events"},
	{"scale.rss_mib", "≤ 1,024", "resident memory of server and apps with the large shop, the most that there was"},
	{"scale.at_rest_rss_mib", "", "the same at rest after a rebuild"},
	{"scale.bytes_per_customer", "", "bytes of the database ÷ customers"},
	{"scale.log_mb", "", "size of the large shop's log"},
	{"scale.sustained_ratio", "≥ 0.9", "purchases a second over HTTP in the tenth minute of full load ÷ in the second"},
	{"scale.sustained_per_s", "", "purchases a second in the tenth minute"},
	{"scale.sustained_lag_ms", "", "time from the last answer until the read models show it"},
	{"at_rest.rss_mib", "≤ 300", "resident memory at rest, after 60,000 events and a rebuild"},
	{"at_rest.log_mb", "≤ 80", "size of the log of 60,000 events"},
}

// Report is what a run found.
type Report struct {
	run    runInfo
	values map[string]float64
	views  []viewTime // of the large tables
	pages  []viewTime // of the console
	lists  []viewTime // across customers
}

type runInfo struct {
	At      time.Time `json:"at"`
	Version string    `json:"version"`
	Go      string    `json:"go"`
	System  string    `json:"system"`
	CPUs    int       `json:"cpus"`
}

func newReport(version string) *Report {
	return &Report{values: map[string]float64{}, run: runInfo{At: time.Now().UTC().Truncate(time.Second),
		Version: version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU()}}
}

// set notes a figure, which must be one of figures.
func (r *Report) set(key string, value float64) {
	if !slices.ContainsFunc(figures, func(f figure) bool { return f.key == key }) {
		panic("no such figure: " + key)
	}
	r.values[key] = rounded(value)
}

// MarshalJSON nests the figures by the dots in their keys.
func (r *Report) MarshalJSON() ([]byte, error) {
	groups := map[string]any{"run": r.run}
	for key, value := range r.values {
		group, name, _ := strings.Cut(key, ".")
		if groups[group] == nil {
			groups[group] = map[string]float64{}
		}
		groups[group].(map[string]float64)[name] = value
	}
	if len(r.views) > 0 {
		groups["view_ms"] = viewTimes(r.views)
	}
	if len(r.pages) > 0 {
		groups["page_ms"] = viewTimes(r.pages)
	}
	if len(r.lists) > 0 {
		groups["list_ms"] = viewTimes(r.lists)
	}
	return json.Marshal(groups)
}

// Print writes a line for each figure.
func (r *Report) Print(w io.Writer) error {
	fmt.Fprintf(w, "rapport %s, %s, %s, %d CPUs, %s\n\n", r.run.Version, r.run.Go, r.run.System, r.run.CPUs,
		r.run.At.Format(time.RFC3339))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "figure\tmeasured\twanted\twhat it is")
	for _, f := range figures {
		if value, ok := r.values[f.key]; ok {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", f.key, strconv.FormatFloat(value, 'f', -1, 64), f.wanted, f.means)
		}
	}
	slowest := func(title string, times []viewTime) {
		if len(times) > 0 {
			fmt.Fprintln(t, "\n"+title+"\tms")
		}
		for _, v := range slices.SortedFunc(slices.Values(times), func(a, b viewTime) int { return cmp.Compare(b.ms, a.ms) }) {
			fmt.Fprintf(t, "%s\t%v\n", v.name, rounded(v.ms))
		}
	}
	slowest("view, read whole", r.views)
	slowest("page of the console", r.pages)
	slowest("list across customers", r.lists)
	return t.Flush()
}

// rounded keeps three digits that count, and all before the point.
func rounded(v float64) float64 {
	if math.Abs(v) >= 100 {
		return math.Round(v)
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	if err != nil {
		panic(err) // it was written a moment ago
	}
	return short
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// perSecond is a rate.
func perSecond(n int, d time.Duration) float64 { return float64(n) / d.Seconds() }

func median[T ~float64 | ~int64](values []T) T { return quantile(values, 0.5) }

// quantile answers the value below which a part of the values lies. It sorts them.
func quantile[T ~float64 | ~int64](values []T, part float64) T {
	slices.Sort(values)
	return values[min(int(part*float64(len(values))), len(values)-1)]
}
