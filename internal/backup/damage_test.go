package backup

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// target is a database that somebody lives in.
func target(t testing.TB, engine database.Engine) *database.DB {
	t.Helper()
	db := dbtest.Open(t, engine)
	dbtest.AddStore(t, db, "lived-in", noon)
	return db
}

// small is an archive of a few kilobytes.
func small(t testing.TB) []byte {
	t.Helper()
	db := dbtest.Open(t, database.SQLite)
	dbtest.AddStore(t, db, "s1", noon)
	run(t, db, `INSERT INTO key_checks (name, digest) VALUES ('SECRET_KEY', 'd1')`)
	run(t, db, `INSERT INTO idempotency_answers (user_id, idempotency_key, fingerprint, status, content_type, body, created_at)
		VALUES ('u1', 'k', 'f', 201, 'application/json', '{}', $1)`, database.Instant(noon))
	return archiveOf(t, db)
}

func TestAnyDamageIsFoundBeforeAnythingIsChanged(t *testing.T) {
	archive, into := small(t), target(t, database.SQLite)
	before := contentsOf(t, into)
	refused := func(what string, place int, damaged []byte) {
		t.Helper()
		if err := restore(t.Context(), damaged, into, Restoring{Replace: true}); !errors.Is(err, errDamaged) {
			t.Fatalf("%s at %d of %d: %v", what, place, len(archive), err)
		}
	}
	for i := range archive {
		for _, flip := range []byte{0x01, 0x80, 0xff} {
			damaged := bytes.Clone(archive)
			damaged[i] ^= flip
			refused("a flipped byte", i, damaged)
		}
		refused("cut off", i, archive[:i])
		refused("a lost byte", i, append(bytes.Clone(archive[:i]), archive[i+1:]...))
		refused("a byte too many", i, append(append(bytes.Clone(archive[:i]), 'x'), archive[i:]...))
	}
	refused("a byte too many", len(archive), append(bytes.Clone(archive), 0))
	refused("twice", 0, append(bytes.Clone(archive), archive...))
	expectSame(t, "the target", before, contentsOf(t, into))
	if err := restore(t.Context(), archive, into, Restoring{Replace: true}); err != nil {
		t.Error(err)
	}
}

// Damage that came before the seal, or has one of its own, is found by what lies
// below it, or does not matter.
func TestDamageUnderASealIsFound(t *testing.T) {
	archive := small(t)
	want := contents(read(t, archive).Manifest)
	body := archive[:len(archive)-sealSize]
	for i := range body {
		damaged := bytes.Clone(body)
		damaged[i] ^= 0x10
		if a, err := Read(t.Context(), bytes.NewReader(resealed(damaged))); err == nil {
			expectSame(t, "read with a flipped byte", want, contents(a.Manifest))
		}
		if _, err := Read(t.Context(), bytes.NewReader(resealed(body[:i]))); err == nil {
			t.Fatalf("read what was cut off at %d", i)
		}
	}
}

// Whoever can seal an archive can put anything into it.
func TestForgedArchivesAreRefused(t *testing.T) {
	archive := small(t)
	user := `["2026-03-04T20:00:00.123456Z",null,null,"s1","s1",false,null,"Eve","E1","x","staff","active",null,"2026-03-04T20:00:00.123456Z"]`
	forgeries := map[string]struct {
		says   string
		change func(m *Manifest, lines map[string]string)
	}{
		"a newer format":     {"a newer SirenBase made", func(m *Manifest, _ map[string]string) { m.Format = 2 }},
		"no format":          {"its manifest cannot be read", func(m *Manifest, _ map[string]string) { m.Format = 0 }},
		"a newer schema":     {"a newer SirenBase (test) made", func(m *Manifest, _ map[string]string) { m.Schema = 99 }},
		"an unknown table":   {"does not belong there", func(m *Manifest, _ map[string]string) { m.Tables[2].Name = "goose_db_version" }},
		"a table left out":   {"does not belong there", func(m *Manifest, _ map[string]string) { m.Tables[2].Name = "setup_codes" }},
		"a table twice":      {"does not belong there", func(m *Manifest, _ map[string]string) { m.Tables = append(m.Tables, m.Tables[1]) }},
		"a missing table":    {"not those of its schema", func(m *Manifest, _ map[string]string) { m.Tables = m.Tables[:3] }},
		"no table":           {"not those of its schema", func(m *Manifest, _ map[string]string) { m.Tables = nil }},
		"an older schema":    {"not those of its schema", func(m *Manifest, _ map[string]string) { m.Schema = 8 }},
		"no schema":          {"its manifest cannot be read", func(m *Manifest, _ map[string]string) { m.Schema = 0 }},
		"an unknown column":  {"not those of its schema", func(m *Manifest, _ map[string]string) { m.Tables[0].Columns[1].Name = `name" = 'x'; --` }},
		"an unknown kind":    {"is no blob", func(m *Manifest, _ map[string]string) { m.Tables[0].Columns[1].Kind = "blob" }},
		"other kinds":        {"not those of its schema", func(m *Manifest, _ map[string]string) { m.Tables[0].Columns[1].Kind = Text }},
		"wrong counts":       {"is not what its manifest says", func(m *Manifest, _ map[string]string) { m.Program = "leave the counts"; m.Tables[0].Rows++ }},
		"a wrong checksum":   {"is not what its manifest says", func(m *Manifest, _ map[string]string) { m.Program = "leave the counts"; m.Tables[0].SHA256 = "" }},
		"too many rows":      {"more rows than", func(m *Manifest, l map[string]string) { m.Program = "leave the counts"; l["users"] += user + "\n" }},
		"no end of a row":    {"has no end", func(_ *Manifest, l map[string]string) { l["users"] = strings.TrimSpace(l["users"]) }},
		"a long row":         {"has no end", func(_ *Manifest, l map[string]string) { l["users"] = strings.Repeat(" ", maxLine+1) + l["users"] }},
		"no JSON":            {"no JSON array", func(_ *Manifest, l map[string]string) { l["users"] = "hello\n" }},
		"an object":          {"no JSON array", func(_ *Manifest, l map[string]string) { l["users"] = "{}\n" }},
		"too few values":     {"one value for each", func(_ *Manifest, l map[string]string) { l["users"] = "[1]\n" }},
		"two rows in a line": {"one value for each", func(_ *Manifest, l map[string]string) { l["users"] = strings.TrimSpace(l["users"]) + "[]\n" }},
		"a nested value":     {"is no text", func(_ *Manifest, l map[string]string) { l["key_checks"] = `[["d"],"n"]` + "\n" }},
		"a number as text":   {"is no text", func(_ *Manifest, l map[string]string) { l["key_checks"] = `[1,"n"]` + "\n" }},
		"no date": {"is no instant", func(_ *Manifest, l map[string]string) {
			l["users"] = strings.Replace(user, "2026-03-04T20", "2026-13-04T20", 1) + "\n"
		}},
		"another form":       {"came out of the database otherwise", func(_ *Manifest, l map[string]string) { l["key_checks"] = `[ "d", "n" ]` + "\n" }},
		"the same row twice": {"unique", func(_ *Manifest, l map[string]string) { l["users"] += l["users"] }},
		"a row of nobody":    {"foreign key", func(_ *Manifest, l map[string]string) { l["users"] = strings.Replace(user, `"s1"`, `"s9"`, 1) + "\n" }},
		"deleted by nobody": {"foreign key", func(_ *Manifest, l map[string]string) {
			l["users"] = strings.Replace(user, `null,null`, `null,"nobody"`, 1) + "\n"
		}},
		"what no check lets": {"check constraint", func(_ *Manifest, l map[string]string) {
			l["users"] = strings.Replace(user, `"staff"`, `"king"`, 1) + "\n"
		}},
		"null where none may": {"check constraint", func(_ *Manifest, l map[string]string) { l["users"] = strings.Replace(user, `"x"`, `null`, 1) + "\n" }},
	}
	for _, engine := range dbtest.Engines() {
		into := target(t, engine)
		before := contentsOf(t, into)
		for name, forgery := range forgeries {
			t.Run(string(engine)+"/"+name, func(t *testing.T) {
				err := restore(t.Context(), forge(t, archive, forgery.change), into, Restoring{Replace: true})
				if err == nil || !strings.Contains(err.Error(), forgery.says) {
					t.Errorf("restored with %v, want an error that says %q", err, forgery.says)
				}
				expectSame(t, "the target", before, contentsOf(t, into))
			})
		}
		unchanged := forge(t, archive, func(*Manifest, map[string]string) {})
		if err := restore(t.Context(), unchanged, into, Restoring{Replace: true}); err != nil {
			t.Errorf("a forgery that changes nothing: %v", err)
		}
	}
}

func TestOtherEntriesThanThoseOfTheManifestAreRefused(t *testing.T) {
	archive := small(t)
	all := entriesOf(t, archive)
	stranger := entry{"../../etc/passwd", []byte("root\n")}
	plain := tarOf(t, all)
	for name, forged := range map[string][]byte{
		"a stranger first":       tarOf(t, append([]entry{stranger}, all...)),
		"a stranger in between":  tarOf(t, append([]entry{all[0], stranger}, all[1:]...)),
		"a stranger at the end":  tarOf(t, append(all[:len(all):len(all)], stranger)),
		"another order":          tarOf(t, append([]entry{all[0], all[2], all[1]}, all[3:]...)),
		"one is missing":         tarOf(t, all[:len(all)-1]),
		"nothing":                nil,
		"no manifest":            tarOf(t, all[1:]),
		"something after it":     append(bytes.Clone(plain), 'x'),
		"another after it":       append(bytes.Clone(plain), plain...),
		"no tar":                 []byte("hello"),
		"a manifest without end": tarOf(t, []entry{{manifestName, bytes.Repeat([]byte(" "), maxManifest+1)}}),
	} {
		if _, err := Read(t.Context(), bytes.NewReader(pack(t, forged))); err == nil {
			t.Errorf("%s: read", name)
		}
	}
	if _, err := Read(t.Context(), bytes.NewReader(pack(t, plain))); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}
