package stores

import (
	"context"
	"net/http"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Register adds the operations of managing stores.
func (s *Service) Register(a *api.API) {
	const tag, root = "Stores", "/api/stores"
	a.Tag(tag, "The shops. A request acts on the caller's home store, or on the one that X-Store-ID names.")
	api.Register(a, api.Op{
		ID: "list-stores", Method: http.MethodGet, Path: root, Tag: tag, Access: api.Partner, AnyStore: true,
		Summary: "The stores that I may act in",
	}, s.list)
	api.Register(a, api.Op{
		ID: "add-store", Method: http.MethodPost, Path: root, Tag: tag, Access: api.Owner, AnyStore: true,
		Summary: "Add a store, with codes, name templates and milks to begin with", Status: http.StatusCreated,
		Says:        []string{"Store created successfully"},
		WorkTimeout: createTimeout,
		Refusals:    api.Refusals{http.StatusConflict: {"Store number already exists"}},
	}, s.add)
	api.Register(a, api.Op{
		ID: "change-store", Method: http.MethodPut, Path: root + "/{id}", Tag: tag, Access: api.Owner, AnyStore: true,
		Summary: "Change a store's name, number or clock", Says: []string{"Store updated successfully"},
		Refusals: api.Refusals{
			http.StatusNotFound: {"Store not found"}, http.StatusConflict: {"Store number already exists"},
		},
	}, s.change)
}

// createTimeout is long: a store begins with ten thousand codes, and not every
// machine is fast.
const createTimeout = 30 * time.Second

// StoreBody is a store as the API shows one.
type StoreBody struct {
	ID                 string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Name               string   `json:"name" example:"Harbor Street"`
	Number             string   `json:"number" example:"0417"`
	Timezone           string   `json:"timezone" example:"America/Los_Angeles" doc:"IANA name."`
	BusinessDayStart   string   `json:"business_day_start" example:"04:00" doc:"When the business day begins, HH:MM store time."`
	MorningCountCutoff string   `json:"morning_count_cutoff" example:"15:00" doc:"Until when the night's milk count is today's, HH:MM store time."`
	IsHome             bool     `json:"is_home" doc:"Whether it is the caller's home store."`
	CreatedAt          api.Time `json:"created_at"`
	UpdatedAt          api.Time `json:"updated_at"`
}

func toStoreBody(s Store, home string) StoreBody {
	return StoreBody{
		ID: s.ID, Name: s.Name, Number: s.Number, Timezone: s.Timezone,
		BusinessDayStart: s.BusinessDayStart, MorningCountCutoff: s.MorningCountCutoff, IsHome: s.ID == home,
		CreatedAt: api.Time(s.CreatedAt), UpdatedAt: api.Time(s.UpdatedAt),
	}
}

// StoresBody lists stores.
type StoresBody struct {
	Stores []StoreBody `json:"stores"`
}

type storesAnswer struct{ Body StoresBody }

func (s *Service) list(ctx context.Context, _ *struct{}) (*storesAnswer, error) {
	mine, home, err := s.Mine(ctx, actor.From(ctx))
	if err != nil {
		return nil, err
	}
	body := StoresBody{Stores: make([]StoreBody, len(mine))}
	for i, store := range mine {
		body.Stores[i] = toStoreBody(store, home)
	}
	return &storesAnswer{body}, nil
}

// NewStoreBody is a store to be added.
type NewStoreBody struct {
	Name               string  `json:"name" example:"Harbor Street" doc:"2 to 100 characters."`
	Number             string  `json:"number" example:"0417" doc:"1 to 20 characters, unlike that of any other store."`
	Timezone           string  `json:"timezone" example:"America/Los_Angeles" doc:"IANA name."`
	BusinessDayStart   *string `json:"business_day_start,omitempty" example:"04:00" doc:"HH:MM store time; if it is left out, what the server is set to."`
	MorningCountCutoff *string `json:"morning_count_cutoff,omitempty" example:"15:00" doc:"HH:MM store time; if it is left out, what the server is set to."`
}

func (b *NewStoreBody) store() Store {
	s := Store{Name: b.Name, Number: b.Number, Timezone: b.Timezone}
	if b.BusinessDayStart != nil {
		s.BusinessDayStart = *b.BusinessDayStart
	}
	if b.MorningCountCutoff != nil {
		s.MorningCountCutoff = *b.MorningCountCutoff
	}
	return s
}

// Check applies the rules for stores.
func (b *NewStoreBody) Check(fields fault.Fields) {
	s := b.store()
	s.checkNames(fields)
	for field, text := range map[string]*string{
		"business_day_start": b.BusinessDayStart, "morning_count_cutoff": b.MorningCountCutoff,
	} {
		if text != nil {
			checkTimeOfDay(fields, field, *text)
		}
	}
}

type addInput struct{ api.JSON[NewStoreBody] }

// StoreMessageBody says what was done to a store.
type StoreMessageBody struct {
	api.Message
	Store StoreBody `json:"store"`
}

type storeAnswer struct{ Body StoreMessageBody }

func (s *Service) add(ctx context.Context, in *addInput) (*storeAnswer, error) {
	who := actor.From(ctx)
	store, err := s.Create(ctx, who, in.Value.store())
	return toStoreAnswer(store, who, err, "Store created successfully")
}

func toStoreAnswer(store Store, who actor.Actor, err error, message string) (*storeAnswer, error) {
	if err != nil {
		return nil, err
	}
	// These operations heed no X-Store-ID: the actor is at home.
	return &storeAnswer{StoreMessageBody{api.Message{Message: message}, toStoreBody(store, who.Store.ID)}}, nil
}

// StoreChangeBody is what is to become of a store; what is left out stays.
type StoreChangeBody struct {
	Name               *string `json:"name,omitempty" example:"Harbor Street"`
	Number             *string `json:"number,omitempty" example:"0417"`
	Timezone           *string `json:"timezone,omitempty" example:"America/Los_Angeles"`
	BusinessDayStart   *string `json:"business_day_start,omitempty" example:"04:00"`
	MorningCountCutoff *string `json:"morning_count_cutoff,omitempty" example:"15:00"`
}

func (b *StoreChangeBody) apply(s *Store) {
	for field, value := range map[*string]*string{
		&s.Name: b.Name, &s.Number: b.Number, &s.Timezone: b.Timezone,
		&s.BusinessDayStart: b.BusinessDayStart, &s.MorningCountCutoff: b.MorningCountCutoff,
	} {
		if value != nil {
			*field = *value
		}
	}
}

// Check applies the rules for stores to what is given, before the store is
// looked for.
func (b *StoreChangeBody) Check(fields fault.Fields) {
	sound := Store{
		Name: "Store 1", Number: "1", Timezone: "UTC", BusinessDayStart: "04:00", MorningCountCutoff: "15:00",
	}
	b.apply(&sound)
	sound.Check(fields)
}

type changeInput struct {
	ID string `path:"id"`
	api.JSON[StoreChangeBody]
}

func (s *Service) change(ctx context.Context, in *changeInput) (*storeAnswer, error) {
	who := actor.From(ctx)
	store, err := s.Change(ctx, who, in.ID, in.Value.apply)
	return toStoreAnswer(store, who, err, "Store updated successfully")
}
