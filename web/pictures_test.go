package web

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/rapport-crm/rapport/domain/access"
)

var pictures = flag.String("pictures", "", "folder into which TestPictures takes them")

// The pictures of the documentation, of the made-up shop.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("takes the pictures of the documentation: run make pictures")
	}
	s := newShop(t, 500)
	s.chromium(t)
	b := s.browser(t, access.Admin)
	for _, one := range []struct {
		name, path, theme string
		width, height     int64
	}{
		{"overview", "/", "light", 1440, 1000},
		{"customer", "/customers/" + s.best, "light", 1440, 1120},
		{"segment", "/segments/new?rule=orders_in(90)+>%3D+3+%26%26+country+%3D%3D+%22DE%22", "light", 1440, 900},
		{"ladder", ladderPath, "light", 1440, 900},
		{"sales", "/sales", "dark", 1440, 900},
		{"value", "/value", "light", 1440, 1040},
		{"service", "/service", "dark", 1440, 900},
		{"phone", "/customers/" + s.best, "light", 390, 844},
	} {
		b.run(chromedp.EmulateViewport(one.width, one.height))
		b.open(one.path)
		b.run(chromedp.Evaluate[chromedp.Void](`document.documentElement.dataset.theme = ` + quoted(one.theme)))
		png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err == nil {
			err = os.WriteFile(filepath.Join(*pictures, one.name+".png"), png, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
