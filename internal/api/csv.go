package api

import (
	"mime"
	"strconv"
	"strings"
)

const csvType = "text/csv"

// WantsCSV says whether an Accept header asks for CSV by its name, and not for
// JSON rather. A wildcard asks for nothing by name.
func WantsCSV(accept string) bool {
	csv, json := 0.0, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		name, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, err := strconv.ParseFloat(parameters["q"], 64); err == nil {
			quality = q
		}
		switch name {
		case csvType:
			csv = quality
		case jsonType:
			json = quality
		}
	}
	return csv > 0 && csv >= json
}
