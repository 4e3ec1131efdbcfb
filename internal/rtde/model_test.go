package rtde_test

import (
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
)

// ledger is what the display should be like, kept with pen and paper.
type ledger struct {
	shelf []*ledgerItem
	walks []*walk
}

type ledgerItem struct {
	id, name   string
	par        int
	used, gone bool
	hidden     bool
}

// walk is a session. It has a number for each item that was counted.
type walk struct {
	id             string
	owner, starter actor.Actor
	begun, worked  time.Time // the first and the last time that something was done
	counted        map[string]int
	pulled         map[string]bool
	dropped        bool
	done           *time.Time
	result         [3]int // items counted, items pulled, units pulled
}

func (w *walk) asleep(now time.Time) bool { return now.Sub(w.worked) >= 30*time.Minute }
func (w *walk) running() bool             { return !w.dropped && w.done == nil }

// current is what a partner has begun and not ended, or nil.
func (l *ledger) current(who actor.Actor) *walk {
	for _, w := range l.walks {
		if w.running() && w.owner.UserID == who.UserID {
			return w
		}
	}
	return nil
}

func (l *ledger) drop(w *walk) {
	if w != nil {
		w.dropped = true
	}
}

func (l *ledger) start(id string, who actor.Actor, now time.Time) *walk {
	l.drop(l.current(who))
	w := &walk{
		id: id, owner: who, starter: who, begun: now, worked: now, counted: map[string]int{}, pulled: map[string]bool{},
	}
	l.walks = append(l.walks, w)
	return w
}

func (l *ledger) resume(who actor.Actor, now time.Time) (*walk, string) {
	w := l.current(who)
	if w == nil || w.asleep(now) {
		return nil, "No active session to resume"
	}
	w.worked = now
	return w, ""
}

// mayUse says why a partner may not use a session; "" if they may.
func mayUse(w *walk, who actor.Actor) string {
	switch {
	case w == nil || w.dropped:
		return "Session not found"
	case w.owner.UserID != who.UserID:
		return "Unauthorized - not your session"
	}
	return ""
}

// write says why a session cannot be written in; "" if it can, which wakes it.
func (l *ledger) write(w *walk, who actor.Actor, items []*ledgerItem, now time.Time) string {
	if why := mayUse(w, who); why != "" {
		return why
	}
	if w.done != nil {
		return "Session is already completed"
	}
	for _, i := range items {
		if i.gone {
			return "Item not found"
		}
	}
	for _, i := range items {
		i.used = true
	}
	w.worked = now
	return ""
}

// mentions says whether the item was counted or ticked in this session.
func (w *walk) mentions(item *ledgerItem) bool {
	_, counted := w.counted[item.id]
	_, ticked := w.pulled[item.id]
	return counted || ticked
}

func (l *ledger) complete(w *walk, who actor.Actor, now time.Time) string {
	if why := mayUse(w, who); why != "" {
		return why
	}
	if w.done != nil {
		if now.Sub(*w.done) > time.Minute {
			return "Session is already completed"
		}
		return ""
	}
	w.done = &now
	for _, i := range l.shelf {
		number, counted := w.counted[i.id]
		if counted {
			w.result[0]++
		}
		if w.pulled[i.id] {
			w.result[1]++
			w.result[2] += missingTo(i.par, number)
		}
	}
	clear(w.counted)
	clear(w.pulled)
	return ""
}

func missingTo(par, number int) int {
	if number < par {
		return par - number
	}
	return 0
}

func (l *ledger) takeOver(w *walk, who actor.Actor, now time.Time) string {
	switch {
	case w == nil || w.dropped:
		return "Session not found"
	case w.done != nil || w.asleep(now):
		return "Session is not in progress"
	}
	if own := l.current(who); own != w {
		l.drop(own)
	}
	w.owner, w.worked = who, now
	return ""
}

// sweep drops what nobody worked on for so long, and says how many that were.
func (l *ledger) sweep(idle time.Duration, now time.Time) (swept int64) {
	for _, w := range l.walks {
		if w.running() && now.Sub(w.worked) >= idle {
			l.drop(w)
			swept++
		}
	}
	return swept
}

// shown are the items that can be seen.
func (l *ledger) shown() (items []*ledgerItem) {
	for _, i := range l.shelf {
		if !i.gone && !i.hidden {
			items = append(items, i)
		}
	}
	return items
}
