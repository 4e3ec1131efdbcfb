// Package web holds the web app as it was built, so that the program is all that
// it takes to serve it. Its source stands beside this file.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var built embed.FS

// Dist has the built files, index.html at its top. Those whose names end in .gz were
// compressed by the build, and a phone is sent them as they are.
func Dist() fs.FS {
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // the name is one
	}
	return dist
}
