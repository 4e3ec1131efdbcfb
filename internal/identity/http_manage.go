package identity

import (
	"context"
	"net/http"
	"slices"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

const userPath = "/api/admin/users/{id}"

func (s *Service) registerManagement(a *api.API, tag string) {
	api.Register(a, api.Op{
		ID: "get-user", Method: http.MethodGet, Path: userPath, Tag: tag, Access: api.Admin,
		Summary:  "An account, and the stores it belongs to",
		Refusals: api.Refusals{http.StatusNotFound: {"User not found"}},
	}, s.getUser)
	api.Register(a, api.Op{
		ID: "change-user", Method: http.MethodPut, Path: userPath, Tag: tag, Access: api.Admin,
		Summary: "Rename, promote, demote, approve, unlock or restore somebody",
		Says:    []string{"User updated successfully"},
		Refusals: api.Refusals{
			http.StatusForbidden: {"Cannot change your own role", otherHome, ownerOnly},
			http.StatusNotFound:  {"User not found"},
			http.StatusConflict:  {"At least one active admin is required", "At least one active owner is required"},
		},
	}, s.changeUser)
	api.Register(a, api.Op{
		ID: "reset-pin", Method: http.MethodPut, Path: userPath + "/pin", Tag: tag, Access: api.Admin,
		Summary: "Give somebody a new PIN, end their sessions, and unlock the account",
		Says:    []string{"PIN reset successfully"},
		Refusals: api.Refusals{
			http.StatusForbidden: {otherHome, ownerOnly},
			http.StatusNotFound:  {"User not found"},
		},
	}, s.resetPIN)
	api.Register(a, api.Op{
		ID: "set-user-stores", Method: http.MethodPut, Path: userPath + "/stores", Tag: tag, Access: api.Owner,
		Summary: "Say which stores somebody belongs to", Says: []string{"User stores updated successfully"},
		Refusals: api.Refusals{http.StatusNotFound: {"User not found"}},
	}, s.setStores)
}

// UserPath names a user.
type UserPath struct {
	ID string `path:"id"`
}

// MemberBody is a user with their stores.
type MemberBody struct {
	AdminUserBody
	HomeStoreID *string  `json:"home_store_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"null where it is not among store_ids."`
	StoreIDs    []string `json:"store_ids" example:"[\"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d\"]" doc:"Those that the caller belongs to; all of them for an owner."`
}

// toMemberBody leaves out a home that the caller is not to know of.
func toMemberBody(m Membership) MemberBody {
	body := MemberBody{AdminUserBody: toAdminUserBody(m.User), StoreIDs: m.StoreIDs}
	if slices.Contains(m.StoreIDs, m.User.HomeStoreID) {
		body.HomeStoreID = &m.User.HomeStoreID
	}
	return body
}

type memberAnswer struct{ Body OneMemberBody }

// OneMemberBody is a user with their stores.
type OneMemberBody struct {
	User MemberBody `json:"user"`
}

func (s *Service) getUser(ctx context.Context, in *UserPath) (*memberAnswer, error) {
	m, err := s.User(ctx, actor.From(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &memberAnswer{OneMemberBody{toMemberBody(m)}}, nil
}

// UserChangeBody is what is to become of an account; what is left out stays.
type UserChangeBody struct {
	Name   *string `json:"name,omitempty" example:"Sam Rivera" doc:"2 to 100 characters."`
	Role   *string `json:"role,omitempty" example:"admin" doc:"staff or admin."`
	Status *string `json:"status,omitempty" example:"active" doc:"active: approves, unlocks or restores."`
}

// Check applies the rules for accounts.
func (b *UserChangeBody) Check(fields fault.Fields) {
	if b.Name != nil {
		CheckName(fields, *b.Name)
	}
	if b.Role != nil {
		CheckRole(fields, Role(*b.Role))
	}
	if b.Status != nil && Status(*b.Status) != Active {
		fields.Add("status", "Status must be 'active'")
	}
}

type changeUserInput struct {
	UserPath
	api.JSON[UserChangeBody]
}

func (s *Service) changeUser(ctx context.Context, in *changeUserInput) (*userAnswer, error) {
	user, err := s.UpdateUser(ctx, actor.From(ctx), in.ID, UserChange{
		Name: in.Value.Name, Role: (*Role)(in.Value.Role), Activate: in.Value.Status != nil,
	})
	return toUserAnswer(user, err, "User updated successfully")
}

// NewPINBody is a PIN for somebody else.
type NewPINBody struct {
	PIN string `json:"pin" example:"5678" doc:"Four digits."`
}

// Check reports what cannot be a PIN.
func (b *NewPINBody) Check(fields fault.Fields) { CheckPIN(fields, "pin", b.PIN) }

type resetPINInput struct {
	UserPath
	api.JSON[NewPINBody]
}

func (s *Service) resetPIN(ctx context.Context, in *resetPINInput) (*messageAnswer, error) {
	if err := s.ResetPIN(ctx, actor.From(ctx), in.ID, in.Value.PIN); err != nil {
		return nil, err
	}
	return &messageAnswer{api.Message{Message: "PIN reset successfully"}}, nil
}

// UserStoresBody says which stores somebody belongs to.
type UserStoresBody struct {
	StoreIDs    []string `json:"store_ids" minItems:"1" maxItems:"800" example:"[\"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d\"]"`
	HomeStoreID string   `json:"home_store_id,omitempty" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"One of store_ids; stays as it is if it is left out."`
}

// Check refuses a store that stands twice. What is no text at all stands there
// as an empty one, and is not called the same.
func (b *UserStoresBody) Check(fields fault.Fields) {
	seen := map[string]bool{}
	for _, id := range b.StoreIDs {
		if id != "" && seen[id] {
			fields.Add("store_ids", "Duplicate store: "+id)
		}
		seen[id] = true
	}
}

type setStoresInput struct {
	UserPath
	api.JSON[UserStoresBody]
}

type setStoresAnswer struct{ Body MemberMessageBody }

// MemberMessageBody says what was done to a user.
type MemberMessageBody struct {
	api.Message
	User MemberBody `json:"user"`
}

func (s *Service) setStores(ctx context.Context, in *setStoresInput) (*setStoresAnswer, error) {
	m, err := s.SetStores(ctx, actor.From(ctx), in.ID, in.Value.StoreIDs, in.Value.HomeStoreID)
	if err != nil {
		return nil, err
	}
	return &setStoresAnswer{MemberMessageBody{api.Message{Message: "User stores updated successfully"}, toMemberBody(m)}}, nil
}
