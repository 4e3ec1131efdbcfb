package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Error is what a server refused, and why.
type Error struct {
	Status int // of the HTTP response

	// Sentence is for the user. It is empty if there are messages by field.
	Sentence string
	// Fields are the messages about each field of the request: name,
	// counts.0.milk_type_id. Only with status 400.
	Fields map[string][]string
	// Details are what else the server said, by its name in the body.
	Details map[string]json.RawMessage

	RetryAfter time.Duration // how long to wait before the next try, or zero
	RequestID  string        // finds the request in the server's log
}

// Error has all messages in one line.
func (e *Error) Error() string {
	message := e.Sentence
	if message == "" {
		var lines []string
		for _, field := range slices.Sorted(maps.Keys(e.Fields)) {
			lines = append(lines, field+": "+strings.Join(e.Fields[field], " "))
		}
		message = strings.Join(lines, "; ")
	}
	return fmt.Sprintf("%d %s: %s", e.Status, http.StatusText(e.Status), message)
}

// maxErrorBytes is more than any refusal of a server has.
const maxErrorBytes = 1 << 20

// refusing makes errors of responses that refuse.
type refusing struct{ next HttpRequestDoer }

// Do implements HttpRequestDoer.
func (d refusing) Do(request *http.Request) (*http.Response, error) {
	response, err := d.next.Do(request)
	if err != nil || response.StatusCode < http.StatusBadRequest {
		return response, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxErrorBytes))
	refusal := readError(response, body)
	if err != nil {
		return nil, errors.Join(refusal, err)
	}
	return nil, refusal
}

func readError(response *http.Response, body []byte) *Error {
	e := &Error{Status: response.StatusCode, RequestID: response.Header.Get("X-Request-ID")}
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil {
		e.RetryAfter = time.Duration(seconds) * time.Second
	}
	// Something between us and the server may answer too, in words of its own.
	if json.Unmarshal(body, &e.Details) != nil || e.readReason() != nil {
		e.Sentence = http.StatusText(e.Status)
	}
	return e
}

// readReason moves the reason out of the details: a sentence, or messages.
func (e *Error) readReason() error {
	reason := e.Details["error"]
	delete(e.Details, "error")
	delete(e.Details, "msg") // the sentence again
	if err := json.Unmarshal(reason, &e.Sentence); err == nil {
		return nil
	}
	return json.Unmarshal(reason, &e.Fields)
}
