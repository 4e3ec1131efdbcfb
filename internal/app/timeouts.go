package app

import (
	"cmp"
	"time"
)

// Timeouts are how long a client may take before its connection is closed, and
// how long the work for it may.
type Timeouts struct {
	Header time.Duration // to send the head of a request
	Upload time.Duration // to send all of it
	Answer time.Duration // to send it, to be answered, and to read the answer
	Work   time.Duration // of the database, once a request is read
}

const (
	workTimeout   = 10 * time.Second
	headerTimeout = 10 * time.Second
	uploadTimeout = 30 * time.Second // a phone in a basement sends slowly
	answerTimeout = uploadTimeout + 2*workTimeout
)

func (t Timeouts) orUsual() Timeouts {
	return Timeouts{
		Header: cmp.Or(t.Header, headerTimeout),
		Upload: cmp.Or(t.Upload, uploadTimeout),
		Answer: cmp.Or(t.Answer, answerTimeout),
		Work:   cmp.Or(t.Work, workTimeout),
	}
}
