package api

import (
	"mime"
	"strconv"
	"strings"
)

// accepted are the media types that an Accept header asks for by name, with how
// much each is wanted. A wildcard asks for nothing by name.
func accepted(accept string) map[string]float64 {
	wanted := map[string]float64{}
	for part := range strings.SplitSeq(accept, ",") {
		name, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, err := strconv.ParseFloat(parameters["q"], 64); err == nil {
			quality = q
		}
		wanted[name] = quality
	}
	return wanted
}
