// Package tracking is Tool 1: what stands in the basement, and where it went.
//
// Every physical thing down there carries a four-digit code, written on it
// with a marker. A partner adds a thing and gets its code, finds it by code or
// name, and removes it by code. Every addition, removal and restoration is on
// record, with who and when.
//
// A code belongs to one active item of the store at a time. When the item is
// removed the code is free again, but the codes that were never used come
// first, and after them those that have been free the longest, so that an old
// mark on a shelf is not soon mistaken for a new thing. How that is kept is
// told at the table tracking_codes.
package tracking

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/cases"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// Item is a thing in the basement.
type Item struct {
	ID            string
	Name          string
	Category      string
	Code          string
	AddedBy       string
	AddedByName   string
	AddedAt       time.Time
	IsRemoved     bool
	RemovedAt     *time.Time
	RemovedBy     *string
	RemovedByName *string
}

// Action is what happened to an item.
type Action string

// What can happen to an item.
const (
	Added    Action = "ADD"
	Removed  Action = "REMOVE"
	Restored Action = "RESTORE"
)

// note is the sentence that the history keeps.
func (a Action) note(item Item) string {
	verb := map[Action]string{Added: "Added ", Removed: "Removed ", Restored: "Restored "}[a]
	return verb + item.Name + " (Code: " + item.Code + ")"
}

// HistoryEntry is one line of the record.
type HistoryEntry struct {
	ID        string
	Action    Action
	ItemName  string
	ItemCode  string
	UserID    string
	UserName  string
	Timestamp time.Time
	Notes     *string
	// ReceivedAt is when the server heard of it.
	ReceivedAt time.Time
}

// Categories are what an item may be, in the order in which they are shown.
var Categories = []string{
	"syrups", "sauces", "coffee_beans", "powders", "cups", "lids", "condiments", "cleaning_supplies", "other",
}

// categoriesLabelled returns the categories whose label contains a text in any
// case: "Coffee Beans" is coffee_beans.
func categoriesLabelled(text string) []string {
	var found []string
	for _, category := range Categories {
		if strings.Contains(strings.ReplaceAll(category, "_", " "), NameKey(text)) {
			found = append(found, category)
		}
	}
	return found
}

// maxSearchLength is more than any name has, also after folding. SQLite refuses
// patterns of 50,000 bytes, and nothing is found by them anyway.
const maxSearchLength = 1000

// findsNothing says whether a search text is too long to be part of anything.
func findsNothing(text string) bool { return utf8.RuneCountInString(text) > maxSearchLength }

// NameKey is the form in which names are compared without regard to case.
func NameKey(text string) string { return cases.Fold().String(text) }

// NewItem is what it takes to add an item. Without a code it gets a free one.
type NewItem struct {
	Name     string
	Category string
	Code     *string
}

const (
	minNameLength = 2
	maxNameLength = 100
)

var codeForm = regexp.MustCompile(`^[0-9]{4}$`)

// Check reports every rule that the item breaks; path goes before the names of
// its fields.
func (n NewItem) Check(fields fault.Fields, path string) {
	switch length := utf8.RuneCountInString(n.Name); {
	case length == 0:
		fields.Add(path+"name", "Item name is required")
	case length < minNameLength:
		fields.Add(path+"name", "Item name must be at least 2 characters")
	case length > maxNameLength:
		fields.Add(path+"name", "Item name too long (max 100 characters)")
	}
	switch {
	case n.Category == "":
		fields.Add(path+"category", "Category is required")
	case !slices.Contains(Categories, n.Category):
		fields.Add(path+"category", "Invalid category. Must be one of: "+strings.Join(Categories, ", "))
	}
	if n.Code != nil {
		CheckCode(fields, path+"code", *n.Code)
	}
}

// CheckCode reports a code that is not four ASCII digits.
func CheckCode(fields fault.Fields, path, code string) {
	switch {
	case code == "":
		fields.Add(path, "Code cannot be empty if provided")
	case !codeForm.MatchString(code):
		fields.Add(path, "Code must be exactly 4 digits")
	}
}

// CheckCodes reports what is wrong with a list of codes.
func CheckCodes(fields fault.Fields, codes []string) {
	seen := map[string]bool{}
	for i, code := range codes {
		path := elementPath("codes", i)
		CheckCode(fields, path, code)
		checkDuplicate(fields, path, code, seen)
	}
}

// checkDuplicate reports a code that stood earlier in the request, unless it is
// none and reported as that.
func checkDuplicate(fields fault.Fields, path, code string, seen map[string]bool) {
	if seen[code] && codeForm.MatchString(code) {
		fields.Add(path, "Duplicate code")
	}
	seen[code] = true
}

// Suggestion is a name that the item to be added may have. Code is one of an
// item that has this name already; nil for a name from the templates.
type Suggestion struct {
	Name string
	Code *string
}

// mergeSuggestions puts the templates after the names in use, no name twice,
// up to a limit.
func mergeSuggestions(existing, templates []Suggestion, limit int) []Suggestion {
	merged := make([]Suggestion, 0, limit)
	seen := map[string]bool{}
	for _, s := range slices.Concat(existing, templates) {
		if key := NameKey(s.Name); !seen[key] && len(merged) < limit {
			seen[key] = true
			merged = append(merged, s)
		}
	}
	return merged
}
