package web

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/rapport-crm/rapport/web/charts"
)

//go:embed assets templates
var files embed.FS

const assetsPath = "/assets/"

type asset struct {
	content     []byte
	contentType string
	hash        string
}

var assetTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// assets are by their names. Browsers keep them for ever, since their address has the hash of what they are.
var assets = func() map[string]asset {
	all := map[string]asset{}
	entries, err := fs.ReadDir(files, "assets")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		content, err := files.ReadFile("assets/" + e.Name())
		if err != nil {
			panic(err)
		}
		if e.Name() == "console.css" {
			content = append([]byte(charts.Stylesheet), content...)
		}
		all[e.Name()] = asset{content, assetTypes[path.Ext(e.Name())], tag(content)}
	}
	return all
}()

// assetURL is where a browser finds an asset.
func assetURL(name string) string { return assetsPath + assets[name].hash + "/" + name }

func serveAsset(w http.ResponseWriter, r *http.Request) {
	hash, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, assetsPath), "/")
	a, ok := assets[name]
	if !ok || hash != a.hash {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", a.contentType)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(a.content) // the reader may be gone
}
