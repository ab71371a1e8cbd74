package importer

import (
	"strings"
	"testing"
)

func TestDatesThatFitTwoLayoutsAreRefused(t *testing.T) {
	lines := func(dates ...string) (text string) {
		for i, d := range dates {
			text += "K7,R" + string(rune('1'+i)) + "," + d + ",tea,1,12.50\n"
		}
		return text
	}
	for _, c := range []struct {
		name, date, lines string
		layout, refused   string // what is found, or a part of why not
		first             string // day
	}{
		{"both", "", lines("05/04/2024", "06/04/2024"), "", `dates such as "05/04/2024" fit two layouts: say by --date whether the day stands first ("2/1/2006") or the month ("1/2/2006")`, ""},
		{"both, with a time", "", lines("5-4-24 10:30"), "", `("2-1-06 15:04")`, ""},
		{"both, with points", "", lines("05.04.2024"), "", `("2.1.2006")`, ""},
		{"a day decides", "", lines("05/04/2024", "13/04/2024"), "2/1/2006", "", "2024-04-05"},
		{"a month decides", "", lines("05/04/2024", "04/13/2024 "), "1/2/2006", "", "2024-04-13"},
		{"at last", "", lines("5/4/2024 3:04 PM", "6/4/2024 11:04 AM", "4/30/2024 1:04 AM"), "1/2/2006 3:04 PM", "", "2024-04-30"},
		{"they contradict each other", "", lines("13/04/2024", "05/04/2024", "04/13/2024"), "", "dates contradict each other", ""},
		{"they contradict each other, though most fit both", "", lines("05/04/2024", "04/13/2024", "13/04/2024"), "", `"13/04/2024" (`, ""},
		{"told: the day", "02/01/2006", lines("05/04/2024"), "", "", "2024-04-05"},
		{"told: the month", "01/02/2006", lines("05/04/2024"), "", "", "2024-05-04"},
		{"ISO 8601", "", lines("2024-05-04", "2024-05-04 10:00:00", "2024-05-04T10:00:00+02:00"), "", "", "2024-05-04"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := till()
			o.Layout.DateLayout = c.date
			got, report, err := told(t, tillHeader+c.lines, o)
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) {
					t.Errorf("%v; want %s", err, c.refused)
				}
				return
			}
			if err != nil || report.AnyRefused() || report.DateLayout != c.layout || report.FirstDay.String() != c.first {
				t.Errorf("%q, %+v, %v; want the first on %s", got, report, err, c.first)
			}
		})
	}
	// One file may say what the others mean; a date that is none says nothing.
	_, report, err := toldOf(t, files(t, tillHeader+lines("05/04/2024"), tillHeader+"K7,S1,n/a,tea,1,1\nK7,S2,31/04/2024,tea,1,1\nK7,S3,30/04/2024,tea,1,1\n"), till())
	if err != nil || report.DateLayout != "2/1/2006" || len(report.Refused) != 1 || report.Refused[0].Count != 2 {
		t.Errorf("%+v, %v", report, err)
	}
}
