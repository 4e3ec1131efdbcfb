package api

import (
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

const (
	// compressFrom is the size from which compressing is worth the work.
	compressFrom = 1 << 10
	// compressedTag goes into the ETag of a compressed answer, whose bytes are
	// others: "abc" becomes "abc-as-gzip".
	compressedTag = "-as"
)

// compress sends answers as zstd or gzip to a client that takes it. A stream of
// events is left alone: it must not wait for a buffer to fill.
func compress() middleware {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(compressFrom), gzhttp.EnableZstd(true), gzhttp.PreferZstd(true),
		gzhttp.SuffixETag(compressedTag), gzhttp.ContentTypeFilter(worthCompressing),
	)
	if err != nil {
		panic(err) // the options above are right, or no test passes
	}
	return func(next http.Handler) http.Handler { return wrap(next) }
}

// ofWhole is the tag that an answer had before it was compressed.
func ofWhole(tag string) string {
	for _, encoding := range []string{"-gzip", "-zstd"} {
		if whole, found := strings.CutSuffix(tag, compressedTag+encoding+`"`); found {
			return whole + `"`
		}
	}
	return tag
}

// longTypes are texts, whatever they are called. Pictures and fonts are small as
// they are.
var longTypes = []string{
	jsonType, csvType, htmlType, "text/javascript", "text/css", "text/plain", "image/svg+xml", "application/manifest+json",
}

func worthCompressing(contentType string) bool {
	mediaType, _, err := mime.ParseMediaType(contentType)
	return err == nil && slices.Contains(longTypes, mediaType)
}
