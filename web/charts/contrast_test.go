package charts

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var variable = regexp.MustCompile(`--chart-([\w-]+): #([0-9a-f]{6});`)

// themes reads the colours of the stylesheet: light, dark because the system is, dark because the page says so.
func themes(t *testing.T) (all []map[string]string) {
	t.Helper()
	for _, m := range variable.FindAllStringSubmatch(Stylesheet, -1) {
		if m[1] == "background" {
			all = append(all, map[string]string{})
		}
		all[len(all)-1][m[1]] = m[2]
	}
	if len(all) != 3 || len(all[0]) != len(all[1]) || fmt.Sprint(all[1]) != fmt.Sprint(all[2]) {
		t.Fatalf("%d themes: %v", len(all), all)
	}
	return all
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(colour string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(colour[2*i:2*i+2], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast holds the colours against WCAG 2.2 AA: 4.5 for text, 3 for what is drawn.
func TestContrast(t *testing.T) {
	for i, theme := range themes(t) {
		least := func(a, b string, want float64) {
			if got := contrast(theme[a], theme[b]); got < want {
				t.Errorf("theme %d: %s on %s: %.2f, less than %.1f", i, a, b, got, want)
			}
		}
		least("text", "background", 4.5)
		least("muted", "background", 4.5)
		least("axis", "background", 3)
		least("flow", "background", 3)
		for n := 1; n <= 8; n++ {
			least(fmt.Sprint(n), "background", 3)
		}
		for step := range heatSteps {
			on := "on-low"
			switch {
			case step >= 6:
				on = "on-high"
			case step >= 4:
				on = "on-middle"
			}
			least(on, fmt.Sprint("heat-", step), 4.5)
		}
		for step := 1; step < heatSteps; step++ {
			rises := luminance(theme[fmt.Sprint("heat-", step)]) > luminance(theme[fmt.Sprint("heat-", step-1)])
			if rises != (i > 0) {
				t.Errorf("theme %d: heat-%d is not stronger than the step below", i, step)
			}
		}
	}
}

// TestEveryClassHasItsColour finds each class of the drawings in the stylesheet.
func TestEveryClassHasItsColour(t *testing.T) {
	classes := regexp.MustCompile(`class="([^"]*)"`)
	for name, c := range gallery {
		for _, m := range classes.FindAllStringSubmatch(c.SVG(), -1) {
			for _, class := range strings.Fields(m[1]) {
				if strings.HasPrefix(class, "chart-") || class == "label" || class == "legend" || class == "value" {
					continue // those that look like any text
				}
				if !regexp.MustCompile(`\.` + class + `\b`).MatchString(Stylesheet) {
					t.Errorf("%s: the stylesheet does not know %s", name, class)
				}
			}
		}
	}
}
