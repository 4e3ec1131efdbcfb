package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// Every operation is called by people of one store who name the things of
// another: its ids, its codes, the store itself. No answer may have anything of
// the other store in it, each must be what it would be if there were no such
// thing, and nothing may have changed there in the end.
func TestNothingOfAStoreIsVisibleFromAnother(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			s := chain(t, engine)
			far := openShop(s, "QUOKKA", 777_000) // its rows are found first
			near := openShop(s, "WOMBAT", 0)
			fill(near, far)
			i := isolation{t: t, s: s, near: near, far: far, operations: map[string]operation{}}
			for name, op := range operations(s.App.API.Document()) {
				i.operations[op.OperationID] = operation{name, op}
			}
			seen := i.look()
			makeTwins(t, s, near, far)
			if diff := cmp.Diff(seen, i.look()); diff != "" {
				t.Errorf("what was added in the other store shows (-before +after):\n%s", diff)
			}
			before, ids := belongings(t, s, far.store)
			_, mine := belongings(t, s, near.store)
			for id := range ids {
				if !mine[id] { // the owner did things in both
					i.secrets = append(i.secrets, id)
				}
			}
			if len(i.secrets) < 60 {
				t.Fatalf("only %d ids to look for", len(i.secrets))
			}
			i.walk()
			after, _ := belongings(t, s, far.store)
			if diff := cmp.Diff(withoutRenames(before), withoutRenames(after)); diff != "" {
				t.Errorf("the other store has changed (-before +after):\n%s", diff)
			}
		})
	}
}

// toldOfARename is an event that every store gets, since a name stands wherever
// somebody ever worked. It does not say whose; and the store's counter moves on.
var toldOfARename = regexp.MustCompile(`^store_events: [^|]+\| \d+ \| user\.updated \| \{"change":"user_updated"\} \||^store_revisions: `)

func withoutRenames(lines []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), toldOfARename.MatchString)
}

func TestEveryOperationIsProbedForWhatItShowsOfOtherStores(t *testing.T) {
	var want, got []string
	for _, op := range operations(document(t)) {
		want = append(want, op.OperationID)
	}
	for _, p := range probes {
		got = append(got, p.op)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, slices.Compact(got)); diff != "" {
		t.Errorf("operations (-there are +probes):\n%s", diff)
	}
}

type operation struct {
	name string // "GET /api/auth/me"
	*huma.Operation
}

// inStore says whether the operation takes the name of a store.
func (op operation) inStore() bool {
	return slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == "X-Store-ID" })
}

func (op operation) isOwners() bool {
	return slices.Contains([]string{"add-store", "change-store", "set-user-stores"}, op.OperationID)
}

func (op operation) isAdmins() bool { return strings.Contains(op.Path, "/admin/") && !op.isOwners() }

// isOfTool says whether an owner, too, sees one store at a time through it.
func (op operation) isOfTool() bool {
	return op.inStore() && !slices.Contains([]string{"Users", "Stores"}, op.Tags[0])
}

type isolation struct {
	t          *testing.T
	s          *apptest.Server
	near, far  *shop
	operations map[string]operation
	secrets    []string // ids of the far store
	n          int
}

func (i *isolation) walk() {
	i.t.Helper()
	for _, p := range probes {
		op, known := i.operations[p.op]
		if !known {
			continue // another test tells
		}
		for _, c := range []*apptest.Client{i.near.worker, i.near.admin} {
			c = i.session(op, c)
			i.probeForeign(p, op, c)
			if op.inStore() {
				r := i.send(p, op, c.With("X-Store-ID", i.far.store), i.far.things)
				r.ExpectError(http.StatusForbidden, "Not a member of this store")
			}
		}
		if op.isOfTool() {
			owner := i.s.Admin().With("X-Store-ID", i.near.store)
			i.probeForeign(p, op, owner)
		}
		r := i.send(p, op, i.session(op, i.near.admin), i.near.things)
		i.expect(p, r, p.own)
	}
}

// look reads everything that can be read of the near store.
func (i *isolation) look() []string {
	i.t.Helper()
	var seen []string
	for _, p := range probes {
		if op := i.operations[p.op]; op.Operation != nil && op.Method == http.MethodGet && op.inStore() {
			r := i.send(p, op, i.near.admin, i.near.things)
			seen = append(seen, fmt.Sprintf("%s?%s %d %s", op.Path, p.query, r.Status, r.Body))
		}
	}
	return seen
}

// session is a client that may lose its token.
func (i *isolation) session(op operation, c *apptest.Client) *apptest.Client {
	i.t.Helper()
	if op.Tags[0] != "Logging in" {
		return c
	}
	return c.WithToken(i.s.Anybody().Post("/api/auth/login", map[string]string{
		"partner_number": i.near.things["mate number"], "pin": isolationPIN,
	}).ExpectStatus(http.StatusOK).Text("token"))
}

// probeForeign names the things of the far store, and then things that nobody
// has: the answers must be the same.
func (i *isolation) probeForeign(p probe, op operation, c *apptest.Client) {
	i.t.Helper()
	if !p.namesThings() {
		i.send(p, op, c, i.near.things)
		return
	}
	far := i.send(p, op, c, i.far.things)
	want := p.foreign
	if op.isAdmins() && c.UserID == i.near.worker.UserID {
		want = http.StatusForbidden
	}
	i.expect(p, far, want)
	if want == 0 || strings.Contains(p.query, "cursor") {
		return
	}
	nobody := map[string]string{}
	for thing := range i.far.things {
		nobody[thing] = "01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"
	}
	for n, thing := range []string{"code", "removed", "spare", "leased"} {
		nobody[thing] = fmt.Sprintf("099%d", n)
	}
	none := i.send(p, op, c, nobody)
	if diff := cmp.Diff(nameless(none, nobody), nameless(far, i.far.things)); diff != "" {
		i.t.Errorf("%s %s: what another store has is told apart from what nobody has (-nobody +other):\n%s", p.op, p.body, diff)
	}
}

// nameless is an answer without what the request named.
func nameless(r *apptest.Response, things map[string]string) string {
	text := string(r.Body)
	for _, thing := range slices.Sorted(maps.Keys(things)) {
		text = strings.ReplaceAll(text, things[thing], "<it>")
	}
	return fmt.Sprintf("%d %s", r.Status, text)
}

var (
	placeholderForm = regexp.MustCompile(`<(own )?([^>]+)>`)
	pathParameter   = regexp.MustCompile(`\{\w+\}`)
)

// namesThings says whether a store's things stand in it that need not be the
// caller's own.
func (p probe) namesThings() bool {
	all := placeholderForm.FindAllStringSubmatch(p.id+p.query+p.body, -1)
	return slices.ContainsFunc(all, func(found []string) bool { return found[1] == "" && found[2] != "n" })
}

// send makes the request, and holds the answer against all that is the far
// store's.
func (i *isolation) send(p probe, op operation, c *apptest.Client, things map[string]string) *apptest.Response {
	i.t.Helper()
	i.n++
	named := map[string]bool{}
	fill := func(text string) string {
		return placeholderForm.ReplaceAllStringFunc(text, func(found string) string {
			part := placeholderForm.FindStringSubmatch(found)
			from := things
			switch {
			case part[2] == "n":
				return fmt.Sprint(1000 + i.n)
			case part[1] != "":
				from = i.near.things
			}
			value, known := from[part[2]]
			if !known {
				i.t.Fatalf("%s: there is no %s", p.op, found)
			}
			named[value] = true
			return value
		})
	}
	path := pathParameter.ReplaceAllLiteralString(op.Path, fill(p.id))
	if p.query != "" {
		path += "?" + fill(p.query)
	}
	if p.accept != "" {
		c = c.With("Accept", p.accept)
	}
	var body any
	if p.body != "" {
		body = fill(p.body)
	}
	r := c.Do(op.Method, path, body)
	i.expectNothingOfFar(p, r, named)
	return r
}

// expect fails the test unless the status is the wanted one.
func (i *isolation) expect(p probe, r *apptest.Response, want int) {
	i.t.Helper()
	if r.Status != want && want != 0 || r.Status >= http.StatusInternalServerError {
		i.t.Errorf("%s %s%s%s: status %d, want %d: %s", p.op, p.id, p.query, p.body, r.Status, want, r.Body)
	}
}

var (
	// bigNumber is one of the far store's, or a sum with one in it; what else is
	// counted in the test is small.
	bigNumber = regexp.MustCompile(`[:,\[]\s*[1-9]\d{5,}`)
	// otherNumbers are the life of a token, and a limit in the API document.
	otherNumbers = regexp.MustCompile(`"expires_in":\d+|\b1000000\b`)
)

// A refusal may repeat an id that the request named.
func (i *isolation) expectNothingOfFar(p probe, r *apptest.Response, named map[string]bool) {
	i.t.Helper()
	text := string(r.Body)
	for _, id := range i.secrets {
		if strings.Contains(text, id) && (r.Status < http.StatusBadRequest || !named[id]) {
			i.t.Errorf("%s %s%s%s shows the other store's id %s: %d %s", p.op, p.id, p.query, p.body, id, r.Status, text)
		}
	}
	if found := strings.Index(strings.ToLower(text), "quokka"); found >= 0 {
		i.t.Errorf("%s %s%s%s shows a name of the other store: %d %s", p.op, p.id, p.query, p.body, r.Status, text)
	}
	if found := bigNumber.FindString(otherNumbers.ReplaceAllLiteralString(text, "")); found != "" {
		i.t.Errorf("%s %s%s%s shows the number %s of the other store: %d %s", p.op, p.id, p.query, p.body, found, r.Status, r.Body)
	}
}
