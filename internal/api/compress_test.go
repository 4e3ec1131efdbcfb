package api_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// rawAnswer is an answer as it came over the wire.
type rawAnswer struct {
	status int
	header http.Header
	body   []byte
}

// raw asks for the items.
func raw(t *testing.T, s *apptest.Server, accept, ifNoneMatch string) rawAnswer {
	t.Helper()
	header := http.Header{"Accept-Encoding": {accept}, "Authorization": {"Bearer " + s.Staff().Token}}
	if ifNoneMatch != "" {
		header.Set("If-None-Match", ifNoneMatch)
	}
	return rawGet(t, s, "/api/tracking/items", header)
}

// rawGet asks without the transport's own decompression.
func rawGet(t *testing.T, s *apptest.Server, path string, header http.Header) rawAnswer {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header = header
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return rawAnswer{response.StatusCode, response.Header, body}
}

func TestALongAnswerIsCompressedForWhoTakesIt(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Staff().Post("/api/tracking/items/batch", `{"items": [{"name": "Vanilla Syrup", "category": "syrups", "quantity": 50}]}`).
			ExpectStatus(http.StatusCreated)
		plain := raw(t, s, "identity", "")
		if got := plain.header.Get("Content-Encoding"); got != "" {
			t.Errorf("identity is %q", got)
		}
		for accept, encoding := range map[string]string{
			"gzip": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": "zstd", "gzip;q=1, zstd;q=0": "gzip", "br": "",
		} {
			compressed := raw(t, s, accept, "")
			if got := compressed.header.Get("Content-Encoding"); got != encoding {
				t.Errorf("%s: %q", accept, got)
			}
			if !strings.Contains(strings.Join(compressed.header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s: Vary is %q", accept, compressed.header.Values("Vary"))
			}
			if got := decompress(t, encoding, compressed.body); got != string(plain.body) {
				t.Errorf("%s: another body", accept)
			}
			if encoding != "" && len(compressed.body) > len(plain.body)/4 {
				t.Errorf("%s: %d bytes of %d", accept, len(compressed.body), len(plain.body))
			}
			tag := compressed.header.Get("ETag")
			if again := raw(t, s, accept, tag); again.status != http.StatusNotModified || len(again.body) != 0 {
				t.Errorf("%s: with its tag %s the answer is %d", accept, tag, again.status)
			}
		}
	})
}

func decompress(t *testing.T, encoding string, body []byte) string {
	t.Helper()
	var reader io.Reader = strings.NewReader(string(body))
	var err error
	switch encoding {
	case "gzip":
		reader, err = gzip.NewReader(reader)
	case "zstd":
		reader, err = zstd.NewReader(reader)
	}
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestAShortAnswerIsSentAsItIs(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		if got := raw(t, s, "gzip, zstd", "").header.Get("Content-Encoding"); got != "" {
			t.Errorf("an empty list is %q", got)
		}
	})
}
