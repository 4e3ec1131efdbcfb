package tracking

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Service is what can be done with the inventory. Each method that changes
// something is one transaction.
type Service struct {
	db  *database.DB
	now clock.Clock
}

// NewService returns the service on a database.
func NewService(db *database.DB, now clock.Clock) *Service { return &Service{db: db, now: now} }

// StoresToProvision lists the stores that have no codes.
func (s *Service) StoresToProvision(ctx context.Context, h *database.Handle) ([]string, error) {
	return selectStoresWithoutCodes(ctx, h)
}

// ProvisionStore gives a store its codes and name templates.
func (s *Service) ProvisionStore(ctx context.Context, tx *database.Handle, storeID string, now time.Time) error {
	if err := insertCodes(ctx, tx, storeID); err != nil {
		return err
	}
	return insertTemplates(ctx, tx, storeID, now)
}

// CleanUp gives back the codes of every store that were held and not used.
func (s *Service) CleanUp(ctx context.Context) (freed int64, err error) {
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		freed, err = expireAllLeases(ctx, tx, s.now())
		return err
	})
	return freed, err
}

// ItemFilter narrows a list of items. The zero value lists all active ones.
type ItemFilter struct {
	Category       string
	Query          string // name, code or category label contains it
	IncludeRemoved bool
	Limit          int // 0: all
	After          *api.Cursor
}

// Items lists items, newest first, and a cursor to the next page if there is one.
func (s *Service) Items(ctx context.Context, who actor.Actor, filter ItemFilter) ([]Item, *string, error) {
	if findsNothing(filter.Query) {
		return nil, nil, nil
	}
	limit := filter.Limit
	if limit > 0 {
		filter.Limit++
	}
	items, err := selectItems(ctx, s.db.Read(), who.Store.ID, filter)
	if err != nil || limit == 0 {
		return items, nil, err
	}
	items, next := api.Page(items, limit, Item.cursor)
	return items, next, nil
}

// codeHistoryLimit is how far back the story of a code is told with it.
const codeHistoryLimit = 100

// Item is the active item with a code, else the one that had it last, and the
// story of the code, newest first.
func (s *Service) Item(ctx context.Context, who actor.Actor, code string) (item Item, story []HistoryEntry, err error) {
	err = s.db.InReadTx(ctx, func(tx *database.Handle) error {
		item, err = selectActive(ctx, tx, who.Store.ID, code)
		if errors.Is(err, database.ErrNoRows) {
			item, err = selectLastRemoved(ctx, tx, who.Store.ID, code)
		}
		if err != nil {
			return orItemNotFound(err)
		}
		story, err = selectHistory(ctx, tx, who.Store.ID, HistoryFilter{Code: code, Limit: codeHistoryLimit})
		return err
	})
	return item, story, err
}

func orItemNotFound(err error) error {
	if errors.Is(err, database.ErrNoRows) {
		return errItemNotFound()
	}
	return err
}

func errItemNotFound() error { return fault.New(fault.NotFound, "Item not found") }

// Add adds one item.
func (s *Service) Add(ctx context.Context, who actor.Actor, n NewItem) (Item, error) {
	items, err := s.add(ctx, who, []NewItem{n}, func(int) string { return "code" })
	if err != nil {
		return Item{}, err
	}
	return items[0], nil
}

// AddAll adds several items, or none: paths says for each of them where it
// stands in the request.
func (s *Service) AddAll(ctx context.Context, who actor.Actor, all []NewItem, paths []string) ([]Item, error) {
	return s.add(ctx, who, all, func(i int) string { return paths[i] + ".code" })
}

func (s *Service) add(
	ctx context.Context, who actor.Actor, all []NewItem, codePath func(i int) string,
) (items []Item, err error) {
	at, now := s.now.When(ctx), s.now()
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		codes, err := s.claimCodes(ctx, tx, who, all, codePath, now)
		if err != nil {
			return err
		}
		items = make([]Item, len(all))
		for i, n := range all {
			items[i] = Item{
				ID: uuid.Must(uuid.NewV7()).String(), Name: n.Name, Category: n.Category, Code: codes[i],
				AddedBy: who.UserID, AddedByName: who.Name, AddedAt: at,
			}
		}
		if err := insertItems(ctx, tx, who.Store.ID, items); err != nil {
			return err
		}
		return record(ctx, tx, who, Added, items, at, now)
	})
	return items, err
}

// claimCodes takes the codes that are asked for by name, and a free one for
// each item that has none.
func (s *Service) claimCodes(
	ctx context.Context, tx *database.Handle, who actor.Actor, all []NewItem, codePath func(i int) string, now time.Time,
) ([]string, error) {
	var wanted []string
	for _, n := range all {
		if n.Code != nil {
			wanted = append(wanted, *n.Code)
		}
	}
	if len(wanted) > 0 {
		claimed, err := claimThese(ctx, tx, who.Store.ID, wanted, who.UserID, now)
		if err != nil {
			return nil, err
		}
		if err := refuseTaken(all, claimed, codePath); err != nil {
			return nil, err
		}
	}
	drawn, err := claimFree(ctx, tx, who.Store.ID, len(all)-len(wanted), now)
	if err != nil {
		return nil, err
	}
	codes := make([]string, len(all))
	for i, n := range all {
		if n.Code != nil {
			codes[i] = *n.Code
		} else {
			codes[i], drawn = drawn[0], drawn[1:]
		}
	}
	return codes, nil
}

func refuseTaken(all []NewItem, claimed map[string]bool, codePath func(i int) string) error {
	fields := fault.Fields{}
	for i, n := range all {
		if n.Code != nil && !claimed[*n.Code] {
			fields.Add(codePath(i), "Code already in use")
		}
	}
	return fields.Err()
}

// Remove removes the active item with a code.
func (s *Service) Remove(ctx context.Context, who actor.Actor, code string) (Item, error) {
	items, err := s.remove(ctx, who, []string{code}, false)
	if err != nil {
		return Item{}, err
	}
	return items[0], nil
}

// RemoveAll removes the active items with all of these codes, or none. The
// faults name the codes that stand in the way.
func (s *Service) RemoveAll(ctx context.Context, who actor.Actor, codes []string) ([]Item, error) {
	return s.remove(ctx, who, codes, true)
}

func (s *Service) remove(ctx context.Context, who actor.Actor, codes []string, name bool) (items []Item, err error) {
	at, now := s.now.When(ctx), s.now()
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		items, err = removeItems(ctx, tx, who, codes, at, addedUntil(ctx, now))
		if err != nil {
			return err
		}
		if len(items) < len(codes) {
			return whyNotRemoved(ctx, tx, who.Store.ID, codes, items, name)
		}
		if err := releaseCodes(ctx, tx, who.Store.ID, codes, now); err != nil {
			return err
		}
		return record(ctx, tx, who, Removed, items, at, now)
	})
	return items, err
}

// clocksApart is how far a phone's clock may be from the server's.
const clocksApart = 2 * time.Minute

// addedUntil is when the newest item was added that a removal can be meant for: one
// that comes late is not meant for what has the code by now.
func addedUntil(ctx context.Context, now time.Time) time.Time {
	if at, recorded := clock.RecordedAt(ctx); recorded {
		return at.Add(clocksApart)
	}
	return now.AddDate(1, 0, 0)
}

// removeItems removes those of the items that are active, and returns them.
func removeItems(ctx context.Context, tx *database.Handle, who actor.Actor, codes []string, at, added time.Time) ([]Item, error) {
	ids, err := markRemoved(ctx, tx, who.Store.ID, codes, who.UserID, at, added)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return selectByIDs(ctx, tx, who.Store.ID, ids)
}

// whyNotRemoved tells codes that no item ever had from those whose item is
// removed already.
func whyNotRemoved(
	ctx context.Context, tx *database.Handle, storeID string, codes []string, found []Item, name bool,
) error {
	missing := slices.DeleteFunc(slices.Clone(codes), func(code string) bool {
		return slices.ContainsFunc(found, func(i Item) bool { return i.Code == code })
	})
	gone, err := selectRemovedCodes(ctx, tx, storeID, missing)
	if err != nil {
		return err
	}
	unknown := slices.DeleteFunc(missing, func(code string) bool { return slices.Contains(gone, code) })
	suffix := func(codes []string) string {
		if name {
			return ": " + strings.Join(codes, ", ")
		}
		return ""
	}
	if len(unknown) > 0 {
		return fault.New(fault.NotFound, "Item not found%s", suffix(unknown))
	}
	return fault.New(fault.Invalid, "Item already removed%s", suffix(gone))
}

// Restore undoes the last removal of a code. It takes the code first: from then
// on nobody else can give it to an item or restore one, and what was removed
// last stays what it is.
func (s *Service) Restore(ctx context.Context, who actor.Actor, code string) (item Item, err error) {
	at, now := s.now.When(ctx), s.now()
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		claimed, err := claimThese(ctx, tx, who.Store.ID, []string{code}, who.UserID, now)
		if err != nil {
			return err
		}
		item, err = selectLastRemoved(ctx, tx, who.Store.ID, code)
		if errors.Is(err, database.ErrNoRows) {
			return whyNotRestored(ctx, tx, who.Store.ID, code)
		}
		if err != nil {
			return err
		}
		if !claimed[code] {
			return fault.New(fault.Conflict, "Code already in use")
		}
		if err := markRestored(ctx, tx, who.Store.ID, item.ID); err != nil {
			return err
		}
		item.IsRemoved, item.RemovedAt, item.RemovedBy, item.RemovedByName = false, nil, nil, nil
		return record(ctx, tx, who, Restored, []Item{item}, at, now)
	})
	return item, err
}

func whyNotRestored(ctx context.Context, tx *database.Handle, storeID, code string) error {
	if _, err := selectActive(ctx, tx, storeID, code); err != nil {
		return orItemNotFound(err)
	}
	return fault.New(fault.Invalid, "Item is not removed")
}

// maxLeases is how many codes may be held for one partner at a time.
const maxLeases = 200

// LeaseCodes holds free codes for the actor, so that a code can be written on a
// thing before the thing is saved, also where there is no reception.
func (s *Service) LeaseCodes(
	ctx context.Context, who actor.Actor, count int, lifetime time.Duration,
) (codes []string, until time.Time, err error) {
	now := s.now()
	until = now.Add(lifetime)
	err = s.db.InTx(ctx, func(tx *database.Handle) error {
		held, err := lockLessee(ctx, tx, who.Store.ID, who.UserID, now)
		if err != nil {
			return err
		}
		if held+count > maxLeases {
			return fault.New(fault.TooMany, "Too many reserved codes")
		}
		codes, err = leaseFree(ctx, tx, who.Store.ID, count, who.UserID, until, now)
		return err
	})
	slices.Sort(codes)
	return codes, until, err
}

// ReturnCodes gives codes back that were held for the actor and not used.
func (s *Service) ReturnCodes(ctx context.Context, who actor.Actor, codes []string) error {
	return s.db.InTx(ctx, func(tx *database.Handle) error {
		return releaseLeases(ctx, tx, who.Store.ID, codes, who.UserID)
	})
}

// minSearchLength is from how many characters on suggestions make sense.
const minSearchLength = 2

// Suggest offers names for a new item: first those of active items, then templates.
func (s *Service) Suggest(ctx context.Context, who actor.Actor, category, text string, limit int) ([]Suggestion, error) {
	if utf8.RuneCountInString(text) < minSearchLength || findsNothing(text) {
		return nil, nil
	}
	existing, err := selectNames(ctx, s.db.Read(), who.Store.ID, category, text, limit/2)
	if err != nil {
		return nil, err
	}
	// Of limit templates, at least limit minus the existing ones are new names.
	templates, err := selectTemplates(ctx, s.db.Read(), who.Store.ID, category, text, limit)
	if err != nil {
		return nil, err
	}
	return mergeSuggestions(existing, templates, limit), nil
}

// HistoryFilter narrows the history. Before is exclusive.
type HistoryFilter struct {
	UserID string
	Action Action
	Code   string
	From   *time.Time
	Before *time.Time
	Limit  int
	After  *api.Cursor
}

// History lists what was done, newest first, and a cursor to the next page if
// there is one.
func (s *Service) History(ctx context.Context, who actor.Actor, filter HistoryFilter) ([]HistoryEntry, *string, error) {
	limit := filter.Limit
	filter.Limit++
	entries, err := selectHistory(ctx, s.db.Read(), who.Store.ID, filter)
	if err != nil {
		return nil, nil, err
	}
	entries, next := api.Page(entries, limit, HistoryEntry.cursor)
	return entries, next, nil
}

func elementPath(array string, index int) string { return array + "." + strconv.Itoa(index) }

func (e HistoryEntry) cursor() api.Cursor { return api.Cursor{Time: e.Timestamp, ID: e.ID} }

func (i Item) cursor() api.Cursor { return api.Cursor{Time: i.AddedAt, ID: i.ID} }
