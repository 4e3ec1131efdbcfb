package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/fault"
)

func TestAFaultTellsItsSentenceAndKeepsItsCause(t *testing.T) {
	plain := fault.New(fault.NotFound, "No item %s (%d%%)", "4821", 100)
	if plain.Error() != "No item 4821 (100%)" || plain.Message != plain.Error() || plain.Kind != fault.NotFound {
		t.Errorf("%+v", plain)
	}
	caused := &fault.Error{Kind: fault.Unavailable, Message: "Away", Cause: io.EOF}
	if !errors.Is(caused, io.EOF) || caused.Error() != "Away: EOF" {
		t.Errorf("%v", caused)
	}
	var found *fault.Error
	if !errors.As(fmt.Errorf("add: %w", caused), &found) || found != caused {
		t.Errorf("%v", found)
	}
}

// The zero kind is the one that tells a client nothing.
func TestAKindThatNobodySetIsInternal(t *testing.T) {
	if f := (&fault.Error{Message: "x"}); f.Kind != fault.Internal {
		t.Errorf("kind %d", f.Kind)
	}
}

func TestNoFieldsAreNoFault(t *testing.T) {
	if err := (fault.Fields{}).Err(); err != nil {
		t.Errorf("%v", err)
	}
	if err := fault.Fields(nil).Err(); err != nil {
		t.Errorf("%v", err)
	}
}

// What went into a field may be a PIN: the text of the error names the field
// and nothing else.
func TestTheTextOfFieldFaultsNamesTheFieldsOnly(t *testing.T) {
	fields := fault.Fields{}
	fields.Add("pin", "PIN 1234 is bad")
	fields.Add("items.3.name", "Too long")
	fields.Add("pin", "Again")
	err := fields.Err()
	if got := err.Error(); got != "invalid fields: items.3.name, pin" {
		t.Errorf("%q", got)
	}
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid {
		t.Errorf("%v", err)
	}
	if diff := cmp.Diff([]string{"PIN 1234 is bad", "Again"}, f.Fields["pin"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMergeLeavesOutWhatIsKnownToBeWrongAlready(t *testing.T) {
	for range 50 { // maps are walked in another order each time
		fields := fault.Fields{
			"name": {"Not a valid string."}, "items": {"Not a valid list."}, "codes.1": {"Field may not be null."},
		}
		fields.Merge(fault.Fields{
			"name":         {"Name is required"},
			"items":        {"Too many"},
			"items.0.name": {"Too short"},
			"codes.1":      {"Code cannot be empty"},
			"codes.1.x":    {"Deeper"},
			"codes.10":     {"Another element"},
			"codes":        {"The whole"},
			"names":        {"Another field"},
			"pin":          {"PIN is required", "Twice"},
		})
		want := fault.Fields{
			"name": {"Not a valid string."}, "items": {"Not a valid list."}, "codes.1": {"Field may not be null."},
			"codes.10": {"Another element"}, "codes": {"The whole"}, "names": {"Another field"}, "pin": {"PIN is required", "Twice"},
		}
		if diff := cmp.Diff(want, fields); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

func TestATextHasALengthAndNoControlCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"": "Name is required", "x": "Name must be at least 2 characters", "xy": "", "\u00e9\u00e9\u00e9": "",
		"wxyz": "Name too long (max 3 characters)", "a\x1bb": "Not a valid string.", "a\uFFFDb": "Not a valid string.",
		"a\xff": "Not a valid string.", "\n": "Not a valid string.",
	} {
		fields := fault.Fields{}
		fields.CheckText("name", "Name", text, 2, 3)
		if want == "" && len(fields) > 0 || want != "" && !fields.Has("name", want) {
			t.Errorf("%q: %q", text, fields)
		}
	}
}
