package legacy

import (
	"cmp"
	"slices"
	"time"

	"github.com/sirenbase/sirenbase/internal/milkcount"
)

// milkDates are the dates that the milk counts get, by session. The old system
// dated them by its server's clock, which is UTC: a night count is of the next
// day there, and would stand where tomorrow's has to begin. So where every date
// is the server's, each becomes the store's business date of the same moment.
func (m *mover) milkDates() map[string]string {
	kept, dates := map[string]string{}, map[string]string{}
	servers, changed := true, 0
	for _, s := range m.old.milkSessions {
		kept[s.id] = s.date
		servers = servers && s.date == s.createdAt.UTC().Format(time.DateOnly)
		dates[s.id] = string(milkcount.BusinessDate(s.createdAt, m.target.Clock))
		if dates[s.id] != s.date {
			changed++
		}
	}
	if !servers || changed == 0 {
		return kept
	}
	if !m.inOrder(dates) {
		m.note("The dates of the milk counts are the server's (UTC), and stay so: by the store's clock two would be of " +
			"one day. A count that was begun in the evening may stand under the next day, where no other can be started.")
		return kept
	}
	m.note("The dates of %d milk counts were the server's (UTC); they are now the store's.", changed)
	return dates
}

// inOrder says whether the sessions keep their order, each with a date of its own.
func (m *mover) inOrder(dates map[string]string) bool {
	sessions := slices.SortedFunc(slices.Values(m.old.milkSessions), func(a, b oldMilkSession) int {
		return cmp.Compare(a.date, b.date)
	})
	for i, s := range sessions {
		if i > 0 && dates[s.id] <= dates[sessions[i-1].id] {
			return false
		}
	}
	return true
}
