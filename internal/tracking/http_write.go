package tracking

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// NewItemBody is an item to add.
type NewItemBody struct {
	Name     string  `json:"name" doc:"2 to 100 characters." example:"Vanilla Syrup"`
	Category string  `json:"category" example:"syrups"`
	Code     *string `json:"code,omitempty" nullable:"true" doc:"Four digits; a free code is drawn without it." example:"4821"`
}

func (b *NewItemBody) newItem() NewItem {
	return NewItem{Name: b.Name, Category: b.Category, Code: b.Code}
}

// Check applies the rules for items.
func (b *NewItemBody) Check(fields fault.Fields) { b.newItem().Check(fields, "") }

type addItemInput struct{ api.JSON[NewItemBody] }

// ItemMessageBody says what was done to an item.
type ItemMessageBody struct {
	api.Message
	Item ItemBody `json:"item"`
}

type itemAnswer struct{ Body ItemMessageBody }

func toItemAnswer(item Item, err error, message string) (*itemAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &itemAnswer{ItemMessageBody{api.Message{Message: message}, toItemBody(item)}}, nil
}

func (h handlers) addItem(ctx context.Context, in *addItemInput) (*itemAnswer, error) {
	item, err := h.service.Add(ctx, actor.From(ctx), in.Value.newItem())
	return toItemAnswer(item, err, "Item created successfully")
}

func (h handlers) removeItem(ctx context.Context, in *codeInput) (*itemAnswer, error) {
	item, err := h.service.Remove(ctx, actor.From(ctx), in.Code)
	return toItemAnswer(item, err, "Item removed successfully")
}

func (h handlers) restoreItem(ctx context.Context, in *codeInput) (*itemAnswer, error) {
	item, err := h.service.Restore(ctx, actor.From(ctx), in.Code)
	return toItemAnswer(item, err, "Item restored successfully")
}

// BatchItemBody is an item to add, or several of the same.
type BatchItemBody struct {
	NewItemBody
	Quantity *int `json:"quantity,omitempty" minimum:"1" maximum:"100" doc:"How many of them, each with a code of its own; 1 if it is left out."`
}

func (b *BatchItemBody) quantity() int {
	if b.Quantity == nil {
		return 1
	}
	return *b.Quantity
}

// BatchBody is what a delivery brought.
type BatchBody struct {
	Items []BatchItemBody `json:"items" minItems:"1" maxItems:"200"`
}

// Check applies the rules for items to each of them.
func (b *BatchBody) Check(fields fault.Fields) {
	seen := map[string]bool{}
	for n, item := range b.Items {
		path := elementPath("items", n)
		item.newItem().Check(fields, path+".")
		if item.Code == nil {
			continue
		}
		if item.quantity() > 1 {
			fields.Add(path+".quantity", "Quantity must be 1 for an item with a code")
		}
		checkDuplicate(fields, path+".code", *item.Code, seen)
	}
}

type batchInput struct{ api.JSON[BatchBody] }

// ItemsMessageBody says what was done to several items.
type ItemsMessageBody struct {
	api.Message
	Items []ItemBody `json:"items"`
	Count int        `json:"count" example:"1"`
}

type itemsMessageAnswer struct{ Body ItemsMessageBody }

func toItemsAnswer(items []Item, err error, message string) (*itemsMessageAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &itemsMessageAnswer{ItemsMessageBody{api.Message{Message: message}, toItemBodies(items), len(items)}}, nil
}

func (h handlers) addItems(ctx context.Context, in *batchInput) (*itemsMessageAnswer, error) {
	var all []NewItem
	var paths []string
	for n, item := range in.Value.Items {
		for range item.quantity() {
			all = append(all, item.newItem())
			paths = append(paths, elementPath("items", n))
		}
	}
	items, err := h.service.AddAll(ctx, actor.From(ctx), all, paths)
	return toItemsAnswer(items, err, "Items created successfully")
}

// CodesBody names codes.
type CodesBody struct {
	Codes []string `json:"codes" example:"[\"4821\"]" minItems:"1" maxItems:"200"`
}

// Check applies the rules for codes.
func (b *CodesBody) Check(fields fault.Fields) { CheckCodes(fields, b.Codes) }

type codesInput struct{ api.JSON[CodesBody] }

func (h handlers) removeItems(ctx context.Context, in *codesInput) (*itemsMessageAnswer, error) {
	items, err := h.service.RemoveAll(ctx, actor.From(ctx), in.Value.Codes)
	return toItemsAnswer(items, err, "Items removed successfully")
}

// LeaseBody asks for codes.
type LeaseBody struct {
	Count      *int `json:"count,omitempty" minimum:"1" maximum:"100" doc:"1 if it is left out."`
	TTLMinutes *int `json:"ttl_minutes,omitempty" example:"30" minimum:"1" maximum:"2880" doc:"For how long, in minutes; 15 if it is left out."`
}

type leaseInput struct{ api.JSON[LeaseBody] }

// LeasedBody lists the codes that are held.
type LeasedBody struct {
	Codes     []string `json:"codes" example:"[\"0412\"]"`
	ExpiresAt api.Time `json:"expires_at"`
}

type leasedAnswer struct{ Body LeasedBody }

const (
	defaultLeaseCount   = 1
	defaultLeaseMinutes = 15
)

func (h handlers) leaseCodes(ctx context.Context, in *leaseInput) (*leasedAnswer, error) {
	count, minutes := defaultLeaseCount, defaultLeaseMinutes
	if in.Value.Count != nil {
		count = *in.Value.Count
	}
	if in.Value.TTLMinutes != nil {
		minutes = *in.Value.TTLMinutes
	}
	codes, until, err := h.service.LeaseCodes(ctx, actor.From(ctx), count, time.Duration(minutes)*time.Minute)
	if err != nil {
		return nil, err
	}
	return &leasedAnswer{LeasedBody{Codes: codes, ExpiresAt: api.Time(until)}}, nil
}

func (h handlers) returnCodes(ctx context.Context, in *codesInput) (*struct{}, error) {
	return nil, h.service.ReturnCodes(ctx, actor.From(ctx), in.Value.Codes)
}
