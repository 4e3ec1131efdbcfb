package api

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Repeatable is a request that may be sent again and shall be done once.
type Repeatable struct {
	UserID      string
	Key         string
	Fingerprint string // of all that the request asks for
}

// Answer is a response that can be kept.
type Answer struct {
	Status      int
	ContentType string
	Body        []byte
	// Lasting: it would be the same at another time.
	Lasting bool
}

// Replayer does a repeatable request, or finds the answer that it got before.
type Replayer interface {
	Do(ctx context.Context, r Repeatable, run func(context.Context) Answer) (answer Answer, replayed bool, err error)
}

// What a client is told whose key does not do.
const (
	KeyReused  = "Idempotency key reused with a different request"
	KeyRunning = "The same request is still running. Try again in 1 second."
	keyInvalid = "Invalid Idempotency-Key"
)

const (
	keyHeader      = "Idempotency-Key"
	replayedHeader = "Idempotency-Replayed"
	maxKeyLength   = 255
)

// repeatable says whether the operation heeds an idempotency key: it writes, and
// hands out no token that would be kept with its answer.
func (op Op) repeatable() bool {
	return op.Method != http.MethodGet && op.Access >= Partner && !op.NoReplay
}

// idempotent does a request with a key once, however often it comes.
func (a *API) idempotent(op Op) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if key := ctx.Header(keyHeader); key == "" {
			next(ctx)
		} else {
			a.once(ctx, key, op, next)
		}
	}
}

func (a *API) once(ctx huma.Context, key string, op Op, next func(huma.Context)) {
	if !validKey(key) {
		a.refuse(ctx, fault.New(fault.Invalid, keyInvalid))
		return
	}
	body, err := a.readBody(ctx)
	if err != nil { // huma, reading on, comes to the same end
		next(&replayContext{humaContext: ctx, body: io.MultiReader(bytes.NewReader(body), failingReader{err})})
		return
	}
	limited, cancel := context.WithTimeout(ctx.Context(), a.config.WorkTimeout+max(op.WorkTimeout, a.config.WorkTimeout))
	defer cancel()
	who := actor.From(ctx.Context())
	request := Repeatable{UserID: who.UserID, Key: key, Fingerprint: a.fingerprint(ctx, who.Store.ID, body)}
	answer, replayed, err := a.config.Replays.Do(limited, request, func(inTx context.Context) Answer {
		kept := &replayContext{humaContext: ctx, body: bytes.NewReader(body), ctx: inTx, header: http.Header{}}
		next(kept)
		return kept.answer()
	})
	if err != nil {
		a.refuse(ctx, err)
		return
	}
	if replayed {
		ctx.SetHeader(replayedHeader, "true")
	}
	send(ctx, answer)
}

func (a *API) refuse(ctx huma.Context, err error) {
	_ = huma.WriteErr(a.huma, ctx, http.StatusInternalServerError, "", err) // its own log has the rest
}

func validKey(key string) bool {
	if len(key) > maxKeyLength {
		return false
	}
	for _, c := range []byte(key) {
		if c < '!' || c > '~' {
			return false
		}
	}
	return true
}

// readBody reads what huma would read: one byte more than is allowed shows that
// it is too much.
func (a *API) readBody(ctx huma.Context) ([]byte, error) {
	reader := ctx.BodyReader()
	if reader == nil {
		return nil, nil
	}
	return io.ReadAll(io.LimitReader(reader, maxBodyBytes+2))
}

// fingerprint is of all that the request asks for. It is kept, and a body may
// hold a PIN, of which there are few: so nobody can make one without the key.
func (a *API) fingerprint(ctx huma.Context, storeID string, body []byte) string {
	url := ctx.URL()
	sum := hmac.New(sha256.New, a.config.FingerprintKey)
	fmt.Fprintf(sum, "%s %s?%s\n%s\n", ctx.Method(), url.EscapedPath(), url.RawQuery, storeID)
	sum.Write(body)
	return hex.EncodeToString(sum.Sum(nil))
}

func send(ctx huma.Context, answer Answer) {
	if answer.ContentType != "" {
		ctx.SetHeader("Content-Type", answer.ContentType)
	}
	ctx.SetStatus(answer.Status)
	_, _ = ctx.BodyWriter().Write(answer.Body) // the client may be gone, there is nobody left to tell
}

// replayContext gives an operation a body that was read before, and keeps its
// answer.
type replayContext struct {
	humaContext
	ctx    context.Context
	body   io.Reader
	header http.Header // nil: nothing is kept
	status int
	// untimely: what was refused is the time at which it came.
	untimely bool
	kept     bytes.Buffer
}

func (r *replayContext) Unwrap() huma.Context  { return r.humaContext }
func (r *replayContext) BodyReader() io.Reader { return r.body }

func (r *replayContext) Context() context.Context {
	if r.ctx == nil {
		return r.humaContext.Context()
	}
	return r.ctx
}

func (r *replayContext) SetStatus(status int) {
	if r.status = status; r.header == nil {
		r.humaContext.SetStatus(status)
	}
}

func (r *replayContext) Status() int { return r.status }

func (r *replayContext) SetHeader(name, value string) {
	if r.header == nil {
		r.humaContext.SetHeader(name, value)
		return
	}
	r.header.Set(name, value)
}

func (r *replayContext) AppendHeader(name, value string) {
	if r.header == nil {
		r.humaContext.AppendHeader(name, value)
		return
	}
	r.header.Add(name, value)
}

func (r *replayContext) BodyWriter() io.Writer {
	if r.header == nil {
		return r.humaContext.BodyWriter()
	}
	return &r.kept
}

func (r *replayContext) answer() Answer {
	// What is told besides, such as Retry-After, goes with answers that are not kept.
	for name, values := range r.header {
		if name != "Content-Type" {
			r.humaContext.SetHeader(name, values[0])
		}
	}
	return Answer{
		Status: r.status, ContentType: r.header.Get("Content-Type"), Body: r.kept.Bytes(), Lasting: r.lasting(),
	}
}

// lasting is every answer but those that speak of the server, of the login, or of
// the clock.
func (r *replayContext) lasting() bool {
	return r.status < http.StatusInternalServerError && r.status != http.StatusUnauthorized &&
		r.status != http.StatusTooManyRequests && !r.untimely
}

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }
