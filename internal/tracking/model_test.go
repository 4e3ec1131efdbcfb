package tracking_test

import (
	"cmp"
	"slices"
	"time"
)

// model is what the allocator ought to do, in the simplest words: a list of
// codes in the store's random order, and the items that had them.
type model struct {
	codes   []*modelCode // in the order of their draw
	now     time.Time
	history map[string]int // entries by action
}

type modelCode struct {
	code    string
	draw    int
	active  string    // name of the item that has it; "" for none
	removed []string  // names of the items that had it, the last one last
	freed   time.Time // zero: never used
	lessee  string
	until   time.Time
}

func (m *model) find(code string) *modelCode {
	for _, c := range m.codes {
		if c.code == code {
			return c
		}
	}
	return nil
}

func (m *model) held(c *modelCode) bool { return c.lessee != "" && c.until.After(m.now) }

func (m *model) mayTake(c *modelCode, user string) bool {
	return c.active == "" && (!m.held(c) || c.lessee == user)
}

// turn lists the free codes: never used first, then those removed longest ago.
func (m *model) turn() []*modelCode {
	var free []*modelCode
	for _, c := range m.codes {
		if c.active == "" && !m.held(c) {
			free = append(free, c)
		}
	}
	slices.SortFunc(free, func(a, b *modelCode) int {
		return cmp.Or(a.freed.Compare(b.freed), cmp.Compare(a.draw, b.draw))
	})
	return free
}

// leasable is turn with the codes below 1000 first.
func (m *model) leasable() []*modelCode {
	turn := m.turn()
	slices.SortStableFunc(turn, func(a, b *modelCode) int {
		return cmp.Compare(min(a.code[0], '1'), min(b.code[0], '1'))
	})
	return turn
}

func (m *model) add(c *modelCode, name string) {
	c.active, c.lessee = name, ""
	m.history["ADD"]++
}

func (m *model) remove(c *modelCode) {
	c.removed, c.active, c.freed = append(c.removed, c.active), "", m.now
	m.history["REMOVE"]++
}

func (m *model) restore(c *modelCode) {
	last := len(c.removed) - 1
	c.active, c.removed, c.lessee = c.removed[last], c.removed[:last], ""
	m.history["RESTORE"]++
}

func codesOf(codes []*modelCode) []string {
	texts := make([]string, len(codes))
	for n, c := range codes {
		texts[n] = c.code
	}
	slices.Sort(texts)
	return texts
}
