package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// conditional gives a response a strong ETag over its bytes, and answers 304
// without them to a client that has them already.
func conditional(ctx huma.Context, next func(huma.Context)) {
	held := &heldContext{humaContext: ctx}
	next(held)
	if held.status == http.StatusOK {
		tag := etag(held.body.Bytes())
		ctx.SetHeader("ETag", tag)
		ctx.SetHeader("Cache-Control", "private, no-cache")
		if held := matching(ctx.Header("If-None-Match"), tag); held != "" {
			ctx.SetHeader("ETag", held)
			ctx.SetStatus(http.StatusNotModified)
			return
		}
	}
	ctx.SetStatus(held.status)
	_, _ = ctx.BodyWriter().Write(held.body.Bytes()) // the client may be gone, there is nobody left to tell
}

type humaContext = huma.Context // a field named Context would hide its method

// heldContext holds the response back until its tag is known.
type heldContext struct {
	humaContext
	status int
	body   bytes.Buffer
}

func (h *heldContext) SetStatus(status int)  { h.status = status }
func (h *heldContext) Status() int           { return h.status }
func (h *heldContext) BodyWriter() io.Writer { return &h.body }
func (h *heldContext) Unwrap() huma.Context  { return h.humaContext }

func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

// matching is the tag by which the client has the answer, or empty. It compares
// weakly, as RFC 9110 section 13.1.2 asks for If-None-Match: a proxy that
// compresses may have weakened the tag, and our own compression changed it.
func matching(header, tag string) string {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		switch {
		case candidate == "*":
			return tag
		case ofWhole(candidate) == tag:
			return candidate
		}
	}
	return ""
}
