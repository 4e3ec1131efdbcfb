// Package rtde is Tool 3, ready to drink & eat: filling the display from the
// back.
//
// A partner counts the display item by item against par, gets a list of what to
// pull, fetches it in one walk, ticks it off, and completes. A session belongs
// to one partner and expires after 30 minutes without work. Expired means that
// it is no longer offered; the work is not lost: as long as the session is
// there, a late write of its owner brings it back, and another partner of the
// store can take over one that is still running.
//
// When a session is completed its counts are folded into one record: how many
// items were counted and pulled, how many units, and how long it took.
package rtde

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sirenbase/sirenbase/internal/fault"
)

const (
	// sessionLifetime is how long a session lives without work.
	sessionLifetime = 30 * time.Minute
	// expiredLifetime is how long an expired session waits for a late write.
	expiredLifetime = 12 * time.Hour
	// completeRetry is how long a completion may be sent again.
	completeRetry = time.Minute
)

// Item is something in the display.
type Item struct {
	ID            string
	Name          string
	Brand         *string
	ImageFilename *string
	Icon          *string
	ParLevel      int
	DisplayOrder  int
	Active        bool
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

const (
	maxNameLength  = 100
	maxBrandLength = 50
	maxImageLength = 100
	maxIconLength  = 10
)

// Check reports every rule that the item breaks.
func (i Item) Check(fields fault.Fields) {
	if utf8.RuneCountInString(i.Name) > maxNameLength {
		fields.Add("name", "Name too long (max 100 characters)")
	}
	if i.ParLevel < 1 {
		fields.Add("par_level", "Par level must be a positive integer")
	}
	if tooLong(i.Brand, maxBrandLength) {
		fields.Add("brand", "Brand too long (max 50 characters)")
	}
	if tooLong(i.Icon, maxIconLength) {
		fields.Add("icon", "Icon too long (max 10 characters)")
	}
	switch image := i.ImageFilename; {
	case tooLong(image, maxImageLength):
		fields.Add("image_filename", "Image filename too long (max 100 characters)")
	case image != nil && (strings.ContainsAny(*image, `/\`) || strings.Contains(*image, "..")):
		fields.Add("image_filename", "Invalid image filename")
	}
}

func tooLong(text *string, limit int) bool {
	return text != nil && utf8.RuneCountInString(*text) > limit
}

// Status is how far a session is.
type Status string

// The statuses of a session. Expired is not stored: it is for the clock to say.
const (
	InProgress Status = "in_progress"
	Completed  Status = "completed"
	Expired    Status = "expired"
)

// Session is one partner's way along the display.
type Session struct {
	ID            string
	UserID        string
	UserName      string
	StartedBy     string // another partner, if the session was taken over
	StartedByName string
	Status        Status
	StartedAt     time.Time
	ExpiresAt     time.Time
	CompletedAt   *time.Time
	ReceivedAt    time.Time // when the server last heard of it
	Record        Record    // of a completed session
}

// statusAt is the status that a client sees.
func (s Session) statusAt(now time.Time) Status {
	if s.Status == InProgress && !now.Before(s.ExpiresAt) {
		return Expired
	}
	return s.Status
}

// completedJustNow says whether completing the session again is a request that
// was sent twice.
func (s Session) completedJustNow(now time.Time) bool {
	return s.CompletedAt != nil && now.Sub(*s.CompletedAt) <= completeRetry
}

// Progress is a session that is being worked on.
type Progress struct {
	Session
	ItemsCounted int
	TotalItems   int
}

// Record is what is kept of a completed session.
type Record struct {
	ItemsCounted int
	ItemsPulled  int
	UnitsPulled  int
	Duration     time.Duration
}

// Line is an item in a session. Counted is nil until the item is counted; a
// true zero is a count.
type Line struct {
	Item     Item
	Counted  *int
	IsPulled bool
}

// counted is what the display has, as far as is known.
func (l Line) counted() int {
	if l.Counted == nil {
		return 0
	}
	return *l.Counted
}

// Need is what is missing to par.
func (l Line) Need() int { return max(0, l.Item.ParLevel-l.counted()) }

// PullList is what to fetch: every item that is short of par. With countedOnly
// those that nobody counted are left out.
func PullList(lines []Line, countedOnly bool) []Line {
	list := []Line{}
	for _, line := range lines {
		if line.Need() > 0 && (line.Counted != nil || !countedOnly) {
			list = append(list, line)
		}
	}
	return list
}

// fold makes the record of a session that is completed.
func fold(lines []Line, duration time.Duration) Record {
	record := Record{Duration: max(duration, 0)} // clocks of two phones may differ
	for _, line := range lines {
		if line.Counted != nil {
			record.ItemsCounted++
		}
		if line.IsPulled {
			record.ItemsPulled++
			record.UnitsPulled += line.Need()
		}
	}
	return record
}
