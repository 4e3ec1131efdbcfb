// Package client speaks to a SirenBase server: every operation of its API is a
// method with typed parameters and a typed answer.
//
//	c, err := client.New("https://store.example.com")
//	_, err = c.Login(ctx, "TEST123", "5678")
//	added, err := c.AddItemWithResponse(ctx, client.TrackingNewItem{
//		Name: "Vanilla Syrup", Category: "syrups",
//	})
//	fmt.Println(added.JSON201.Item.Code)
//
// What the server refuses comes back as an [*Error]. So without an error the
// answer is there: in JSON200 or JSON201, whichever the method has.
//
// The methods are named like the operations in the API document, which the
// server has at /api/docs. Those without WithResponse return the answer as it
// came; those with WithBody take a body that is written by hand, with which a
// field of a change can be set to null.
package client

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

// Timeout is how long a call may take, unless [WithHTTPClient] says otherwise.
// It is more than the server takes for a slow upload and its own work.
const Timeout = 60 * time.Second

// Client is somebody who calls a server; logged in, or not yet. It may be used
// by many goroutines.
type Client struct {
	*ClientWithResponses
	token, store atomic.Value // of string
}

// New returns a client of the server at baseURL, which is without /api. It
// calls nobody yet.
func New(baseURL string, options ...ClientOption) (*Client, error) {
	ours := WithHTTPClient(&http.Client{Timeout: Timeout})
	raw, err := NewClient(baseURL, append([]ClientOption{ours}, options...)...)
	if err != nil {
		return nil, err
	}
	c := &Client{ClientWithResponses: &ClientWithResponses{raw}}
	raw.Client = refusing{raw.Client}
	raw.RequestEditors = append(raw.RequestEditors, c.authorize)
	return c, nil
}

// Login logs a partner in, and keeps the token for the calls that follow.
func (c *Client) Login(ctx context.Context, partnerNumber, pin string) (*IdentitySession, error) {
	answer, err := c.LoginWithResponse(ctx, IdentityLogin{PartnerNumber: partnerNumber, PIN: pin})
	if err != nil {
		return nil, err
	}
	c.SetToken(answer.JSON200.Token)
	return answer.JSON200, nil
}

// Refresh trades the refresh token of a login for new tokens, and keeps the new
// access token. Each refresh token is good once: keep the new one, whatever
// happens, since the session ends if the old one is sent again.
func (c *Client) Refresh(ctx context.Context, refreshToken string) (*IdentityTokens, error) {
	answer, err := c.RefreshWithResponse(ctx, func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+refreshToken)
		return nil
	})
	if err != nil {
		return nil, err
	}
	c.SetToken(answer.JSON200.Token)
	return answer.JSON200, nil
}

// Logout ends the session on the server, and forgets its token.
func (c *Client) Logout(ctx context.Context) error {
	if _, err := c.LogoutWithResponse(ctx); err != nil {
		return err
	}
	c.SetToken("")
	return nil
}

// Once goes with a call that may have to be sent again, because its answer may
// get lost: the server does what was sent under a key once, and gives the first
// answer again for 7 days.
func Once(key string) RequestEditorFn { return header("Idempotency-Key", key) }

// RecordedAt goes with a call that tells of something done earlier, at most 48
// hours ago, while the server was out of reach.
func RecordedAt(at time.Time) RequestEditorFn {
	return header("X-Recorded-At", at.UTC().Format(time.RFC3339Nano))
}

func header(name, value string) RequestEditorFn {
	return func(_ context.Context, request *http.Request) error {
		request.Header.Set(name, value)
		return nil
	}
}

// SetToken makes the client send another token; an empty one logs it out on
// this side.
func (c *Client) SetToken(token string) { c.token.Store(token) }

// Token is the token that the client sends, if there is one.
func (c *Client) Token() string { return text(&c.token) }

// SetStore makes the client act on this store. Without, or with an empty id,
// it acts on the partner's home store.
func (c *Client) SetStore(id string) { c.store.Store(id) }

// Store is the id that SetStore was given.
func (c *Client) Store() string { return text(&c.store) }

func text(v *atomic.Value) string {
	s, _ := v.Load().(string)
	return s
}

func (c *Client) authorize(_ context.Context, request *http.Request) error {
	if token := c.Token(); token != "" {
		setOnce(request.Header, "Authorization", "Bearer "+token)
	}
	if store := c.Store(); store != "" {
		setOnce(request.Header, "X-Store-ID", store)
	}
	return nil
}

// setOnce leaves alone what the call itself has set.
func setOnce(header http.Header, name, value string) {
	if header.Get(name) == "" {
		header.Set(name, value)
	}
}
