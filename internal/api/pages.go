package api

import (
	"bytes"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// page is a file of the web app.
type page struct {
	contentType string
	caching     string
	tag         string
	// packed is the body as gzip, as the build made it, and nil where that was not
	// worth it. Nearly everybody takes that; who does not has it unpacked.
	packed []byte
	body   func() []byte
}

const (
	// pagesRoute stands for all of them, in the log and in the metrics.
	pagesRoute = "GET /"
	pagesIndex = "/index.html"
	// pagesPacked is what ends the name of a file that the build compressed.
	pagesPacked = ".gz"
	// pagesHashed is where the build puts what has its content's hash in its name.
	pagesHashed = "/assets/"

	forever    = "public, max-age=31536000, immutable"
	revalidate = "no-cache"
)

// pagesPolicy lets the app run, show and reach nothing that is not from this
// server. It goes with every file, since a service worker has that of its own.
const pagesPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// pagesPermissions: the screen stays awake while somebody counts.
const pagesPermissions = permissions + ", screen-wake-lock=(self)"

// pageTypes are fixed here, for what the machine says of them differs.
var pageTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        htmlType + "; charset=utf-8",
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".json":        jsonType,
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff2":       "font/woff2",
}

// ServePages answers what is no path of the API with the files of the web app.
// They are read at the first request, so that the start does not wait for them.
func (a *API) ServePages(files fs.FS) {
	a.pages = sync.OnceValue(func() map[string]page { return readPages(files) })
}

// readPages makes a page of each file, by its path. A file that was packed has the
// path that it had before.
func readPages(files fs.FS) map[string]page {
	pages := map[string]page{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, name)
		name, packed := strings.CutSuffix("/"+name, pagesPacked)
		pages[name] = newPage(name, content, packed)
		return err
	})
	if err != nil {
		panic(err) // they are part of the program
	}
	if index, found := pages[pagesIndex]; found {
		pages["/"] = index
	}
	return pages
}

func newPage(name string, content []byte, packed bool) page {
	p := page{contentType: pageTypes[path.Ext(name)], caching: revalidate, tag: etag(content)}
	if p.contentType == "" {
		p.contentType = "application/octet-stream"
	}
	if strings.HasPrefix(name, pagesHashed) {
		p.caching = forever
	}
	if packed {
		p.packed = content
		p.body = func() []byte { return unpack(content) }
	} else {
		p.body = func() []byte { return content }
	}
	return p
}

func unpack(packed []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err) // it is part of the program
	}
	body, err := io.ReadAll(r)
	if err != nil {
		panic(err) // as above
	}
	return body
}

// asAccepted is the body and the tag for a client that takes these encodings.
func (p page) asAccepted(encodings string) (body []byte, tag, encoding string) {
	if p.packed == nil || accepted(encodings)[gzipped] == 0 {
		return p.body(), p.tag, ""
	}
	return p.packed, strings.TrimSuffix(p.tag, `"`) + compressedTag + "-" + gzipped + `"`, gzipped
}

const gzipped = "gzip"

// page finds what a browser gets for a path that is no route: the file there, or
// else, if somebody opens an address, the app itself, which knows its own paths.
func (a *API) page(r *http.Request) (found page, ok bool) {
	if a.pages == nil || r.Method != http.MethodGet && r.Method != http.MethodHead || ofServer(r.URL.Path) {
		return page{}, false
	}
	pages := a.pages()
	found, ok = pages[r.URL.Path]
	if !ok && isAddress(r.URL.Path) && accepted(strings.Join(r.Header.Values("Accept"), ","))[htmlType] > 0 {
		found, ok = pages[pagesIndex]
	}
	return found, ok
}

// ofServer says whether a path is below one of those that are not for pages.
func ofServer(given string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(given, "/"), "/")
	switch first {
	case "api", "healthz", "readyz", "metrics":
		return true
	default:
		return false
	}
}

// isAddress says whether a path may be one that the app knows: it is tidy but for
// a slash at its end, and names no file.
func isAddress(given string) bool {
	tidied := path.Clean(given)
	return tidied != "/" && (given == tidied || given == tidied+"/") && path.Ext(tidied) == ""
}

// ServeHTTP leaves it to the layer outside to compress for who takes no gzip.
func (p page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", pagesPolicy)
	h.Set("Permissions-Policy", pagesPermissions)
	h.Set("Cache-Control", p.caching)
	body, tag, encoding := p.asAccepted(r.Header.Get("Accept-Encoding"))
	h.Set("ETag", tag)
	if known := matching(r.Header.Get("If-None-Match"), p.tag); known != "" {
		h.Set("ETag", known)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", p.contentType)
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client may be gone, there is nobody left to tell
}
