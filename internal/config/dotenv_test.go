package config

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDotEnv(t *testing.T) {
	path := writeFile(t, ".env", "\ufeff# a comment\r\n\r\nexport PORT = 8080 # trailing\r\nDATA_DIR='/srv/a $HOME'\r\nLOG_LEVEL=\r\nOTHER=\"two\r\nlines\"")
	got, err := readDotEnv(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"PORT": "8080", "DATA_DIR": "/srv/a $HOME", "LOG_LEVEL": "", "OTHER": "two\nlines"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The message names the line and quotes nothing: the file is full of secrets.
func TestMalformedDotEnv(t *testing.T) {
	tests := map[string]struct {
		content string
		line    string
	}{
		"no equals sign":     {"A=1\n\n# comment\nJUNK\nSECRET_KEY=hunter2\n", ":4: "},
		"no equals, at end":  {"SECRET_KEY=hunter2\nJUNK", ":2: "},
		"only line":          {"hunter2", ":1: "},
		"open quote":         {"A=1\nSECRET_KEY=\"hunter2\nB=2\n", ":2: "},
		"after a long value": {"A=\"1\n2\n3\"\nB!=hunter2\n", ":4: "},
		"no name":            {"A=1\n=hunter2\n", ":2: "},
		"name with a space":  {"A=1\nB C=hunter2\nD=3\n", ":2: "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, ".env", test.content)
			got := failure(t, Input{DotEnv: path})
			if !strings.HasPrefix(got, path+test.line) || strings.Contains(got, "hunter2") || strings.Contains(got, "\n") {
				t.Error(got)
			}
		})
	}
}

func TestUnreadableDotEnv(t *testing.T) {
	folder := t.TempDir()
	if got := failure(t, Input{DotEnv: folder}); !strings.Contains(got, folder) {
		t.Error(got)
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	mustLoad(t, Input{DotEnv: folder}) // a missing file is fine
}
