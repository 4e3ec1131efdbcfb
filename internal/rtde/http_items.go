package rtde

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// ItemBody is an item of the display as the API shows one.
type ItemBody struct {
	ID            string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Name          string   `json:"name" example:"Turkey Pesto Panini"`
	Brand         *string  `json:"brand"`
	ImageFilename *string  `json:"image_filename"`
	Icon          *string  `json:"icon" doc:"An emoji."`
	ParLevel      int      `json:"par_level" example:"8"`
	DisplayOrder  int      `json:"display_order" example:"1"`
	Active        bool     `json:"active" example:"true"`
	CreatedAt     api.Time `json:"created_at"`
	UpdatedAt     api.Time `json:"updated_at"`
}

func toItemBody(i Item) ItemBody {
	return ItemBody{
		ID: i.ID, Name: i.Name, Brand: i.Brand, ImageFilename: i.ImageFilename, Icon: i.Icon,
		ParLevel: i.ParLevel, DisplayOrder: i.DisplayOrder, Active: i.Active,
		CreatedAt: api.Time(i.CreatedAt), UpdatedAt: api.Time(i.UpdatedAt),
	}
}

type listItemsInput struct {
	IncludeInactive api.Flag `query:"include_inactive" doc:"Hidden items too."`
}

// ItemsBody lists items.
type ItemsBody struct {
	Items []ItemBody `json:"items"`
}

type itemsAnswer struct{ Body ItemsBody }

func (h handlers) listItems(ctx context.Context, in *listItemsInput) (*itemsAnswer, error) {
	items, err := h.service.Items(ctx, actor.From(ctx), in.IncludeInactive.On)
	if err != nil {
		return nil, err
	}
	body := ItemsBody{Items: make([]ItemBody, len(items))}
	for n, item := range items {
		body.Items[n] = toItemBody(item)
	}
	return &itemsAnswer{body}, nil
}

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

// NewItemBody is an item to add.
type NewItemBody struct {
	Name          string  `json:"name" example:"Turkey Wrap" doc:"1 to 100 characters."`
	ParLevel      int     `json:"par_level" example:"8" maximum:"1000000" doc:"At least 1."`
	Brand         *string `json:"brand,omitempty" nullable:"true" doc:"Up to 50 characters."`
	ImageFilename *string `json:"image_filename,omitempty" nullable:"true" doc:"Up to 100 characters, no path."`
	Icon          *string `json:"icon,omitempty" nullable:"true" doc:"Up to 10 characters."`
	Active        *bool   `json:"active,omitempty" example:"true" doc:"true if it is left out."`
}

func (b *NewItemBody) item() Item {
	return Item{
		Name: b.Name, ParLevel: b.ParLevel, Brand: orNull(b.Brand), ImageFilename: orNull(b.ImageFilename),
		Icon: orNull(b.Icon), Active: b.Active == nil || *b.Active,
	}
}

// orNull takes an empty text for none.
func orNull(text *string) *string {
	if text == nil || *text == "" {
		return nil
	}
	return text
}

// Check applies the rules for items.
func (b *NewItemBody) Check(fields fault.Fields) {
	if b.Name == "" {
		fields.Add("name", "Item name is required")
	}
	b.item().Check(fields)
}

type addItemInput struct{ api.JSON[NewItemBody] }

func (h handlers) addItem(ctx context.Context, in *addItemInput) (*itemAnswer, error) {
	item, err := h.service.AddItem(ctx, actor.From(ctx), in.Value.item())
	return toItemAnswer(item, err, "Item created successfully")
}

// ItemChangeBody is what to change about an item. null or "" clears what is
// optional.
type ItemChangeBody struct {
	Name          *string              `json:"name,omitempty" example:"Turkey Wrap"`
	ParLevel      *int                 `json:"par_level,omitempty" example:"8" maximum:"1000000"`
	Brand         api.Optional[string] `json:"brand,omitzero"`
	ImageFilename api.Optional[string] `json:"image_filename,omitzero"`
	Icon          api.Optional[string] `json:"icon,omitzero"`
	Active        *bool                `json:"active,omitempty" example:"true"`
}

func (b *ItemChangeBody) apply(item *Item) {
	if b.Name != nil {
		item.Name = *b.Name
	}
	if b.ParLevel != nil {
		item.ParLevel = *b.ParLevel
	}
	if b.Active != nil {
		item.Active = *b.Active
	}
	for _, change := range []struct {
		to  api.Optional[string]
		its **string
	}{{b.Brand, &item.Brand}, {b.ImageFilename, &item.ImageFilename}, {b.Icon, &item.Icon}} {
		if change.to.Set {
			*change.its = orNull(change.to.Value)
		}
	}
}

// Check applies the rules for items to what is changed.
func (b *ItemChangeBody) Check(fields fault.Fields) {
	if b.Name != nil && *b.Name == "" {
		fields.Add("name", "Item name cannot be empty")
	}
	changed := Item{ParLevel: 1} // a good item, so that only what changes can be wrong
	b.apply(&changed)
	changed.Check(fields)
}

type changeItemInput struct {
	ID string `path:"id"`
	api.JSON[ItemChangeBody]
}

func (h handlers) changeItem(ctx context.Context, in *changeItemInput) (*itemAnswer, error) {
	item, err := h.service.ChangeItem(ctx, actor.From(ctx), in.ID, in.Value.apply)
	return toItemAnswer(item, err, "Item updated successfully")
}

type deleteItemInput struct {
	ID string `path:"id"`
}

// DeletedBody says whether an item is gone or hidden.
type DeletedBody struct {
	api.Message
	DeletedPermanently bool `json:"deleted_permanently" example:"true"`
}

type deletedAnswer struct{ Body DeletedBody }

func (h handlers) deleteItem(ctx context.Context, in *deleteItemInput) (*deletedAnswer, error) {
	permanently, err := h.service.DeleteItem(ctx, actor.From(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	message := "Item deactivated (has been used in sessions)"
	if permanently {
		message = "Item deleted permanently"
	}
	return &deletedAnswer{DeletedBody{api.Message{Message: message}, permanently}}, nil
}

// ReorderBody moves items.
type ReorderBody struct {
	ItemOrders []PlaceBody `json:"item_orders" maxItems:"1000"`
}

// PlaceBody is where an item goes.
type PlaceBody struct {
	ID           string `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	DisplayOrder int    `json:"display_order" example:"1" minimum:"0" maximum:"1000000"`
}

// PlainFault is the sentence about the first thing that is wrong.
func (b *ReorderBody) PlainFault(shape fault.Fields) error {
	if shape.Has("item_orders", api.MissingField, api.NullField, api.NotAList) {
		return fault.New(fault.Invalid, "item_orders array required")
	}
	if shape.Under("item_orders", api.UnknownField) {
		return fault.New(fault.Invalid, "Each item must have id and display_order")
	}
	seen := make(map[string]bool, len(b.ItemOrders))
	for _, place := range b.ItemOrders {
		if seen[place.ID] {
			return fault.New(fault.Invalid, "Duplicate item ID: %s", place.ID)
		}
		seen[place.ID] = true
	}
	return nil
}

type reorderInput struct{ api.JSON[ReorderBody] }

func (h handlers) reorder(ctx context.Context, in *reorderInput) (*messageAnswer, error) {
	places := make([]Place, len(in.Value.ItemOrders))
	for n, place := range in.Value.ItemOrders {
		places[n] = Place{ItemID: place.ID, DisplayOrder: place.DisplayOrder}
	}
	return toMessage(h.service.Reorder(ctx, actor.From(ctx), places), "Items reordered successfully")
}
