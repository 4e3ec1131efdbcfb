package app

import (
	"cmp"
	"time"
)

// Timeouts are how long a client may take before its connection is closed.
type Timeouts struct {
	Header time.Duration // to send the head of a request
	Upload time.Duration // to send all of it
	Answer time.Duration // to send it, to be answered, and to read the answer
}

const (
	headerTimeout = 10 * time.Second
	uploadTimeout = 30 * time.Second // a phone in a basement sends slowly
	answerTimeout = uploadTimeout + 2*workTimeout
)

func (t Timeouts) orUsual() Timeouts {
	return Timeouts{
		Header: cmp.Or(t.Header, headerTimeout),
		Upload: cmp.Or(t.Upload, uploadTimeout),
		Answer: cmp.Or(t.Answer, answerTimeout),
	}
}
