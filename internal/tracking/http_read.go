package tracking

import (
	"context"
	"strings"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

type listItemsInput struct {
	Category       string   `query:"category" doc:"Only this category."`
	IncludeRemoved api.Flag `query:"include_removed" doc:"Removed items too."`
	Query          string   `query:"q" doc:"Only items whose name, code or category label contains this, in any case."`
	Limit          int      `query:"limit" minimum:"1" doc:"Items a page, up to 500; all of them if it is left out."`
	Cursor         string   `query:"cursor" doc:"The next_cursor of the page before; needs limit."`
}

// ItemsBody lists items.
type ItemsBody struct {
	Items      []ItemBody `json:"items"`
	Count      int        `json:"count" example:"1" doc:"How many items this answer has."`
	NextCursor *string    `json:"next_cursor" doc:"Where the next page begins; null on the last one."`
}

type itemsAnswer struct{ Body ItemsBody }

// maxPage is how many rows one page of a list has at most.
const maxPage = 500

func (h handlers) listItems(ctx context.Context, in *listItemsInput) (*itemsAnswer, error) {
	after, err := api.ParseCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	items, next, err := h.service.Items(ctx, actor.From(ctx), ItemFilter{
		Category: strings.TrimSpace(in.Category), Query: strings.TrimSpace(in.Query), IncludeRemoved: in.IncludeRemoved.On,
		Limit: min(in.Limit, maxPage), After: after,
	})
	if err != nil {
		return nil, err
	}
	return &itemsAnswer{ItemsBody{Items: toItemBodies(items), Count: len(items), NextCursor: next}}, nil
}

type codeInput struct {
	Code string `path:"code" example:"4821"`
}

// ItemStoryBody is an item and the story of its code.
type ItemStoryBody struct {
	Item    ItemBody      `json:"item"`
	History []HistoryBody `json:"history" doc:"What happened to the code, newest first, the last 100 entries."`
}

type itemStoryAnswer struct{ Body ItemStoryBody }

func (h handlers) getItem(ctx context.Context, in *codeInput) (*itemStoryAnswer, error) {
	item, story, err := h.service.Item(ctx, actor.From(ctx), in.Code)
	if err != nil {
		return nil, err
	}
	return &itemStoryAnswer{ItemStoryBody{Item: toItemBody(item), History: toHistoryBodies(story)}}, nil
}

type suggestInput struct {
	Query    string `query:"q" doc:"At least 2 characters, else nothing is found."`
	Category string `query:"category" required:"true"`
	Limit    int    `query:"limit" minimum:"1" default:"8" doc:"At most 15."`
}

// SuggestionBody is a name that a new item may have.
type SuggestionBody struct {
	Name   string  `json:"name" example:"Vanilla Syrup"`
	Source string  `json:"source" enum:"existing,template"`
	Code   *string `json:"code,omitempty" example:"4821" doc:"A code that an item of this name has; only where source is existing."`
}

// SuggestionsBody lists names.
type SuggestionsBody struct {
	Suggestions []SuggestionBody `json:"suggestions"`
}

type suggestionsAnswer struct{ Body SuggestionsBody }

const maxSuggestions = 15

func (h handlers) suggest(ctx context.Context, in *suggestInput) (*suggestionsAnswer, error) {
	category := strings.TrimSpace(in.Category)
	if category == "" {
		return nil, fault.New(fault.Invalid, "Category parameter required")
	}
	found, err := h.service.Suggest(ctx, actor.From(ctx), category, strings.TrimSpace(in.Query),
		min(in.Limit, maxSuggestions))
	if err != nil {
		return nil, err
	}
	body := SuggestionsBody{Suggestions: make([]SuggestionBody, len(found))}
	for n, s := range found {
		body.Suggestions[n] = SuggestionBody{Name: s.Name, Source: "template", Code: s.Code}
		if s.Code != nil {
			body.Suggestions[n].Source = "existing"
		}
	}
	return &suggestionsAnswer{body}, nil
}

type listHistoryInput struct {
	// Limit has no minimum here because the message for that is its own.
	Limit  int    `query:"limit" default:"100" doc:"1 to 500."`
	UserID string `query:"user_id"`
	Action string `query:"action" doc:"ADD, REMOVE or RESTORE, in any case."`
	Code   string `query:"code"`
	From   string `query:"from" doc:"A date in the store's time zone, or an instant; inclusive."`
	To     string `query:"to" doc:"A date in the store's time zone, or an instant; inclusive."`
	Cursor string `query:"cursor" doc:"The next_cursor of the page before."`
}

// HistoryListBody lists the record.
type HistoryListBody struct {
	History    []HistoryBody `json:"history"`
	Count      int           `json:"count" example:"1" doc:"How many entries this answer has."`
	NextCursor *string       `json:"next_cursor" doc:"Where the next page begins; null on the last one."`
}

type historyAnswer struct{ Body HistoryListBody }

func (h handlers) listHistory(ctx context.Context, in *listHistoryInput) (*historyAnswer, error) {
	who := actor.From(ctx)
	filter, err := in.filter(who.Store.Location)
	if err != nil {
		return nil, err
	}
	entries, next, err := h.service.History(ctx, who, filter)
	if err != nil {
		return nil, err
	}
	return &historyAnswer{HistoryListBody{
		History: toHistoryBodies(entries), Count: len(entries), NextCursor: next,
	}}, nil
}

func (in *listHistoryInput) filter(zone *time.Location) (HistoryFilter, error) {
	switch {
	case in.Limit < 1:
		return HistoryFilter{}, fault.New(fault.Invalid, "Limit must be at least 1")
	case in.Limit > maxPage:
		return HistoryFilter{}, fault.New(fault.Invalid, "Limit cannot exceed %d", maxPage)
	}
	action := Action(strings.ToUpper(in.Action))
	switch action {
	case "", Added, Removed, Restored:
	default:
		return HistoryFilter{}, fault.New(fault.Invalid, "Invalid action. Must be ADD or REMOVE")
	}
	from, _, err := api.ParseMoment("from", in.From, zone)
	if err != nil {
		return HistoryFilter{}, err
	}
	_, before, err := api.ParseMoment("to", in.To, zone)
	if err != nil {
		return HistoryFilter{}, err
	}
	after, err := api.ParseCursor(in.Cursor)
	if err != nil {
		return HistoryFilter{}, err
	}
	return HistoryFilter{
		UserID: in.UserID, Action: action, Code: in.Code, From: from, Before: before, Limit: in.Limit, After: after,
	}, nil
}
