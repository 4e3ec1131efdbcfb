package api_test

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/gzip"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/web"
)

// built is a web app as small as can be.
var built = fstest.MapFS{
	"index.html":                {Data: []byte("<!doctype html><title>SirenBase</title>" + strings.Repeat("<p>milk</p>", 200))},
	"sw.js":                     {Data: []byte("self.addEventListener('fetch', () => {})")},
	"manifest.webmanifest":      {Data: []byte(`{"name": "SirenBase"}`)},
	"favicon.ico":               {Data: []byte{0, 0, 1, 0}},
	"icons/icon.png":            {Data: []byte("\x89PNG")},
	"logo.svg":                  {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
	"robots.txt":                {Data: []byte("User-agent: *")},
	"odd.bin":                   {Data: []byte{1, 2, 3}},
	"assets/index-B3kd9.js":     {Data: []byte(strings.Repeat("console.log('milk');", 200))},
	"assets/index-Cx81a.css":    {Data: []byte(strings.Repeat(".milk{color:#000}", 200))},
	"assets/inter-D72kq.woff2":  {Data: []byte("wOF2")},
	"assets/es-Zk10a.json":      {Data: []byte(`{"milk": "leche"}`)},
	"assets/photo-Q1w2e.webp":   {Data: []byte("RIFF")},
	"assets/worker.min-A1b2.js": {Data: []byte("0")},
}

const (
	pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
		"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	opens = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
)

// site is a server with that app.
func site(t *testing.T) *apptest.Server {
	t.Helper()
	s := apptest.New(t, database.SQLite)
	s.App.API.ServePages(asBuilt(t))
	return s
}

// asBuilt is the app as the build leaves it: what is long is packed.
func asBuilt(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for name, file := range built {
		if len(file.Data) < 1<<10 {
			files[name] = file
			continue
		}
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, err := w.Write(file.Data)
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		files[name+".gz"] = &fstest.MapFile{Data: packed.Bytes()}
	}
	return files
}

func TestEveryFileOfTheAppIsServedAsWhatItIs(t *testing.T) {
	s := site(t)
	types := map[string]string{
		".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
		".webmanifest": "application/manifest+json", ".ico": "image/x-icon", ".png": "image/png", ".svg": "image/svg+xml",
		".txt": "text/plain; charset=utf-8", ".bin": "application/octet-stream", ".woff2": "font/woff2",
		".json": "application/json", ".webp": "image/webp",
	}
	for name, file := range built {
		r := s.Anybody().Get("/" + name).ExpectStatus(http.StatusOK)
		if string(r.Body) != string(file.Data) {
			t.Errorf("%s is %.80q", name, r.Body)
		}
		caching := "no-cache"
		if strings.HasPrefix(name, "assets/") {
			caching = "public, max-age=31536000, immutable"
		}
		if got := r.Header.Values("Cache-Control"); len(got) != 1 || got[0] != caching {
			t.Errorf("%s: Cache-Control is %q", name, got)
		}
		if got, want := r.Header.Get("Content-Type"), types[name[strings.LastIndex(name, "."):]]; got != want {
			t.Errorf("%s: Content-Type is %q, want %q", name, got, want)
		}
	}
}

func TestThePagesAreGuarded(t *testing.T) {
	s := site(t)
	for _, path := range []string{"/", "/index.html", "/tools/milk-count", "/sw.js", "/assets/index-B3kd9.js", "/manifest.webmanifest"} {
		r := s.Anybody().With("Accept", opens).Get(path).ExpectStatus(http.StatusOK)
		for name, want := range securityHeaders {
			switch name {
			case "Content-Security-Policy":
				want = pagePolicy
			case "Permissions-Policy":
				want += ", screen-wake-lock=(self)"
			}
			if got := r.Header.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if got := r.Header.Get("X-Request-ID"); !strings.HasPrefix(got, "test-request-") {
			t.Errorf("%s: X-Request-ID is %q", path, got)
		}
	}
}

// Somebody opens an address, or reloads: the app knows what to show there.
func TestAnAddressOfTheAppGetsTheApp(t *testing.T) {
	s := site(t)
	for _, path := range []string{
		"/login", "/setup", "/dashboard", "/tools/milk-count/summary/01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d", "/admin/users",
		"/tools/rtde/", "/apis", "/healthz2", "/tools/caf%C3%A9", "/tools/a%20b", "/login?next=%2Fadmin", "/metricsview/x",
	} {
		for _, accept := range []string{opens, "text/html", "TEXT/HTML", "application/json, text/html;q=0.1"} {
			r := s.Anybody().With("Accept", accept).Get(path).ExpectStatus(http.StatusOK)
			if string(r.Body) != string(built["index.html"].Data) || r.Header.Get("Cache-Control") != "no-cache" {
				t.Errorf("%s: %.80q, %v", path, r.Body, r.Header)
			}
		}
		for _, accept := range []string{"*/*", "", "application/json", "text/*", "text/html;q=0", "text/htmlx", "\xff"} {
			s.Anybody().With("Accept", accept).Get(path).ExpectError(http.StatusNotFound, noRoute)
		}
	}
	s.Anybody().Get("/").ExpectStatus(http.StatusOK) // whatever is accepted: it is a file's own address
	s.Anybody().With("Accept", "application/json").Get("/?utm=x").ExpectStatus(http.StatusOK)
}

func TestWhatIsNoPageIsNotFound(t *testing.T) {
	s := site(t)
	browser := s.Anybody().With("Accept", opens)
	for _, path := range []string{
		"/api", "/api/", "/api/nothing", "/api/nothing/deeper", "/api%2Fnothing", "/%61pi/nothing", "/metrics", "/metrics/x",
		"/healthz/", "/readyz/x", "/assets/index-Old00.js", "/old.css", "/index.html/", "/sw.js.map", "/assets/x.y/z.js",
		"//", "//login", "/login//", "/./login", "/../login", "/../../etc/passwd", "/%2e%2e/login", "/%2e%2e/%2e%2e/etc/passwd",
		"/..%2f..%2fetc/passwd", "/assets/../index.html", "/assets/%2e%2e/index.html", "/login/%2e", "/login%2F%2F", "/%2F",
		"/index.html%00", "/index.html%00.js", "/assets/index-B3kd9.js%00", "/.env", "/dist/index.html",
		"/%5c..%5cweb.go", "/web.go", "/INDEX.HTML", "/index.html.gz", "/assets/index-B3kd9.js.gz",
	} {
		r := browser.Get(path).ExpectError(http.StatusNotFound, noRoute)
		if r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("Content-Security-Policy") != securityHeaders["Content-Security-Policy"] {
			t.Errorf("%s: %v", path, r.Header)
		}
	}
	for _, path := range []string{"/assets", "/assets/", "/.git/config", "/login%00", "/%ff%fe"} { // nothing is there but the app, which says so
		r := browser.Get(path).ExpectStatus(http.StatusOK)
		if string(r.Body) != string(built["index.html"].Data) {
			t.Errorf("%s: %.80q", path, r.Body)
		}
		s.Anybody().Get(path).ExpectError(http.StatusNotFound, noRoute)
	}
}

func TestAPageIsReadAndNothingElse(t *testing.T) {
	s := site(t)
	for _, path := range []string{"/", "/login", "/index.html", "/assets/index-B3kd9.js"} {
		for _, method := range []string{
			http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodTrace, "PROPFIND", "get",
		} {
			s.Anybody().With("Accept", opens).Do(method, path, nil).ExpectError(http.StatusNotFound, noRoute)
		}
	}
}

// The pages take nothing away from the operations, whoever asks.
func TestABrowserThatOpensAnOperationGetsWhatOthersGet(t *testing.T) {
	s := site(t)
	browser := s.Anybody().With("Accept", opens)
	browser.Get("/healthz").Expect(http.StatusOK, `{"status": "ok"}`)
	browser.Get("/api/setup").Expect(http.StatusOK, `{"needed": false}`)
	browser.Get("/api/auth/me").ExpectError(http.StatusUnauthorized, "Missing Authorization Header")
	r := browser.Get("/api/auth/login").ExpectError(http.StatusMethodNotAllowed, noMethod)
	if r.Header.Get("Allow") != "POST" {
		t.Errorf("Allow is %q", r.Header.Get("Allow"))
	}
	browser.Do(http.MethodPost, "/healthz", nil).ExpectError(http.StatusMethodNotAllowed, noMethod)
}

func TestHeadOfAPageAnswersLikeGetWithoutABody(t *testing.T) {
	s := site(t)
	for _, path := range []string{"/", "/login", "/sw.js", "/assets/index-B3kd9.js", "/assets/none.js"} {
		c := s.Anybody().With("Accept", opens).With("Accept-Encoding", "gzip")
		head, get := c.Do(http.MethodHead, path, nil), c.Get(path)
		head.ExpectStatus(get.Status)
		if len(head.Body) != 0 {
			t.Errorf("HEAD %s has a body: %.80q", path, head.Body)
		}
		for _, name := range []string{"Content-Type", "Content-Length", "Content-Encoding", "Cache-Control", "ETag", "Content-Security-Policy", "Vary"} {
			if head.Header.Get(name) != get.Header.Get(name) {
				t.Errorf("HEAD %s: %s is %q, with GET %q", path, name, head.Header.Get(name), get.Header.Get(name))
			}
		}
	}
}

func TestAPageThatTheBrowserHasIsNotSentAgain(t *testing.T) {
	s := site(t)
	for _, path := range []string{"/", "/login", "/sw.js", "/assets/index-B3kd9.js"} {
		browser := s.Anybody().With("Accept", opens)
		tag := browser.Get(path).Header.Get("ETag")
		if !strings.HasPrefix(tag, `"`) || len(tag) < 10 {
			t.Fatalf("%s: no strong tag: %q", path, tag)
		}
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			for _, header := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
				r := browser.With("If-None-Match", header).Do(method, path, nil).ExpectStatus(http.StatusNotModified)
				if len(r.Body) != 0 || r.Header.Get("Cache-Control") == "no-store" || r.Header.Get("Content-Security-Policy") != pagePolicy {
					t.Errorf("%s: 304 with body %q and %v", path, r.Body, r.Header)
				}
			}
		}
		browser.With("If-None-Match", `"x"`).Get(path).ExpectStatus(http.StatusOK)
	}
	// The tag is of the content: the same at every address of the app, and another for another file.
	index, address := s.Anybody().Get("/"), s.Anybody().With("Accept", opens).Get("/login")
	if index.Header.Get("ETag") != address.Header.Get("ETag") || index.Header.Get("ETag") == s.Anybody().Get("/sw.js").Header.Get("ETag") {
		t.Error("the tag is not the content's")
	}
}

func TestAPageIsCompressedForWhoTakesIt(t *testing.T) {
	s := site(t)
	for path, long := range map[string]bool{
		"/": true, "/assets/index-B3kd9.js": true, "/assets/index-Cx81a.css": true, "/sw.js": false, "/assets/inter-D72kq.woff2": false,
	} {
		plain := rawPage(t, s, path, "identity", "")
		for accept, encoding := range map[string]string{"gzip": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": "gzip", "gzip;q=0, zstd": "zstd", "br": ""} {
			if !long {
				encoding = ""
			}
			r := rawPage(t, s, path, accept, "")
			if got := r.header.Get("Content-Encoding"); got != encoding {
				t.Errorf("%s as %s: Content-Encoding is %q", path, accept, got)
			}
			if got := decompress(t, encoding, r.body); got != string(plain.body) {
				t.Errorf("%s as %s: another body", path, accept)
			}
			if got := r.header.Get("Content-Length"); got != "" && got != strconv.Itoa(len(r.body)) {
				t.Errorf("%s as %s: Content-Length is %s of %d", path, accept, got, len(r.body))
			}
			if vary := strings.Join(r.header.Values("Vary"), ","); !strings.Contains(vary, "Accept-Encoding") {
				t.Errorf("%s as %s: Vary is %q", path, accept, vary)
			}
			tag := r.header.Get("ETag")
			if (tag == plain.header.Get("ETag")) != (encoding == "") {
				t.Errorf("%s as %s: the tag is %s, that of the plain file %s", path, accept, tag, plain.header.Get("ETag"))
			}
			again := rawPage(t, s, path, accept, tag)
			if again.status != http.StatusNotModified || again.header.Get("ETag") != tag {
				t.Errorf("%s as %s: with its tag %s the answer is %d with %s", path, accept, tag, again.status, again.header.Get("ETag"))
			}
		}
	}
}

func rawPage(t *testing.T, s *apptest.Server, path, encoding, ifNoneMatch string) rawAnswer {
	t.Helper()
	header := http.Header{"Accept-Encoding": {encoding}}
	if ifNoneMatch != "" {
		header.Set("If-None-Match", ifNoneMatch)
	}
	return rawGet(t, s, path, header)
}

func TestThePagesHaveOneRouteAndNoLimit(t *testing.T) {
	s := behindProxy(t, 2)
	s.App.API.ServePages(asBuilt(t))
	phone := from(s.Anybody(), "198.51.100.1").With("Accept", opens)
	for range 5 {
		for _, path := range []string{"/", "/whispered", "/whispered/deeper", "/sw.js", "/assets/index-B3kd9.js"} {
			phone.Get(path).ExpectStatus(http.StatusOK)
		}
	}
	phone.Get("/api/setup").ExpectStatus(http.StatusOK)
	phone.Get("/whispered.css").ExpectStatus(http.StatusNotFound)
	phone.Get("/whispered.css").ExpectStatus(http.StatusTooManyRequests)
	phone.Get("/").ExpectStatus(http.StatusOK)
	log := s.Log()
	if strings.Contains(log, "whispered") || !strings.Contains(log, `"method":"GET","route":"GET /","status":200`) {
		t.Errorf("the log is %s", log)
	}
}

func TestAFreshInstallationHasTheRealPage(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		s := apptest.Start(t, apptest.Settings(t, dbtest.URL(t, engine)))
		s.Anybody().Get("/api/setup").Expect(http.StatusOK, `{"needed": true}`)
		for _, path := range []string{"/", "/setup", "/index.html"} {
			r := s.Anybody().With("Accept", opens).Get(path).ExpectStatus(http.StatusOK)
			if !strings.Contains(string(r.Body), "<title>SirenBase</title>") {
				t.Errorf("%s: %.200s", path, r.Body)
			}
		}
	}
}

// A browser would make nothing of a script or a font without its type.
func TestEveryFileOfTheBuildIsServedWithAType(t *testing.T) {
	s := apptest.New(t, database.SQLite)
	err := fs.WalkDir(web.Dist(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name = strings.TrimSuffix(name, ".gz")
		r := s.Anybody().Get("/" + name).ExpectStatus(http.StatusOK)
		if got := r.Header.Get("Content-Type"); got == "application/octet-stream" {
			t.Errorf("%s is %s", name, got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnAllowedOriginMayReadAPageAndAnotherMayNot(t *testing.T) {
	s := site(t)
	if got := s.Anybody().With("Origin", ours).Get("/").Header.Get("Access-Control-Allow-Origin"); got != ours {
		t.Errorf("Access-Control-Allow-Origin is %q", got)
	}
	if got := corsHeaders(s.Anybody().With("Origin", theirs).Get("/").Header); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
