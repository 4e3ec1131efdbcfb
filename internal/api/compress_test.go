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

// raw asks without the transport's own decompression.
func raw(t *testing.T, s *apptest.Server, token, accept, ifNoneMatch string) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, s.URL+"/api/tracking/items", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Accept-Encoding", accept)
	if ifNoneMatch != "" {
		request.Header.Set("If-None-Match", ifNoneMatch)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, body
}

func TestALongAnswerIsCompressedForWhoTakesIt(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		s.Staff().Post("/api/tracking/items/batch", `{"items": [{"name": "Vanilla Syrup", "category": "syrups", "quantity": 50}]}`).
			ExpectStatus(http.StatusCreated)
		plain, want := raw(t, s, s.Staff().Token, "identity", "")
		if got := plain.Header.Get("Content-Encoding"); got != "" {
			t.Errorf("identity is %q", got)
		}
		for accept, encoding := range map[string]string{
			"gzip": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": "zstd", "gzip;q=1, zstd;q=0": "gzip", "br": "",
		} {
			response, body := raw(t, s, s.Staff().Token, accept, "")
			if got := response.Header.Get("Content-Encoding"); got != encoding {
				t.Errorf("%s: %q", accept, got)
			}
			if !strings.Contains(strings.Join(response.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s: Vary is %q", accept, response.Header.Values("Vary"))
			}
			if got := decompress(t, encoding, body); got != string(want) {
				t.Errorf("%s: another body", accept)
			}
			if encoding != "" && len(body) > len(want)/4 {
				t.Errorf("%s: %d bytes of %d", accept, len(body), len(want))
			}
			again, body := raw(t, s, s.Staff().Token, accept, response.Header.Get("ETag"))
			if again.StatusCode != http.StatusNotModified || len(body) != 0 {
				t.Errorf("%s: with its tag %s the answer is %d", accept, response.Header.Get("ETag"), again.StatusCode)
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
		response, _ := raw(t, s, s.Staff().Token, "gzip, zstd", "")
		if got := response.Header.Get("Content-Encoding"); got != "" {
			t.Errorf("an empty list is %q", got)
		}
	})
}
