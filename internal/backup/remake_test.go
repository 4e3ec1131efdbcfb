package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// entry is one entry of a tar file.
type entry struct {
	name    string
	content []byte
}

// entriesOf takes an archive apart.
func entriesOf(t testing.TB, archive []byte) []entry {
	t.Helper()
	plain, err := zstd.NewReader(bytes.NewReader(archive)) // which skips the seal
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	var all []entry
	for tape := tar.NewReader(plain); ; {
		header, err := tape.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(tape)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, entry{header.Name, content})
	}
}

// tarOf puts entries together.
func tarOf(t testing.TB, all []entry) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := tar.NewWriter(&out)
	for _, e := range all {
		if err := begin(archive, e.name, int64(len(e.content)), time.Unix(0, 0)); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write(e.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// pack compresses a tar file and seals it, whatever is in it.
func pack(t testing.TB, plain []byte) []byte {
	t.Helper()
	compressor, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window))
	if err != nil {
		t.Fatal(err)
	}
	defer compressor.Close() //nolint:errcheck // it wrote to nowhere
	return resealed(compressor.EncodeAll(plain, nil))
}

// resealed ends what was made of an archive as a true one ends.
func resealed(body []byte) []byte {
	sum := sha256.Sum256(body)
	return append(bytes.Clone(body), seal(sum[:])...)
}

// forge changes an archive; its manifest counts what is in the tables then, and
// only what change says itself is wrong.
func forge(t testing.TB, archive []byte, change func(m *Manifest, lines map[string]string)) []byte {
	t.Helper()
	all := entriesOf(t, archive)
	var m Manifest
	if err := json.Unmarshal(all[0].content, &m); err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for i, table := range m.Tables {
		lines[table.Name] = string(all[i+1].content)
	}
	counts := func() {
		for i, table := range m.Tables {
			sum := sha256.Sum256([]byte(lines[table.Name]))
			m.Tables[i].Content = Content{
				Rows: int64(bytes.Count([]byte(lines[table.Name]), []byte("\n"))), Bytes: int64(len(lines[table.Name])),
				SHA256: hex.EncodeToString(sum[:]),
			}
		}
	}
	change(&m, lines)
	if m.Program != "leave the counts" {
		counts()
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	forged := []entry{{manifestName, text}}
	for _, table := range m.Tables {
		forged = append(forged, entry{entryName(table.Name), []byte(lines[table.Name])})
	}
	return pack(t, tarOf(t, forged))
}
