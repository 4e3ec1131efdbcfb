package web_test

import (
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/web"
)

func TestTheBuiltAppHasItsPage(t *testing.T) {
	file, err := web.Dist().Open("index.html.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	packed, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	index, err := io.ReadAll(packed)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(index), "<title>SirenBase</title>") {
		t.Errorf("index.html is something else: %.200s", index)
	}
}
