package milkcount

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// The bodies of the four steps. What is wrong with them is told in one plain
// sentence, which the screens show as it is, and not field by field.

// FOHBody is the count of the front fridges.
type FOHBody struct {
	Counts []FOHCountBody `json:"counts"`
}

// FOHCountBody is one milk in the front fridges.
type FOHCountBody struct {
	MilkTypeID string `json:"milk_type_id" example:"mt-001-whole"`
	FOHCount   int    `json:"foh_count" example:"5" minimum:"0" maximum:"1000000"`
}

// PlainFault is the sentence about the first thing that is wrong.
func (b *FOHBody) PlainFault(shape fault.Fields) error {
	return forms[NightFOH].fault(shape)
}

type fohInput struct {
	SessionPath
	api.JSON[FOHBody]
}

func (h handlers) saveFOH(ctx context.Context, in *fohInput) (*sessionAnswer, error) {
	counts := make([]Count, len(in.Value.Counts))
	for i, c := range in.Value.Counts {
		counts[i] = Count{MilkTypeID: c.MilkTypeID, FOH: &c.FOHCount}
	}
	session, err := h.service.Save(ctx, actor.From(ctx), in.ID, NightFOH, counts)
	return toSessionAnswer(session, err, "FOH counts saved")
}

// BOHBody is the count of the back fridges.
type BOHBody struct {
	Counts []BOHCountBody `json:"counts"`
}

// BOHCountBody is one milk in the back fridges.
type BOHCountBody struct {
	MilkTypeID string `json:"milk_type_id" example:"mt-001-whole"`
	BOHCount   int    `json:"boh_count" example:"8" minimum:"0" maximum:"1000000"`
}

// PlainFault is the sentence about the first thing that is wrong.
func (b *BOHBody) PlainFault(shape fault.Fields) error {
	return forms[NightBOH].fault(shape)
}

type bohInput struct {
	SessionPath
	api.JSON[BOHBody]
}

func (h handlers) saveBOH(ctx context.Context, in *bohInput) (*sessionAnswer, error) {
	counts := make([]Count, len(in.Value.Counts))
	for i, c := range in.Value.Counts {
		counts[i] = Count{MilkTypeID: c.MilkTypeID, BOH: &c.BOHCount}
	}
	session, err := h.service.Save(ctx, actor.From(ctx), in.ID, NightBOH, counts)
	return toSessionAnswer(session, err, "BOH counts saved - night count complete")
}

// MorningBody is what was delivered.
type MorningBody struct {
	Counts []MorningCountBody `json:"counts"`
}

// MorningCountBody is what was delivered of one milk, by one of two methods.
type MorningCountBody struct {
	MilkTypeID string `json:"milk_type_id" example:"mt-001-whole"`
	Method     string `json:"method" example:"boh_count" doc:"boh_count: current_boh less the night's count; direct_delivered: as given."`
	CurrentBOH *int   `json:"current_boh,omitempty" example:"12" nullable:"true" minimum:"0" maximum:"1000000"`
	Delivered  *int   `json:"delivered,omitempty" nullable:"true" minimum:"0" maximum:"1000000"`
}

// count keeps only what the method is about.
func (b MorningCountBody) count() Count {
	method := Method(b.Method)
	count := Count{MilkTypeID: b.MilkTypeID, Method: &method}
	switch method {
	case BOHCount:
		count.CurrentBOH = b.CurrentBOH
	case DirectDelivered:
		count.Delivered = b.Delivered
	}
	return count
}

// PlainFault is the sentence about the first thing that is wrong.
func (b *MorningBody) PlainFault(shape fault.Fields) error {
	err := forms[Morning].fault(shape)
	for i := 0; err == nil && i < len(b.Counts); i++ {
		err = checkMorning(b.Counts[i].count(), false)
	}
	return err
}

type morningInput struct {
	SessionPath
	api.JSON[MorningBody]
}

func (h handlers) saveMorning(ctx context.Context, in *morningInput) (*sessionAnswer, error) {
	counts := make([]Count, len(in.Value.Counts))
	for i, c := range in.Value.Counts {
		counts[i] = c.count()
	}
	session, err := h.service.Save(ctx, actor.From(ctx), in.ID, Morning, counts)
	return toSessionAnswer(session, err, "Morning count saved - continue to on order")
}

// OnOrderBody is what is already on order.
type OnOrderBody struct {
	OnOrders []OnOrderCountBody `json:"on_orders"`
}

// OnOrderCountBody is what is already on order of one milk.
type OnOrderCountBody struct {
	MilkTypeID string `json:"milk_type_id" example:"mt-001-whole"`
	OnOrder    int    `json:"on_order" example:"1" minimum:"0" maximum:"1000000"`
}

// PlainFault is the sentence about the first thing that is wrong.
func (b *OnOrderBody) PlainFault(shape fault.Fields) error {
	return forms[OnOrder].fault(shape)
}

type onOrderInput struct {
	SessionPath
	api.JSON[OnOrderBody]
}

func (h handlers) saveOnOrder(ctx context.Context, in *onOrderInput) (*sessionAnswer, error) {
	counts := make([]Count, len(in.Value.OnOrders))
	for i, c := range in.Value.OnOrders {
		counts[i] = Count{MilkTypeID: c.MilkTypeID, OnOrder: &c.OnOrder}
	}
	session, err := h.service.Save(ctx, actor.From(ctx), in.ID, OnOrder, counts)
	return toSessionAnswer(session, err, "On order saved - session complete")
}

// form is how the body of a step looks.
type form struct {
	array    string
	noun     string // what the messages call its elements
	required string // what an element has beside its milk
	values   []string
}

var forms = map[Status]form{
	NightFOH: {"counts", "count", "foh_count", []string{"foh_count"}},
	NightBOH: {"counts", "count", "boh_count", []string{"boh_count"}},
	Morning:  {"counts", "count", "method", []string{"current_boh", "delivered"}},
	OnOrder:  {"on_orders", "entry", "on_order", []string{"on_order"}},
}

func (f form) errArray() error { return fault.New(fault.Invalid, "%s array required", f.array) }

func (f form) errElement() error {
	return fault.New(fault.Invalid, "Each %s must have milk_type_id and %s", f.noun, f.required)
}

// refusals are the sentences with which a save of the step is refused.
func (f form) refusals(step Status) []string {
	sentences := []string{
		f.errArray().Error(), f.errElement().Error(), fmt.Sprintf("Cannot save %s - session status is {status}", stepNames[step]),
	}
	for _, value := range f.values {
		sentences = append(sentences, errValue(value).Error())
	}
	if step == Morning {
		sentences = append(sentences, "Invalid method: {method}",
			"current_boh required for boh_count method", "delivered required for direct_delivered method")
	}
	return sentences
}

func errValue(name string) error {
	return fault.New(fault.Invalid, "%s must be a non-negative integer", name)
}

// fault says in one sentence what is wrong with the shape of a step's body:
// with its array, else with the first element that has a fault. Unknown fields
// are left to be told by name.
func (f form) fault(shape fault.Fields) error {
	if _, wrong := shape[f.array]; wrong {
		return f.errArray()
	}
	for _, path := range sortedByElement(shape) {
		parts := strings.Split(path, ".")
		if parts[0] != f.array || shape[path][0] == api.UnknownField {
			continue
		}
		value := parts[len(parts)-1]
		if slices.Contains(f.values, value) && shape[path][0] != api.MissingField {
			return errValue(value)
		}
		return f.errElement()
	}
	return nil
}

// sortedByElement puts the paths in the order of the array.
func sortedByElement(shape fault.Fields) []string {
	paths := make([]string, 0, len(shape))
	for path := range shape {
		paths = append(paths, path)
	}
	index := func(path string) int {
		parts := strings.Split(path, ".")
		if len(parts) < 2 {
			return -1
		}
		n, _ := strconv.Atoi(parts[1]) // 0 for what is no element
		return n
	}
	slices.SortFunc(paths, func(a, b string) int {
		if d := index(a) - index(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return paths
}

// ReopenBody takes a session back.
type ReopenBody struct {
	Status string `json:"status" example:"night_foh" doc:"The step to go back to: night_foh, night_boh, morning or on_order."`
	Reason string `json:"reason,omitempty" example:"Oat was counted twice" maxLength:"200" doc:"Required of an admin who did not save the step."`
}

const maxReasonLength = 200

// Check reports a reason that is too long.
func (b *ReopenBody) Check(fields fault.Fields) {
	if utf8.RuneCountInString(b.Reason) > maxReasonLength {
		fields.Add("reason", "Reason too long (max 200 characters)")
	}
}

type reopenInput struct {
	SessionPath
	api.JSON[ReopenBody]
}

func (h handlers) reopen(ctx context.Context, in *reopenInput) (*sessionAnswer, error) {
	session, err := h.service.Reopen(ctx, actor.From(ctx), in.ID, Status(in.Value.Status), in.Value.Reason)
	return toSessionAnswer(session, err, "Session reopened")
}
