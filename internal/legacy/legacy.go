// Package legacy moves a shop in from the old system, the Flask application
// that SirenBase replaces, whose data is in a PostgreSQL database.
//
// It goes in three steps, and what each may touch is the point of them:
//
//	Read     takes a picture of the old database, in one transaction that
//	         only reads
//	Prepare  makes the rows of our tables out of it, touching nothing; rows
//	         that have no place with us are named, all at once
//	Write    puts the rows into an empty SirenBase, reads them back and
//	         compares, all in one transaction: there is everything, or nothing
//
// How the old rows become ours is told in people.go, basement.go, milk.go and
// display.go, a file for each part of the shop. Ids and times stay what
// they were; PIN hashes are bound to SECRET_KEY. What we have to make up is made of the old ids, so that the
// same old database always becomes the same new one.
package legacy

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
)

// Options are what the operator decides.
type Options struct {
	// RenameDuplicates gives partners another number whose own differs from
	// somebody's in nothing but case.
	RenameDuplicates bool
}

// Target is what has to be known of where the rows go.
type Target struct {
	// Clock is the store's.
	Clock actor.Store
	// KeyHash makes a PIN hash useless without SECRET_KEY.
	KeyHash func(hash string) string
}

// Move is what is to be written.
type Move struct {
	tables []*table
	// Notes are sentences about what becomes different.
	Notes []string
	// Renamed are the partners who get another number.
	Renamed []Renaming
}

// Renaming is a partner number that becomes another.
type Renaming struct{ UserID, Old, New string }

// Problem is an old row that has no place with us as it is.
type Problem struct {
	Table string
	ID    string
	What  string
}

// UnfitError is why nothing can be moved yet.
type UnfitError struct{ Problems []Problem }

func (e *UnfitError) Error() string {
	if len(e.Problems) == 1 {
		return "one row of the old database cannot be moved as it is; nothing was changed"
	}
	return fmt.Sprintf("%d rows of the old database cannot be moved as they are; nothing was changed", len(e.Problems))
}

// mover is one Prepare under way.
type mover struct {
	old      *Old
	options  Options
	target   Target
	move     Move
	problems []Problem
}

// Check says whether the old rows can be moved, before there is a target.
func (o *Old) Check(options Options) error {
	_, err := o.Prepare(options, Target{
		Clock: actor.Store{Location: time.UTC}, KeyHash: func(hash string) string { return hash },
	})
	return err
}

// Prepare makes our rows out of the old ones. If some have no place with us the
// error is an UnfitError that names them all.
func (o *Old) Prepare(options Options, target Target) (*Move, error) {
	m := &mover{old: o, options: options, target: target}
	// In the order in which the rows refer to each other.
	m.moveUsers()
	m.moveItems()
	m.moveHistory()
	m.moveSuggestions()
	m.moveMilkTypes()
	m.moveMilkSessions()
	m.moveDisplay()
	if len(m.problems) > 0 {
		return nil, &UnfitError{m.problems}
	}
	return &m.move, nil
}

func (m *mover) add(t *table) {
	m.checkRange(t)
	m.move.tables = append(m.move.tables, t)
}

func (m *mover) problem(table, id, format string, args ...any) {
	m.problems = append(m.problems, Problem{table, id, fmt.Sprintf(format, args...)})
}

func (m *mover) note(format string, args ...any) {
	m.move.Notes = append(m.move.Notes, fmt.Sprintf(format, args...))
}

// checkCounts reports what is no count with us.
func (m *mover) checkCounts(table, id string, counts map[string]*int) {
	for _, name := range sortedKeys(counts) {
		if n := counts[name]; n != nil && (*n < 0 || *n > maxCount) {
			m.problem(table, id, "%s is %d, and not between 0 and %d", name, *n, maxCount)
		}
	}
}

const maxCount = 1_000_000

// madeUp is where ids come from that the old system had no need of.
var madeUp = uuid.MustParse("5c2d7c5e-6c39-5d0b-9a55-0f6f5d1f7b1e")

func derivedID(what, of string) string {
	return uuid.NewSHA1(madeUp, []byte(what+" "+of)).String()
}

// orNull is a value that may be missing, as a row has it.
func orNull[T any](value *T) any {
	if value == nil {
		return nil
	}
	return *value
}

// firstOf is the first time that there is.
func firstOf(last time.Time, times ...*time.Time) time.Time {
	for _, t := range times {
		if t != nil {
			return *t
		}
	}
	return last
}
