package rtde

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// What is wrong with these bodies is told in one plain sentence, which the
// screens show as it is.

const (
	notACount = "counted_quantity must be a non-negative integer"
	notCounts = "Each count must have item_id and counted_quantity, a non-negative integer"
)

// CountBody is how many of an item the display has.
type CountBody struct {
	ItemID          string `json:"item_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	CountedQuantity int    `json:"counted_quantity" example:"2" minimum:"0" maximum:"1000000"`
}

// PlainFault is the sentence about the first thing that is wrong.
func (b *CountBody) PlainFault(shape fault.Fields) error {
	switch {
	case shape.Has("item_id"), shape.Has("counted_quantity", api.MissingField, api.NullField):
		return fault.New(fault.Invalid, "item_id and counted_quantity required")
	case shape.Has("counted_quantity"):
		return errBadQuantity()
	}
	return nil
}

func errBadQuantity() error {
	return fault.New(fault.Invalid, notACount)
}

type countInput struct {
	SessionPath
	api.JSON[CountBody]
}

// CountedBody says what was counted.
type CountedBody struct {
	api.Message
	CountedQuantity int `json:"counted_quantity" example:"2"`
}

type countedAnswer struct{ Body CountedBody }

func (h handlers) saveCount(ctx context.Context, in *countInput) (*countedAnswer, error) {
	count := Count{ItemID: in.Value.ItemID, Quantity: in.Value.CountedQuantity}
	if err := h.service.SaveCounts(ctx, actor.From(ctx), in.ID, []Count{count}); err != nil {
		return nil, err
	}
	return &countedAnswer{CountedBody{api.Message{Message: "Count updated successfully"}, count.Quantity}}, nil
}

// CountsBody is how many of several items the display has.
type CountsBody struct {
	Counts []CountBody `json:"counts"`
}

// PlainFault is the sentence about the first thing that is wrong.
func (b *CountsBody) PlainFault(shape fault.Fields) error {
	switch {
	case shape.Has("counts"):
		return fault.New(fault.Invalid, "counts array required")
	case shape.Under("counts", api.UnknownField):
		return fault.New(fault.Invalid, notCounts)
	}
	seen := make(map[string]bool, len(b.Counts))
	for _, count := range b.Counts {
		if seen[count.ItemID] {
			return fault.New(fault.Invalid, "Duplicate item: %s", count.ItemID)
		}
		seen[count.ItemID] = true
	}
	return nil
}

type countsInput struct {
	SessionPath
	api.JSON[CountsBody]
}

// CountsSavedBody says how many items were counted.
type CountsSavedBody struct {
	api.Message
	Count int `json:"count" example:"1"`
}

type countsAnswer struct{ Body CountsSavedBody }

func (h handlers) saveCounts(ctx context.Context, in *countsInput) (*countsAnswer, error) {
	counts := make([]Count, len(in.Value.Counts))
	for n, count := range in.Value.Counts {
		counts[n] = Count{ItemID: count.ItemID, Quantity: count.CountedQuantity}
	}
	if err := h.service.SaveCounts(ctx, actor.From(ctx), in.ID, counts); err != nil {
		return nil, err
	}
	return &countsAnswer{CountsSavedBody{api.Message{Message: "Counts updated successfully"}, len(counts)}}, nil
}

type pullListInput struct {
	SessionPath
	CountedOnly api.Flag `query:"counted_only" doc:"Leave out what nobody counted."`
}

// PullLineBody is an item to fetch.
type PullLineBody struct {
	ItemID        string  `json:"item_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Name          string  `json:"name" example:"Turkey Wrap"`
	Brand         *string `json:"brand"`
	ImageFilename *string `json:"image_filename"`
	Icon          *string `json:"icon"`
	NeedQuantity  int     `json:"need_quantity" example:"6"`
	IsPulled      bool    `json:"is_pulled"`
}

// PullListBody is what to fetch.
type PullListBody struct {
	PullList    []PullLineBody `json:"pull_list"`
	TotalItems  int            `json:"total_items" example:"1"`
	ItemsPulled int            `json:"items_pulled"`
}

type pullListAnswer struct{ Body PullListBody }

func (h handlers) pullList(ctx context.Context, in *pullListInput) (*pullListAnswer, error) {
	_, lines, err := h.service.Session(ctx, actor.From(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	list := PullList(lines, in.CountedOnly.On)
	body := PullListBody{PullList: make([]PullLineBody, len(list)), TotalItems: len(list)}
	for n, line := range list {
		body.PullList[n] = PullLineBody{
			ItemID: line.Item.ID, Name: line.Item.Name, Brand: line.Item.Brand,
			ImageFilename: line.Item.ImageFilename, Icon: line.Item.Icon,
			NeedQuantity: line.Need(), IsPulled: line.IsPulled,
		}
		if line.IsPulled {
			body.ItemsPulled++
		}
	}
	return &pullListAnswer{body}, nil
}

// PullBody ticks an item off.
type PullBody struct {
	ItemID   string `json:"item_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	IsPulled bool   `json:"is_pulled" example:"true"`
}

// PlainFault is the sentence about the first thing that is wrong.
func (b *PullBody) PlainFault(shape fault.Fields) error {
	if shape.Has("item_id") || shape.Has("is_pulled") {
		return fault.New(fault.Invalid, "item_id and is_pulled required")
	}
	return nil
}

type pullInput struct {
	SessionPath
	api.JSON[PullBody]
}

func (h handlers) savePull(ctx context.Context, in *pullInput) (*messageAnswer, error) {
	err := h.service.SavePull(ctx, actor.From(ctx), in.ID, in.Value.ItemID, in.Value.IsPulled)
	return toMessage(err, "Pull status updated")
}

func (h handlers) complete(ctx context.Context, in *SessionPath) (*messageAnswer, error) {
	return toMessage(h.service.Complete(ctx, actor.From(ctx), in.ID), "RTD&E display restocking completed!")
}
