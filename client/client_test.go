package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/client"
)

// refuse answers every request with this refusal.
func refuse(t *testing.T, status int, header map[string]string, body string) *client.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		if _, err := io.WriteString(w, body); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	c, err := client.New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestARefusalIsAnErrorThatTellsAllThatTheServerSaid(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		header map[string]string
		body   string
		want   client.Error
		text   string
	}{
		"a sentence": {
			401,
			map[string]string{"X-Request-ID": "r1"},
			`{"error": "Token has expired", "msg": "Token has expired"}`,
			client.Error{Status: 401, Sentence: "Token has expired", RequestID: "r1"},
			"401 Unauthorized: Token has expired",
		},
		"messages by field": {
			400, nil, `{"error": {"pin": ["Too short.", "No digits."], "name": ["Missing."]}}`,
			client.Error{Status: 400, Fields: map[string][]string{"name": {"Missing."}, "pin": {"Too short.", "No digits."}}},
			"400 Bad Request: name: Missing.; pin: Too short. No digits.",
		},
		"when to try again": {
			429,
			map[string]string{"Retry-After": "90"},
			`{"error": "Too many codes held", "held": 3}`,
			client.Error{
				Status: 429, Sentence: "Too many codes held", RetryAfter: 90 * time.Second,
				Details: map[string]json.RawMessage{"held": json.RawMessage("3")},
			},
			"429 Too Many Requests: Too many codes held",
		},
		"a page of something in between": {
			502, nil, `<html>`, client.Error{Status: 502, Sentence: "Bad Gateway"}, "502 Bad Gateway: Bad Gateway",
		},
		"another JSON": {
			503, nil, `{"status": "down"}`, client.Error{
				Status: 503, Sentence: "Service Unavailable", Details: map[string]json.RawMessage{"status": json.RawMessage(`"down"`)},
			}, "503 Service Unavailable: Service Unavailable",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := refuse(t, test.status, test.header, test.body).MeWithResponse(t.Context())
			got, ok := errors.AsType[*client.Error](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			if len(got.Details) == 0 {
				got.Details = nil
			}
			if diff := cmp.Diff(test.want, *got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got.Error() != test.text {
				t.Errorf("got %q, want %q", got.Error(), test.text)
			}
		})
	}
}

func TestTokenAndStoreGoWithEveryRequestUntilTheyAreTakenBack(t *testing.T) {
	var sent []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, r.Header.Get("Authorization")+"|"+r.Header.Get("X-Store-ID"))
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	c, err := client.New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []func(){
		func() {},
		func() { c.SetToken("first") },
		func() { c.SetStore("two"); c.SetToken("second") },
		func() { c.SetStore(""); c.SetToken("") },
	} {
		step()
		if _, err := c.MeWithResponse(t.Context()); err == nil {
			t.Error("the refusal was not seen")
		}
	}
	want := []string{"|", "Bearer first|", "Bearer second|two", "|"}
	if diff := cmp.Diff(want, sent); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOneCallMaySendAnotherToken(t *testing.T) {
	var sent string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent = r.Header.Get("Authorization")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	c, err := client.New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	c.SetToken("mine")
	_, err = c.MeWithResponse(t.Context(), func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer another")
		return nil
	})
	if err == nil || sent != "Bearer another" {
		t.Errorf("sent %q, error %v", sent, err)
	}
}
