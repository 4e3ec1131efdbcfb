package milkcount

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// MilkTypeBody is a milk as the API shows one.
type MilkTypeBody struct {
	ID           string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Name         string   `json:"name" example:"Oat"`
	Category     string   `json:"category" enum:"dairy,non_dairy"`
	DisplayOrder int      `json:"display_order" example:"1"`
	Active       bool     `json:"active" example:"true"`
	CreatedAt    api.Time `json:"created_at"`
	UpdatedAt    api.Time `json:"updated_at"`
	ParValue     int      `json:"par_value" example:"19"`
}

func toMilkTypeBody(m MilkType) MilkTypeBody {
	return MilkTypeBody{
		ID: m.ID, Name: m.Name, Category: m.Category, DisplayOrder: m.DisplayOrder, Active: m.Active,
		CreatedAt: api.Time(m.CreatedAt), UpdatedAt: api.Time(m.UpdatedAt), ParValue: m.Par.Value,
	}
}

// MilkTypesBody lists milks.
type MilkTypesBody struct {
	MilkTypes []MilkTypeBody `json:"milk_types"`
}

type milkTypesAnswer struct{ Body MilkTypesBody }

func (h handlers) milkTypes(ctx context.Context, _ *struct{}) (*milkTypesAnswer, error) {
	return h.listMilkTypes(ctx, false)
}

type allMilkTypesInput struct {
	IncludeInactive api.Flag `query:"include_inactive" doc:"Hidden milks too."`
}

func (h handlers) allMilkTypes(ctx context.Context, in *allMilkTypesInput) (*milkTypesAnswer, error) {
	return h.listMilkTypes(ctx, in.IncludeInactive.On)
}

func (h handlers) listMilkTypes(ctx context.Context, includeInactive bool) (*milkTypesAnswer, error) {
	milks, err := h.service.MilkTypes(ctx, actor.From(ctx), includeInactive)
	if err != nil {
		return nil, err
	}
	body := MilkTypesBody{MilkTypes: make([]MilkTypeBody, len(milks))}
	for i, milk := range milks {
		body.MilkTypes[i] = toMilkTypeBody(milk)
	}
	return &milkTypesAnswer{body}, nil
}

// MilkTypeMessageBody says what was done to a milk.
type MilkTypeMessageBody struct {
	api.Message
	MilkType MilkTypeBody `json:"milk_type"`
}

type milkTypeAnswer struct{ Body MilkTypeMessageBody }

func toMilkTypeAnswer(milk MilkType, err error, message string) (*milkTypeAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &milkTypeAnswer{MilkTypeMessageBody{api.Message{Message: message}, toMilkTypeBody(milk)}}, nil
}

// NewMilkTypeBody is a milk to add.
type NewMilkTypeBody struct {
	Name     string `json:"name" example:"Pistachio" doc:"1 to 50 characters, unique in the store."`
	Category string `json:"category" example:"non_dairy" doc:"dairy or non_dairy."`
	ParValue *int   `json:"par_value,omitempty" example:"19" maximum:"1000000" doc:"At least 0; 0 if it is left out."`
}

// Check applies the rules for milks.
func (b *NewMilkTypeBody) Check(fields fault.Fields) {
	checkMilkName(fields, b.Name)
	if b.Category != Dairy && b.Category != NonDairy {
		fields.Add("category", "Category must be 'dairy' or 'non_dairy'")
	}
	checkPar(fields, b.ParValue)
}

func checkPar(fields fault.Fields, par *int) {
	if par != nil && *par < 0 {
		fields.Add("par_value", "Must be a non-negative integer")
	}
}

type addMilkTypeInput struct{ api.JSON[NewMilkTypeBody] }

func (h handlers) addMilkType(ctx context.Context, in *addMilkTypeInput) (*milkTypeAnswer, error) {
	milk, err := h.service.AddMilkType(ctx, actor.From(ctx), in.Value.Name, in.Value.Category, or0(in.Value.ParValue))
	return toMilkTypeAnswer(milk, err, "Milk type created successfully")
}

// MilkTypeChangeBody is what to change about a milk.
type MilkTypeChangeBody struct {
	Name         *string `json:"name,omitempty" example:"Pistachio" doc:"1 to 50 characters, unique in the store."`
	DisplayOrder *int    `json:"display_order,omitempty" example:"1" maximum:"1000000" doc:"At least 1."`
	Active       *bool   `json:"active,omitempty" example:"true" doc:"Whether it is counted."`
}

// Check applies the rules for milks.
func (b *MilkTypeChangeBody) Check(fields fault.Fields) {
	if b.Name != nil {
		checkMilkName(fields, *b.Name)
	}
	if b.DisplayOrder != nil && *b.DisplayOrder < 1 {
		fields.Add("display_order", "Must be a positive integer")
	}
}

type changeMilkTypeInput struct {
	ID string `path:"id"`
	api.JSON[MilkTypeChangeBody]
}

func (h handlers) changeMilkType(ctx context.Context, in *changeMilkTypeInput) (*milkTypeAnswer, error) {
	milk, err := h.service.ChangeMilkType(ctx, actor.From(ctx), in.ID, MilkTypeChange(in.Value))
	return toMilkTypeAnswer(milk, err, "Milk type updated successfully")
}

// ParBody is the par of a milk.
type ParBody struct {
	ID               string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	MilkTypeID       string   `json:"milk_type_id" example:"mt-001-whole"`
	MilkTypeName     string   `json:"milk_type_name" example:"Whole"`
	MilkTypeCategory string   `json:"milk_type_category" enum:"dairy,non_dairy"`
	ParValue         int      `json:"par_value" example:"19"`
	UpdatedAt        api.Time `json:"updated_at"`
	UpdatedBy        *string  `json:"updated_by" doc:"User id."`
	UpdatedByName    *string  `json:"updated_by_name"`
}

func toParBody(m MilkType) ParBody {
	return ParBody{
		ID: m.Par.ID, MilkTypeID: m.ID, MilkTypeName: m.Name, MilkTypeCategory: m.Category, ParValue: m.Par.Value,
		UpdatedAt: api.Time(m.Par.UpdatedAt), UpdatedBy: m.Par.UpdatedBy, UpdatedByName: m.Par.UpdatedByName,
	}
}

// ParsBody lists pars.
type ParsBody struct {
	ParLevels []ParBody `json:"par_levels"`
}

type parsAnswer struct{ Body ParsBody }

func (h handlers) pars(ctx context.Context, _ *struct{}) (*parsAnswer, error) {
	milks, err := h.service.MilkTypes(ctx, actor.From(ctx), false)
	if err != nil {
		return nil, err
	}
	body := ParsBody{ParLevels: make([]ParBody, len(milks))}
	for i, milk := range milks {
		body.ParLevels[i] = toParBody(milk)
	}
	return &parsAnswer{body}, nil
}

// SetParBody is a new par.
type SetParBody struct {
	ParValue int `json:"par_value" example:"19" maximum:"1000000" missing:"Par value is required"`
}

// Check applies the rule for pars.
func (b *SetParBody) Check(fields fault.Fields) { checkPar(fields, &b.ParValue) }

type setParInput struct {
	MilkTypeID string `path:"milk_type_id"`
	api.JSON[SetParBody]
}

// ParMessageBody says what was done to a par.
type ParMessageBody struct {
	api.Message
	ParLevel ParBody `json:"par_level"`
}

type parAnswer struct{ Body ParMessageBody }

func (h handlers) setPar(ctx context.Context, in *setParInput) (*parAnswer, error) {
	milk, err := h.service.SetPar(ctx, actor.From(ctx), in.MilkTypeID, in.Value.ParValue)
	if err != nil {
		return nil, err
	}
	return &parAnswer{ParMessageBody{api.Message{Message: "Par level updated successfully"}, toParBody(milk)}}, nil
}
