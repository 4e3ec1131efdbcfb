package backup

import (
	"archive/tar"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// FuzzRead hands the reader what is sealed and otherwise anything: as the tar
// file in an archive, and as the archive itself.
func FuzzRead(f *testing.F) {
	archive := small(f)
	f.Add(tarOf(f, entriesOf(f, archive)), true)
	f.Add(tarOf(f, []entry{{manifestName, []byte(`{"format": 1, "schema": 12, "tables": [{"name": "users", "rows": 1}]}`)}, {"tables/users.jsonl", []byte("[]\n")}}), true)
	f.Add(archive[:len(archive)-sealSize], false)
	f.Add([]byte("hello"), false)
	f.Fuzz(func(t *testing.T, data []byte, isTar bool) {
		whole := resealed(data)
		if isTar {
			whole = pack(t, data)
		}
		a, err := Read(t.Context(), bytes.NewReader(whole))
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("more than one line: %v", err)
		}
		if err == nil && a.check() != nil {
			t.Errorf("read what has tables that are not ours: %+v", a.Manifest)
		}
	})
}

// endless compresses well.
type endless struct{ pattern string }

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.pattern[i%len(e.pattern)]
	}
	return len(p), nil
}

// A small file that says it is huge takes neither the memory that it asks for,
// nor the time.
func TestAnArchiveThatUnpacksToGigabytesIsRefusedCheaply(t *testing.T) {
	const huge = 2 << 30
	bomb := func(name string, header tar.Header, pattern string, bigWindow int) []byte {
		var out bytes.Buffer
		compressor, err := zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(bigWindow), zstd.WithEncoderLevel(zstd.SpeedFastest))
		if err != nil {
			t.Fatal(err)
		}
		archive := tar.NewWriter(compressor)
		manifest := `{"format": 1, "schema": 12, "tables": [{"name": "users", "columns": [{"name": "id", "kind": "text"}], "rows": 3}]}`
		if name != manifestName {
			if err := begin(archive, manifestName, int64(len(manifest)), noon); err != nil {
				t.Fatal(err)
			}
			_, _ = io.WriteString(archive, manifest)
		}
		header.Name, header.Size, header.Mode = name, huge, 0o600
		if err := archive.WriteHeader(&header); err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(archive, endless{pattern}, 40<<20); err != nil {
			t.Fatal(err)
		}
		_ = compressor.Close()
		return resealed(out.Bytes())
	}
	for name, archive := range map[string][]byte{
		"one row":     bomb("tables/users.jsonl", tar.Header{}, "\x00", window),
		"many rows":   bomb("tables/users.jsonl", tar.Header{}, `["a"]`+"\n", window),
		"a manifest":  bomb(manifestName, tar.Header{}, " ", window),
		"a window":    bomb("tables/users.jsonl", tar.Header{}, `["a"]`+"\n", 512<<20),
		"other names": bomb("elsewhere", tar.Header{}, " ", window),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Read(t.Context(), bytes.NewReader(archive))
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: read", name)
		}
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 32 {
			t.Errorf("%s: %s took %d MB (%v)", name, kilo(len(archive)), took, err)
		}
	}
}

func kilo(n int) string { return fmt.Sprintf("a file of %d kB", n>>10) }
