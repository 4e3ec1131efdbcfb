package milkcount

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// DraftBody is the body of the current step's save, or a part of it. A value
// that is null is cleared.
type DraftBody struct {
	Counts   []DraftCountBody   `json:"counts,omitempty" doc:"For the steps night_foh, night_boh and morning."`
	OnOrders []DraftOnOrderBody `json:"on_orders,omitempty" doc:"For the step on_order."`

	faults fault.Fields // of its shape
}

// TransformSchema gives the document an example of one step: no draft has the
// fields of all of them.
func (*DraftBody) TransformSchema(_ huma.Registry, schema *huma.Schema) *huma.Schema {
	schema.Examples = []any{map[string]any{
		"counts": []any{map[string]any{"milk_type_id": "mt-001-whole", "foh_count": 5}},
	}}
	return schema
}

// DraftCountBody is one milk; which fields it has depends on the step.
type DraftCountBody struct {
	MilkTypeID string               `json:"milk_type_id" example:"mt-001-whole"`
	FOHCount   api.Optional[int]    `json:"foh_count,omitzero" example:"5" minimum:"0" maximum:"1000000"`
	BOHCount   api.Optional[int]    `json:"boh_count,omitzero" example:"8" minimum:"0" maximum:"1000000"`
	Method     api.Optional[string] `json:"method,omitzero" example:"boh_count"`
	CurrentBOH api.Optional[int]    `json:"current_boh,omitzero" example:"12" minimum:"0" maximum:"1000000"`
	Delivered  api.Optional[int]    `json:"delivered,omitzero" example:"4" minimum:"0" maximum:"1000000"`
}

// DraftOnOrderBody is one milk that is on order.
type DraftOnOrderBody struct {
	MilkTypeID string            `json:"milk_type_id" example:"mt-001-whole"`
	OnOrder    api.Optional[int] `json:"on_order,omitzero" example:"1" minimum:"0" maximum:"1000000"`
}

// has says which of the fields that depend on the step are there.
func (c DraftCountBody) has() map[string]bool {
	return map[string]bool{
		"foh_count": c.FOHCount.Set, "boh_count": c.BOHCount.Set,
		"method": c.Method.Set, "current_boh": c.CurrentBOH.Set, "delivered": c.Delivered.Set,
	}
}

func (o DraftOnOrderBody) has() map[string]bool { return map[string]bool{"on_order": o.OnOrder.Set} }

// PlainFault keeps what is wrong until the step is known, which decides what
// is said about it.
func (b *DraftBody) PlainFault(shape fault.Fields) error {
	b.faults = maps.Clone(shape)
	clear(shape)
	return nil
}

// read makes counts of the draft, for a step, or says about it what the step's
// save would say.
func (b *DraftBody) read(step Status) ([]Count, error) {
	f, faults := forms[step], b.faultsAt(step)
	if err := f.fault(faults); err != nil {
		return nil, err
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	counts := []Count{}
	for _, o := range b.OnOrders {
		counts = append(counts, Count{MilkTypeID: o.MilkTypeID, OnOrder: o.OnOrder.Value})
	}
	for _, c := range b.Counts {
		count := Count{MilkTypeID: c.MilkTypeID, FOH: c.FOHCount.Value, BOH: c.BOHCount.Value}
		if step == Morning {
			var err error
			if count, err = c.readMorning(); err != nil {
				return nil, err
			}
		}
		counts = append(counts, count)
	}
	return counts, nil
}

// arrays are those of the body, with the fields that each element has.
func (b *DraftBody) arrays() map[string][]map[string]bool {
	arrays := map[string][]map[string]bool{}
	if b.Counts != nil {
		arrays["counts"] = make([]map[string]bool, len(b.Counts))
	}
	for i, c := range b.Counts {
		arrays["counts"][i] = c.has()
	}
	if b.OnOrders != nil {
		arrays["on_orders"] = make([]map[string]bool, len(b.OnOrders))
	}
	for i, o := range b.OnOrders {
		arrays["on_orders"][i] = o.has()
	}
	return arrays
}

// faultsAt are the faults of the draft at a step. What belongs to other steps
// is unknown to it: what a partner typed must not vanish.
func (b *DraftBody) faultsAt(step Status) fault.Fields {
	f, arrays, faults := forms[step], b.arrays(), fault.Fields{}
	for path, messages := range b.faults {
		if array, _, _ := strings.Cut(path, "."); array != f.array && isArray(array) {
			arrays[array] = nil // there, in whatever shape
		} else {
			faults[path] = messages
		}
	}
	for array := range arrays {
		if array != f.array {
			faults[array] = []string{api.UnknownField}
		}
	}
	if _, there := arrays[f.array]; !there && !faults.Has(f.array) {
		faults.Add(f.array, api.MissingField)
	}
	for i, element := range arrays[f.array] {
		for name, there := range element {
			path := fmt.Sprintf("%s.%d.%s", f.array, i, name)
			there = there || faults.Has(path)
			switch {
			case there && name != f.required && !slices.Contains(f.values, name):
				faults[path] = []string{api.UnknownField}
			case !there && name == f.required:
				faults.Add(path, api.MissingField)
			}
		}
	}
	return faults
}

func isArray(name string) bool { return name == forms[NightFOH].array || name == forms[OnOrder].array }

// readMorning reads a count that may be open, or cleared as a whole.
func (c DraftCountBody) readMorning() (Count, error) {
	if c.Method.Value == nil {
		if c.CurrentBOH.Value != nil || c.Delivered.Value != nil {
			return Count{}, forms[Morning].errElement()
		}
		return Count{MilkTypeID: c.MilkTypeID}, nil
	}
	count := MorningCountBody{
		MilkTypeID: c.MilkTypeID, Method: *c.Method.Value, CurrentBOH: c.CurrentBOH.Value, Delivered: c.Delivered.Value,
	}.count()
	return count, checkMorning(count, true)
}

// EntriesBody answers a draft with what the session has now.
type EntriesBody struct {
	api.Message
	Entries []EntryBody `json:"entries"`
}

type entriesAnswer struct{ Body EntriesBody }

type draftInput struct {
	SessionPath
	api.JSON[DraftBody]
}

func (h handlers) draft(ctx context.Context, in *draftInput) (*entriesAnswer, error) {
	entries, err := h.service.Draft(ctx, actor.From(ctx), in.ID, in.Value.read)
	if err != nil {
		return nil, err
	}
	return &entriesAnswer{EntriesBody{api.Message{Message: "Draft saved"}, toEntryBodies(entries)}}, nil
}

// draftRefusals are those of all steps, of which a draft may be of any.
func draftRefusals() []string {
	sentences := []string{"Cannot save draft - session status is {status}"}
	for step, form := range forms {
		sentences = append(sentences, form.refusals(step)...)
	}
	slices.Sort(sentences)
	return slices.Compact(sentences)
}
