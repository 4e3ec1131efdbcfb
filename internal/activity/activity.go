// Package activity is the feed of what partners lately did, over all tools.
// Each tool is a source of it; the feed asks every source for its newest
// entries and puts the newest of all in front.
package activity

import (
	"context"
	"slices"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
)

// Entry is something that a partner did.
type Entry struct {
	ID          string
	Type        string
	Title       string
	Description string
	UserName    string
	Timestamp   time.Time
	Tool        string
}

// Source is a tool that has a record of what was done with it.
type Source interface {
	// Recent returns the newest entries of a store, newest first, at most limit.
	Recent(ctx context.Context, storeID string, limit int) ([]Entry, error)
}

// Service is the feed.
type Service struct{ sources []Source }

// NewService returns the feed over these sources.
func NewService(sources ...Source) *Service { return &Service{sources} }

// Recent returns the newest entries of the actor's store, newest first.
func (s *Service) Recent(ctx context.Context, who actor.Actor, limit int) ([]Entry, error) {
	all := []Entry{}
	for _, source := range s.sources {
		entries, err := source.Recent(ctx, who.Store.ID, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	// Of what happened at the same moment a source knows the order.
	slices.SortStableFunc(all, func(a, b Entry) int { return b.Timestamp.Compare(a.Timestamp) })
	return all[:min(limit, len(all))], nil
}
