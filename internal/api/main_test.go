package api_test

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/fault"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// form has a field of every kind that a body may have.
type form struct {
	Name   string    `json:"name"`
	Count  int       `json:"count" minimum:"0" maximum:"1000000"`
	Ready  bool      `json:"ready"`
	Note   *string   `json:"note,omitempty" nullable:"true"`
	Spare  *int      `json:"spare,omitempty"`
	Words  []string  `json:"words,omitempty" maxItems:"4"`
	Parts  []part    `json:"parts,omitempty" maxItems:"4"`
	Inside *position `json:"inside,omitempty"`
}

type part struct {
	Label  string `json:"label"`
	Amount int    `json:"amount" minimum:"0" maximum:"1000000"`
}

type position struct {
	Shelf int `json:"shelf"`
}

// Check has a rule for every text, so that it can be seen beside the shape.
func (f *form) Check(fields fault.Fields) {
	if f.Name == "" {
		fields.Add("name", "Name is required")
	}
	for i, word := range f.Words {
		if word == "bad" {
			fields.Add("words."+string(rune('0'+i)), "Bad word")
		}
	}
	for i, p := range f.Parts {
		if p.Label == "" {
			fields.Add("parts."+string(rune('0'+i))+".label", "Label is required")
		}
	}
}

type formInput struct{ api.JSON[form] }

type formAnswer struct{ Body form }

type queryInput struct {
	Limit int      `query:"limit" minimum:"1" default:"8"`
	Skip  int      `query:"skip" minimum:"0"`
	All   api.Flag `query:"all"`
	Q     string   `query:"q"`
}

type queryBody struct {
	Limit int    `json:"limit"`
	Skip  int    `json:"skip"`
	All   bool   `json:"all"`
	Q     string `json:"q"`
}

type queryAnswer struct{ Body queryBody }

type nameInput struct {
	Name string `path:"name"`
}

type nameAnswer struct{ Body api.Message }

// withOperations adds operations that show what reached the handler.
func withOperations(s *apptest.Server) {
	echo := func(_ context.Context, in *formInput) (*formAnswer, error) { return &formAnswer{in.Value}, nil }
	op := func(id, method, path string) api.Op {
		return api.Op{ID: id, Method: method, Path: path, Tag: "Test", Access: api.Public, Summary: id}
	}
	api.Register(s.App.API, op("echo", http.MethodPost, "/test/echo"), echo)
	optional := op("echo-optional", http.MethodPost, "/test/optional")
	optional.BodyOptional = true
	api.Register(s.App.API, optional, echo)
	api.Register(s.App.API, op("echo-query", http.MethodGet, "/test/query"),
		func(_ context.Context, in *queryInput) (*queryAnswer, error) {
			return &queryAnswer{queryBody{in.Limit, in.Skip, in.All.On, in.Q}}, nil
		})
	echoName := op("echo-name", http.MethodGet, "/test/names/{name}")
	echoName.Says = []string{"{name}"}
	api.Register(s.App.API, echoName,
		func(_ context.Context, in *nameInput) (*nameAnswer, error) {
			return &nameAnswer{api.Message{Message: in.Name}}, nil
		})
	api.Register(s.App.API, op("panic", http.MethodPost, "/test/panic"),
		func(context.Context, *struct{}) (*nameAnswer, error) {
			panic("SELECT secret FROM users /etc/passwd")
		})
}

// frame is a server with the operations of this file, for what never comes as
// far as a database and needs no second engine.
func frame(t *testing.T) *apptest.Server {
	t.Helper()
	s := apptest.New(t, database.SQLite)
	withOperations(s)
	return s
}

// eachFrame runs a test on a server with the operations of this file.
func eachFrame(t *testing.T, run func(t *testing.T, s *apptest.Server)) {
	t.Helper()
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		withOperations(s)
		run(t, s)
	})
}

const notAnObject = "Request body must be a JSON object"

// valid is a body that /test/echo takes, with one more member.
func valid(member string) string {
	return `{"name": "Oat", "count": 3, "ready": true, ` + member + `}`
}

func nested(levels int) string {
	return strings.Repeat("[", levels) + strings.Repeat("]", levels)
}
