package web_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/web"
)

func TestTheBuiltAppHasItsPage(t *testing.T) {
	index, err := fs.ReadFile(web.Dist(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(index), "<title>SirenBase</title>") {
		t.Errorf("index.html is something else: %.200s", index)
	}
}
