package audit

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
)

// Service shows the record.
type Service struct {
	db  *database.DB
	now clock.Clock
}

// NewService returns the service on a database.
func NewService(db *database.DB, now clock.Clock) *Service { return &Service{db, now} }

// Register adds the operation that shows the record.
func (s *Service) Register(a *api.API) {
	const tag = "Audit"
	a.Tag(tag, "Who changed what in the administration of the store.")
	api.Register(a, api.Op{
		ID: "admin-activity", Method: http.MethodGet, Path: "/api/admin/activity", Tag: tag, Access: api.Admin,
		Summary: "What admins changed in the last 30 days, newest first",
	}, s.list)
}

type listInput struct {
	Limit int `query:"limit" minimum:"1" default:"10" doc:"At most 30; more is taken as 30."`
}

const (
	maxEntries = 30
	shownFor   = 30 * 24 * time.Hour
)

// EntryBody is a change as the API shows one.
type EntryBody struct {
	ID          string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Type        Type     `json:"type" example:"milk_par_updated"`
	Title       string   `json:"title" example:"Milk Par Updated"`
	Description string   `json:"description" example:"Oat: 12"`
	AdminName   string   `json:"admin_name" example:"Avery Stone" doc:"Who did it; System for the command line and what the server did by itself, Self sign-up for an account of one's own."`
	Timestamp   api.Time `json:"timestamp"`
	Details     Details  `json:"details" doc:"The old and the new values where they are kept, else null."`
}

// Details are values of before and after a change, in JSON.
type Details json.RawMessage

// MarshalJSON writes null where there are none.
func (d Details) MarshalJSON() ([]byte, error) { return json.RawMessage(d).MarshalJSON() }

// Schema describes them in the API document: an object of whatever changed.
func (Details) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, Nullable: true, AdditionalProperties: true}
}

// EntriesBody lists changes.
type EntriesBody struct {
	Activities []EntryBody `json:"activities"`
	Count      int         `json:"count" doc:"How many changes this answer has." example:"1"`
}

type entriesAnswer struct{ Body EntriesBody }

// Recent returns the newest entries of the actor's store, newest first.
func (s *Service) Recent(ctx context.Context, who actor.Actor, limit int) ([]EntryBody, error) {
	return selectEntries(ctx, s.db.Read(), who.Store.ID, s.now().Add(-shownFor), limit)
}

func (s *Service) list(ctx context.Context, in *listInput) (*entriesAnswer, error) {
	entries, err := s.Recent(ctx, actor.From(ctx), min(in.Limit, maxEntries))
	if err != nil {
		return nil, err
	}
	return &entriesAnswer{EntriesBody{Activities: entries, Count: len(entries)}}, nil
}
