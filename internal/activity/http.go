package activity

import (
	"context"
	"net/http"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
)

// Register adds the operation of the feed.
func (s *Service) Register(a *api.API) {
	const tag = "Activity"
	a.Tag(tag, "What partners lately did, over all tools.")
	api.Register(a, api.Op{
		ID: "recent-activity", Method: http.MethodGet, Path: "/api/activity/recent", Tag: tag, Access: api.Partner,
		Summary: "What was lately done in the store, newest first",
	}, s.recent)
}

type recentInput struct {
	Limit int `query:"limit" minimum:"1" default:"8" doc:"At most 20; more is taken as 20."`
}

const maxEntries = 20

// EntryBody is something that a partner did.
type EntryBody struct {
	ID          string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Type        string   `json:"type" enum:"inventory_add,inventory_remove,milk_count_foh,milk_count_boh,milk_count_morning,milk_count_completed,rtde_completed"`
	Title       string   `json:"title" example:"Added to Inventory"`
	Description string   `json:"description" example:"Vanilla Syrup (4821)"`
	UserName    string   `json:"user_name" example:"Sam Rivera" doc:"Who did that very step."`
	Timestamp   api.Time `json:"timestamp"`
	Tool        string   `json:"tool" enum:"inventory,milk-count,rtde"`
}

// FeedBody lists what was lately done.
type FeedBody struct {
	Activities []EntryBody `json:"activities"`
	Count      int         `json:"count" doc:"How many entries this answer has." example:"1"`
}

type recentAnswer struct{ Body FeedBody }

func (s *Service) recent(ctx context.Context, in *recentInput) (*recentAnswer, error) {
	entries, err := s.Recent(ctx, actor.From(ctx), min(in.Limit, maxEntries))
	if err != nil {
		return nil, err
	}
	body := FeedBody{Activities: make([]EntryBody, len(entries)), Count: len(entries)}
	for i, e := range entries {
		body.Activities[i] = EntryBody{
			ID: e.ID, Type: e.Type, Title: e.Title, Description: e.Description,
			UserName: e.UserName, Timestamp: api.Time(e.Timestamp), Tool: e.Tool,
		}
	}
	return &recentAnswer{body}, nil
}
