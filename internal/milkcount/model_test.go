package milkcount_test

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/milkcount"
)

// ledger is what the milk count ought to do, in the simplest words: a clipboard
// in the back room, with a sheet for each day and a line for each milk.
type ledger struct {
	zone   *time.Location
	milks  []*ledgerMilk
	sheets []*sheet // in the order in which they were begun
}

type ledgerMilk struct {
	id, name string
	place    int
	shown    bool
	par      int
}

// sheet is a day's count. Its step is a number: what is done, from the left.
type sheet struct {
	id, date  string
	step      int
	begun     time.Time
	done      *time.Time
	corrected bool
	signed    [4]*milkcount.Save
	lines     map[string]*line // by milk
}

type line struct {
	front, back             *int
	method                  string
	current, direct, coming *int
	par                     *int // of a sheet that is done
	written                 time.Time
	by                      *string
}

// The words for the steps in answers, and in messages.
var (
	ledgerWords = [5]string{"night_foh", "night_boh", "morning", "on_order", "completed"}
	ledgerNouns = [4]string{"FOH", "BOH", "morning count", "on order"}
)

// wall is what the clock on the wall shows, as if there were no zones.
func (l *ledger) wall(now time.Time) time.Time {
	t := now.In(l.zone)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// date is the calendar's, if people got up four hours later.
func (l *ledger) date(now time.Time) string {
	return l.wall(now).Add(-4 * time.Hour).Format(time.DateOnly)
}

func (l *ledger) dated(date string) *sheet {
	for _, s := range l.sheets {
		if s.date == date {
			return s
		}
	}
	return nil
}

// today is the sheet that hangs on the wall.
func (l *ledger) today(now time.Time) *sheet {
	if s := l.dated(l.date(now)); s != nil {
		return s
	}
	if hour := l.wall(now).Hour(); hour < 4 || hour >= 15 {
		return nil
	}
	return l.dated(l.wall(now).Add(-28 * time.Hour).Format(time.DateOnly))
}

// inTheWay is the sheet for which no other can be begun.
func (l *ledger) inTheWay(now time.Time) *sheet {
	s := l.today(now)
	if s != nil && s.date != l.date(now) && s.done != nil {
		return nil
	}
	return s
}

func (l *ledger) begin(id string, now time.Time) *sheet {
	s := &sheet{id: id, date: l.date(now), begun: now, lines: map[string]*line{}}
	for _, milk := range l.milks {
		if milk.shown {
			s.lines[milk.id] = &line{written: now}
		}
	}
	l.sheets = append(l.sheets, s)
	return s
}

func (l *ledger) milk(id string) *ledgerMilk {
	for _, milk := range l.milks {
		if milk.id == id {
			return milk
		}
	}
	return nil
}

// objection is what is wrong with counts whatever the step, "" for nothing.
func (l *ledger) objection(counts []milkcount.Count) (twice, unknown string) {
	seen := map[string]bool{}
	for _, c := range counts {
		if seen[c.MilkTypeID] && twice == "" {
			twice = "Duplicate milk type: " + c.MilkTypeID
		}
		if l.milk(c.MilkTypeID) == nil && unknown == "" {
			unknown = "Unknown milk type: " + c.MilkTypeID
		}
		seen[c.MilkTypeID] = true
	}
	return twice, unknown
}

// save returns the message of the refusal, or "".
func (l *ledger) save(who actor.Actor, s *sheet, step int, counts []milkcount.Count, now time.Time) string {
	twice, unknown := l.objection(counts)
	switch {
	case twice != "":
		return twice
	case s == nil:
		return "Session not found"
	case s.step != step:
		return fmt.Sprintf("Cannot save %s - session status is %s", ledgerNouns[step], ledgerWords[s.step])
	case unknown != "":
		return unknown
	}
	s.write(who, counts, now)
	s.signed[step] = &milkcount.Save{At: now, UserID: who.UserID, UserName: who.Name}
	if s.step++; s.step == 4 {
		s.done = &now
		for id, line := range s.lines {
			line.par = new(l.milk(id).par)
		}
	}
	return ""
}

func (l *ledger) draft(who actor.Actor, s *sheet, refusal string, counts []milkcount.Count, now time.Time) string {
	twice, unknown := l.objection(counts)
	switch {
	case s == nil:
		return "Session not found"
	case s.step == 4:
		return "Cannot save draft - session status is completed"
	case refusal+twice+unknown != "":
		return cmp.Or(refusal, twice, unknown)
	}
	s.write(who, counts, now)
	return ""
}

// write fills in the columns of the sheet's step.
func (s *sheet) write(who actor.Actor, counts []milkcount.Count, now time.Time) {
	for _, c := range counts {
		if s.lines[c.MilkTypeID] == nil {
			s.lines[c.MilkTypeID] = &line{}
		}
		on := s.lines[c.MilkTypeID]
		on.written, on.by = now, &who.Name
		switch s.step {
		case 0:
			on.front = c.FOH
		case 1:
			on.back = c.BOH
		case 2:
			on.method, on.current, on.direct = "", c.CurrentBOH, c.Delivered
			if c.Method != nil {
				on.method = string(*c.Method)
			}
		case 3:
			on.coming = c.OnOrder
		}
	}
}

const reopenRefusal = "Only an admin can reopen this step, or who saved it within 30 minutes and before the next step"

func (l *ledger) reopen(who actor.Actor, s *sheet, word, reason string, now time.Time) string {
	if s == nil {
		return "Session not found"
	}
	to := slices.Index(ledgerWords[:], word)
	if to < 0 || to >= s.step {
		return fmt.Sprintf("Cannot reopen to %s - session status is %s", word, ledgerWords[s.step])
	}
	mine := to == s.step-1 && s.signed[to].UserID == who.UserID && !now.After(s.signed[to].At.Add(30*time.Minute))
	switch {
	case !mine && !who.IsAdmin:
		return reopenRefusal
	case !mine && reason == "":
		return "invalid fields: reason"
	}
	for step := to; step < 4; step++ {
		s.signed[step] = nil
	}
	for _, line := range s.lines {
		line.par = nil
	}
	s.step, s.done, s.corrected = to, nil, true
	return ""
}

// delivered is what came, or nil while nobody knows.
func (l *line) delivered() *int {
	if l.method != "boh_count" {
		return l.direct
	}
	if l.current == nil {
		return nil
	}
	if more := *l.current - number(l.back); more > 0 {
		return &more
	}
	return new(0)
}

func (l *line) night() int { return number(l.front) + number(l.back) }

func (l *line) atNight() bool { return l.front != nil || l.back != nil }

func number(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// used compares the sheets of a milk that are done with those of the day before.
func (l *ledger) used(milk string) []milkcount.DayUse {
	uses := []milkcount.DayUse{}
	for _, s := range l.sheets {
		before := l.dated(string(milkcount.Date(s.date).AddDays(-1)))
		if s.done == nil || before == nil || before.done == nil || s.lines[milk] == nil || before.lines[milk] == nil {
			continue
		}
		if !s.lines[milk].atNight() || !before.lines[milk].atNight() { // nobody looked
			continue
		}
		there := before.lines[milk].night() + number(before.lines[milk].delivered())
		if gone := there - s.lines[milk].night(); gone >= 0 {
			uses = append(uses, milkcount.DayUse{Date: milkcount.Date(s.date), Used: gone})
		}
	}
	return uses
}

// shelf is the milks in their order, those that a filter keeps.
func (l *ledger) shelf(keep func(*ledgerMilk) bool) []*ledgerMilk {
	kept := slices.DeleteFunc(slices.Clone(l.milks), func(m *ledgerMilk) bool { return !keep(m) })
	slices.SortFunc(kept, func(a, b *ledgerMilk) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.id, b.id))
	})
	return kept
}
