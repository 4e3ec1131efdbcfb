package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/sirenbase/sirenbase/client"
)

// finalAnswer is what a client goes by: all that was sent, or the sentence that
// it was refused with.
type finalAnswer struct {
	status int
	text   string
}

// ownItem is what must be known of an item after what was answered so far.
type ownItem struct {
	name, code string
	removed    bool
	actions    []string // its history
}

// stubbornClient sends each of its writes until it knows how it ended. Nobody
// else writes to its items, so that it knows how each write must end.
type stubbornClient struct {
	t       *testing.T
	ctx     context.Context
	api     *client.Client
	name    string
	random  *rand.Rand
	items   []*ownItem
	answers map[string]finalAnswer // by key
	retries int
}

func newStubbornClient(t *testing.T, url, token, name string, random *rand.Rand) *stubbornClient {
	t.Helper()
	// On a connection of its own no request is sent again but by ourselves.
	transport := &http.Transport{DisableKeepAlives: true}
	api, err := client.New(url, client.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		t.Fatal(err)
	}
	api.SetToken(token)
	return &stubbornClient{
		t: t, ctx: t.Context(), api: api, name: name, random: random, answers: map[string]finalAnswer{},
	}
}

// write does one logical write, and says whether it ended as it must.
func (c *stubbornClient) write(n int) bool {
	key := fmt.Sprintf("%s-%d", c.name, n)
	if len(c.items) == 0 || c.random.IntN(100) < 40 {
		return c.add(key)
	}
	item := c.items[c.random.IntN(len(c.items))]
	sensible := c.random.IntN(100) < 80 // what is refused must have no effect later either
	if item.removed == sensible {
		return c.restore(key, item)
	}
	return c.remove(key, item)
}

func (c *stubbornClient) add(key string) bool {
	item := &ownItem{name: "Item " + key}
	ok := c.change(key, item, "ADD", http.StatusCreated, func(once client.RequestEditorFn) (*http.Response, error) {
		return c.api.AddItem(c.ctx, client.TrackingNewItem{Name: item.name, Category: "other"}, once)
	})
	c.items = append(c.items, item)
	return ok
}

func (c *stubbornClient) remove(key string, item *ownItem) bool {
	send := func(once client.RequestEditorFn) (*http.Response, error) {
		return c.api.RemoveItem(c.ctx, item.code, once)
	}
	if item.removed {
		return c.refused(key, finalAnswer{http.StatusBadRequest, "Item already removed"}, send)
	}
	item.removed = true
	return c.change(key, item, "REMOVE", http.StatusOK, send)
}

func (c *stubbornClient) restore(key string, item *ownItem) bool {
	send := func(once client.RequestEditorFn) (*http.Response, error) {
		return c.api.RestoreItem(c.ctx, item.code, once)
	}
	if !item.removed {
		return c.refused(key, finalAnswer{http.StatusBadRequest, "Item is not removed"}, send)
	}
	item.removed = false
	return c.change(key, item, "RESTORE", http.StatusOK, send)
}

type sender func(once client.RequestEditorFn) (*http.Response, error)

// change does a write that must succeed, and takes over the code of a new item.
func (c *stubbornClient) change(key string, item *ownItem, action string, status int, send sender) bool {
	item.actions = append(item.actions, action)
	answer, ok := c.untilFinal(key, send)
	if !ok {
		return false
	}
	var told client.TrackingItemMessage
	if err := json.Unmarshal([]byte(answer.text), &told); err != nil || answer.status != status {
		c.t.Errorf("%s of %s was answered with %v, want status %d", action, item.name, answer, status)
		return false
	}
	if item.code == "" {
		item.code = told.Item.Code
	}
	if got := told.Item; got.Name != item.name || got.Code != item.code || got.IsRemoved != item.removed {
		c.t.Errorf("%s of %+v was answered with %+v", action, *item, got)
	}
	return true
}

func (c *stubbornClient) refused(key string, want finalAnswer, send sender) bool {
	answer, ok := c.untilFinal(key, send)
	if ok && answer != want {
		c.t.Errorf("%s was answered with %v, want %v", key, answer, want)
	}
	return ok
}

// maxTries is more than anything but a server that never answers takes.
const maxTries = 20_000

func (c *stubbornClient) untilFinal(key string, send sender) (finalAnswer, bool) {
	for range maxTries {
		answer, again := receive(send(client.Once(key)))
		if again == nil {
			c.answers[key] = answer
			return answer, true
		}
		if c.ctx.Err() != nil {
			return answer, false
		}
		c.retries++
	}
	c.t.Errorf("%s never got a final answer", key)
	return finalAnswer{}, false
}

// receive returns the final answer, or why the request has to be sent again.
func receive(response *http.Response, err error) (finalAnswer, error) {
	if err != nil {
		return readRefusal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return finalAnswer{response.StatusCode, string(body)}, err
}

func readRefusal(err error) (finalAnswer, error) {
	var refusal *client.Error
	switch {
	case !errors.As(err, &refusal), errors.Is(err, io.ErrUnexpectedEOF): // there is no telling what was refused
		return finalAnswer{}, err
	case !isFinal(refusal.Status, refusal.RetryAfter > 0):
		return finalAnswer{}, err
	}
	return finalAnswer{refusal.Status, refusal.Sentence}, nil
}

// isFinal says whether sending the same again would change nothing.
func isFinal(status int, retryAfter bool) bool {
	return status < http.StatusInternalServerError && !retryAfter
}
