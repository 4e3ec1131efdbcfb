package fault

import (
	"maps"
	"slices"
	"strings"
)

// Fields collects what is wrong with a request, field by field. The key is the
// field's path in the body, a field inside an array by its index:
// "items.3.name".
type Fields map[string][]string

// Add notes what is wrong with a field.
func (f Fields) Add(path, message string) { f[path] = append(f[path], message) }

// Merge takes over the faults of fields that have none yet, neither themselves
// nor in what they stand in, so that a value of the wrong type is not also
// called too short.
func (f Fields) Merge(other Fields) {
	known := maps.Clone(f) // what comes in does not cover what else comes in
	for path, messages := range other {
		if !known.covers(path) {
			f[path] = messages
		}
	}
}

func (f Fields) covers(path string) bool {
	for {
		if _, known := f[path]; known {
			return true
		}
		dot := strings.LastIndexByte(path, '.')
		if dot < 0 {
			return false
		}
		path = path[:dot]
	}
}

// Err is nil when nothing is wrong, else a fault of kind Invalid.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Fields: f}
}

// names lists the paths, never the values: the text may end in a log.
func (f Fields) names() string {
	return strings.Join(slices.Sorted(maps.Keys(f)), ", ")
}

// Has says whether there is something wrong with a field; if messages are
// given, one of these.
func (f Fields) Has(path string, messages ...string) bool {
	if len(messages) == 0 {
		return len(f[path]) > 0
	}
	return slices.ContainsFunc(f[path], func(m string) bool { return slices.Contains(messages, m) })
}

// Under says whether there is something wrong inside an array or an object,
// one kind of message aside.
func (f Fields) Under(path, except string) bool {
	for inside, messages := range f {
		if strings.HasPrefix(inside, path+".") && slices.ContainsFunc(messages, func(m string) bool { return m != except }) {
			return true
		}
	}
	return false
}
