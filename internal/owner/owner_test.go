//go:build unix

package owner_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/sirenbase/sirenbase/internal/owner"
)

func ownerOf(t *testing.T, path string) uint32 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Uid
}

// Only root can give things away; for others everything is theirs already.
func TestWhatIsMadeBelongsToTheOwnerOfTheFolder(t *testing.T) {
	folder := t.TempDir()
	want := uint32(os.Geteuid())
	if want == 0 {
		want = 65532
		if err := os.Chown(folder, int(want), int(want)); err != nil {
			t.Fatal(err)
		}
	}
	deep := filepath.Join(folder, "a", "b")
	if err := owner.MakeFolder(deep); err != nil {
		t.Fatal(err)
	}
	if err := owner.MakeFolder(deep); err != nil {
		t.Errorf("once more: %v", err)
	}
	file := filepath.Join(deep, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := owner.Inherit(file); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Dir(deep), deep, file} {
		if got := ownerOf(t, path); got != want {
			t.Errorf("%s belongs to %d, want %d", path, got, want)
		}
	}
	if err := owner.MakeFolder(file); err == nil {
		t.Error("made a folder in the place of a file")
	}
	if err := owner.MakeFolder(filepath.Join(file, "below")); err == nil {
		t.Error("made a folder below a file")
	}
}
