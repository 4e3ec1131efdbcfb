package app_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

var update = flag.Bool("update", false, "write the golden copy of the API document")

// golden is the API document as it is published; clients are made from it.
const golden = "../../docs/openapi.json"

// served is the document as a client gets it, one value a line.
func served(t *testing.T) []byte {
	t.Helper()
	s := apptest.New(t, database.SQLite)
	r := s.Anybody().Get("/api/openapi.json").ExpectStatus(200)
	var indented bytes.Buffer
	if err := json.Indent(&indented, r.Body, "", "  "); err != nil {
		t.Fatal(err)
	}
	return indented.Bytes()
}

// A client that was made for a version of the API must be able to trust the
// number: so the document does not change without it.
func TestTheDocumentChangesOnlyWithTheVersion(t *testing.T) {
	now := served(t)
	published, err := os.ReadFile(golden)
	if err != nil && !*update {
		t.Fatal(err)
	}
	if bytes.Equal(now, published) {
		return
	}
	var before struct{ Info struct{ Version string } }
	if err := json.Unmarshal(published, &before); err != nil && !*update {
		t.Fatal(err)
	}
	switch {
	case before.Info.Version == api.Version:
		t.Fatalf("the API changed, but its version is still %s: raise api.Version, then run make generate\n%s",
			api.Version, cmp.Diff(string(published), string(now)))
	case !*update:
		t.Fatalf("version %s of the API is not published: run make generate", api.Version)
	}
	if err := os.WriteFile(golden, now, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestAThirdPartyValidatorAcceptsTheDocument(t *testing.T) {
	document, err := libopenapi.NewDocument(served(t))
	if err != nil {
		t.Fatal(err)
	}
	check, errs := validator.NewValidator(document)
	for _, err := range errs {
		t.Error(err)
	}
	valid, faults := check.ValidateDocument()
	for _, fault := range faults {
		t.Errorf("%s: %s", fault.Message, fault.Reason)
		for _, detail := range fault.SchemaValidationErrors {
			t.Errorf("  %s: %s", detail.FieldPath, detail.Reason)
		}
	}
	if !valid {
		t.Error("the document is not valid")
	}
}
