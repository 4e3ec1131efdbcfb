package legacy

import "time"

// Old is what the old database held at one moment. Times have no zone there and
// are UTC.
type Old struct {
	// Database is its name.
	Database string

	users        []oldUser
	items        []oldItem
	history      []oldHistory
	suggestions  []oldSuggestion
	milkTypes    []oldMilkType
	pars         []oldPar
	milkSessions []oldMilkSession
	milkEntries  []oldMilkEntry

	displayItems    []oldDisplayItem
	displaySessions []oldDisplaySession
	displayCounts   []oldDisplayCount

	// milk is what the tables of the milk count begin with; see layout.
	milk string
}

type oldUser struct {
	id            string
	partnerNumber string
	name          string
	pinHash       string
	role          string
	createdAt     time.Time
	updatedAt     time.Time
	isDeleted     bool
	deletedAt     *time.Time
	deletedBy     *string
}

type oldItem struct {
	id        string
	name      string
	category  string
	code      string
	addedBy   string
	addedAt   time.Time
	isRemoved bool
	removedAt *time.Time
	removedBy *string
}

type oldHistory struct {
	id       string
	action   string
	itemName string
	itemCode string
	userID   string
	at       time.Time
	notes    *string
}

type oldSuggestion struct {
	id        string
	name      string
	category  string
	createdAt time.Time
	updatedAt time.Time
}

type oldMilkType struct {
	id           string
	name         string
	category     string
	displayOrder int
	active       bool
	createdAt    time.Time
	updatedAt    time.Time
}

type oldPar struct {
	id         string
	milkTypeID string
	value      int
	updatedAt  time.Time
	updatedBy  *string
}

type oldMilkSession struct {
	id             string
	date           string
	status         string
	nightUser      *string
	morningUser    *string
	fohSavedAt     *time.Time
	bohSavedAt     *time.Time
	morningSavedAt *time.Time
	onOrderSavedAt *time.Time
	completedAt    *time.Time
	createdAt      time.Time
}

type oldMilkEntry struct {
	id         string
	sessionID  string
	milkTypeID string
	foh        *int
	boh        *int
	method     *string
	currentBOH *int
	delivered  *int
	onOrder    *int
	updatedAt  time.Time
}

type oldDisplayItem struct {
	id            string
	name          string
	brand         *string
	imageFilename *string
	icon          *string
	parLevel      int
	displayOrder  int
	active        bool
	createdAt     time.Time
	updatedAt     time.Time
}

type oldDisplaySession struct {
	id          string
	userID      string
	status      string
	startedAt   time.Time
	completedAt *time.Time
	expiresAt   time.Time
}

type oldDisplayCount struct {
	sessionID string
	itemID    string
	quantity  int
	isPulled  bool
	updatedAt time.Time
}
