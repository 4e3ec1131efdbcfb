package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/actor"
)

// Conditional says by what an answer gets its ETag, if it has one. A client
// that has the answer already is told so by 304, without a body.
type Conditional int

const (
	Unconditional Conditional = iota
	// ByContent makes the answer and takes the tag of its bytes.
	ByContent
	// ByRevision knows the tag before anything is read: the answer stays as it is
	// until something happens in the store. See Op.Besides for what else counts.
	ByRevision
)

const privateNoCache = "private, no-cache"

func byContent(ctx huma.Context, next func(huma.Context)) { makeFirst(ctx, next, etag) }

// makeFirst makes the answer, and then finds out whether it is needed.
func makeFirst(ctx huma.Context, next func(huma.Context), tagOf func(body []byte) string) {
	held := &heldContext{humaContext: ctx}
	next(held)
	if held.status == http.StatusOK {
		tag := tagOf(held.body.Bytes())
		if known := matching(ctx.Header("If-None-Match"), tag); known != "" {
			notModified(ctx, known)
			return
		}
		setTag(ctx, tag)
	}
	ctx.SetStatus(held.status)
	_, _ = ctx.BodyWriter().Write(held.body.Bytes()) // the client may be gone, there is nobody left to tell
}

// byRevision answers 304 by what the authentication has read anyway. The
// revision is read before the rows are, so a change in between gives the newer
// rows the older tag: that costs the client another download, and no more.
func (a *API) byRevision(op Op) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		tag := etag(a.basis(ctx, op))
		header := ctx.Header("If-None-Match")
		switch known := matching(header, tag); {
		case header == anyTag: // whatever there is, if there is anything
			makeFirst(ctx, next, func([]byte) string { return tag })
		case known != "":
			notModified(ctx, known)
		default:
			next(&taggedContext{humaContext: ctx, tag: tag})
		}
	}
}

// basis is everything that the answer goes by: the program, the request, and
// the store at this moment.
func (a *API) basis(ctx huma.Context, op Op) []byte {
	who := actor.From(ctx.Context())
	var b bytes.Buffer
	url := ctx.URL()
	fmt.Fprintf(&b, "%q %q %q %d %q", a.config.Build, who.UserID, who.Store.ID, who.Store.Revision, url.EscapedPath())
	for _, p := range ctx.Operation().Parameters { // others, such as _t, change nothing
		if p.In == "query" {
			fmt.Fprintf(&b, " %q", ctx.Query(p.Name))
		}
	}
	if op.Besides != nil {
		fmt.Fprintf(&b, " %q", op.Besides(who.Store, a.config.Clock()))
	}
	return b.Bytes()
}

// Besides is what an answer goes by that is not an event of the store, such as
// its date.
type Besides func(store actor.Store, now time.Time) string

func setTag(ctx huma.Context, tag string) {
	ctx.SetHeader("ETag", tag)
	ctx.SetHeader("Cache-Control", privateNoCache)
}

func notModified(ctx huma.Context, tag string) {
	setTag(ctx, tag)
	ctx.SetStatus(http.StatusNotModified)
}

type humaContext = huma.Context // a field named Context would hide its method

// taggedContext gives a success its tag.
type taggedContext struct {
	humaContext
	tag string
}

func (t *taggedContext) SetStatus(status int) {
	if status == http.StatusOK {
		setTag(t.humaContext, t.tag)
	}
	t.humaContext.SetStatus(status)
}
func (t *taggedContext) Unwrap() huma.Context { return t.humaContext }

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

func etag(of []byte) string {
	sum := sha256.Sum256(of)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

const anyTag = "*"

// matching is the tag by which the client has the answer, or empty. It compares
// weakly, as RFC 9110 section 13.1.2 asks for If-None-Match: a proxy that
// compresses may have weakened the tag, and our own compression changed it.
func matching(header, tag string) string {
	if header == anyTag {
		return tag
	}
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if ofWhole(candidate) == tag {
			return candidate
		}
	}
	return ""
}
