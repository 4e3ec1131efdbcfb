package fault

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckText notes what is wrong with a text that must have from shortest to
// longest characters, and nothing in it that is broken UTF-8, or what that was
// replaced by, or would steer a terminal. The messages call it by its noun.
func (f Fields) CheckText(path, noun, text string, shortest, longest int) {
	switch length := utf8.RuneCountInString(text); {
	case strings.ContainsFunc(text, func(r rune) bool { return r == utf8.RuneError || unicode.IsControl(r) }):
		f.Add(path, "Not a valid string.")
	case length == 0:
		f.Add(path, noun+" is required")
	case length < shortest:
		f.Add(path, fmt.Sprintf("%s must be at least %d characters", noun, shortest))
	case length > longest:
		f.Add(path, fmt.Sprintf("%s too long (max %d characters)", noun, longest))
	}
}
