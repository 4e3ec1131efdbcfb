package identity

import (
	"context"
	"net/http"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// Register adds the operations of logging in, of first-run setup, and of
// managing users.
func (s *Service) Register(a *api.API) {
	const auth, users = "Logging in", "Users"
	a.Tag(auth, "Partner number and PIN in, tokens out; and the first admin of a new installation.")
	a.Tag(users, "The accounts of the store's partners, for admins.")
	api.Register(a, api.Op{
		ID: "login", Method: http.MethodPost, Path: "/api/auth/login", Tag: auth, Access: api.Public,
		RefreshCookie: api.SetsRefreshCookie,
		Summary:       "Log in with partner number and PIN",
		Refusals: api.Refusals{
			http.StatusUnauthorized:    {wrongCredentials},
			http.StatusForbidden:       {"Account has been deactivated. Please contact an administrator.", "Account is awaiting approval. Please contact an administrator."},
			http.StatusTooManyRequests: {tooManyAttempts},
		},
	}, s.login)
	api.Register(a, api.Op{
		ID: "sign-up", Method: http.MethodPost, Path: "/api/auth/signup", Tag: auth, Access: api.Public,
		Summary: "Make an account of one's own",
		Says:    []string{"Account created successfully"},
		Status:  http.StatusCreated,
		Refusals: api.Refusals{
			http.StatusForbidden: {"Sign-up is disabled. Please contact an administrator."},
			http.StatusConflict:  {"Partner number already exists", "Partner number was previously used. Please contact an administrator."},
		},
	}, s.signUp)
	api.Register(a, api.Op{
		ID: "me", Method: http.MethodGet, Path: "/api/auth/me", Tag: auth, Access: api.Partner, AnyStore: true,
		Summary: "The account that is logged in", Unlimited: true,
	}, s.me)
	api.Register(a, api.Op{
		ID: "setup-needed", Method: http.MethodGet, Path: "/api/setup", Tag: auth, Access: api.Public,
		Summary: "Whether this installation still needs its first admin",
	}, s.setupNeeded)
	api.Register(a, api.Op{
		ID: "set-up", Method: http.MethodPost, Path: "/api/setup", Tag: auth, Access: api.Public,
		RefreshCookie: api.SetsRefreshCookie,
		Summary:       "Make the first admin with the code that the server printed",
		Status:        http.StatusCreated,
		Refusals: api.Refusals{
			http.StatusForbidden: {"Invalid or expired setup code"},
			http.StatusConflict:  {"Partner number already exists"},
			http.StatusGone:      {"Setup is already done"},
		},
	}, s.setUp)
	api.Register(a, api.Op{
		ID: "list-users", Method: http.MethodGet, Path: "/api/admin/users", Tag: users, Access: api.Admin,
		Summary: "List the store's users, newest first",
		Refusals: api.Refusals{
			http.StatusBadRequest: {"Invalid status parameter"},
		},
	}, s.listUsers)
	api.Register(a, api.Op{
		ID: "create-user", Method: http.MethodPost, Path: "/api/admin/users", Tag: users, Access: api.Admin,
		Summary: "Make an account that is active at once",
		Says:    []string{"User created successfully"},
		Status:  http.StatusCreated,
		Refusals: api.Refusals{
			http.StatusConflict: {"Partner number already exists"},
		},
	}, s.createUser)
	api.Register(a, api.Op{
		ID: "delete-user", Method: http.MethodDelete, Path: "/api/admin/users/{id}", Tag: users, Access: api.Admin,
		Summary: "Take an account away; its history stays",
		Says:    []string{"User deleted successfully"},
		Refusals: api.Refusals{
			http.StatusForbidden: {"Cannot delete your own account", otherHome, ownerOnly},
			http.StatusNotFound:  {"User not found"},
			http.StatusConflict:  {"At least one active admin is required", "At least one active owner is required"},
			http.StatusGone:      {"User is already deleted"},
		},
	}, s.deleteUser)
	s.registerSessions(a, auth)
	s.registerManagement(a, users)
}

// UserBody is a user as the API shows one.
type UserBody struct {
	ID            string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	PartnerNumber string   `json:"partner_number" example:"ADMIN001"`
	Name          string   `json:"name" example:"Maya Lindqvist"`
	Role          string   `json:"role" enum:"staff,admin"`
	IsOwner       bool     `json:"is_owner" doc:"May manage stores and everyone in them."`
	CreatedAt     api.Time `json:"created_at"`
	UpdatedAt     api.Time `json:"updated_at"`
}

func toUserBody(u User) UserBody {
	return UserBody{
		ID: u.ID, PartnerNumber: u.PartnerNumber, Name: u.Name, Role: string(u.Role), IsOwner: u.IsOwner,
		CreatedAt: api.Time(u.CreatedAt), UpdatedAt: api.Time(u.UpdatedAt),
	}
}

// AdminUserBody is a user as admins see one.
type AdminUserBody struct {
	UserBody
	Status      string    `json:"status" enum:"active,pending,deleted,locked"`
	LastLoginAt *api.Time `json:"last_login_at" nullable:"true"`
}

func toAdminUserBody(u User) AdminUserBody {
	return AdminUserBody{
		UserBody: toUserBody(u), Status: string(u.ShownStatus()), LastLoginAt: api.NullTime(u.LastLoginAt),
	}
}

type userAnswer struct {
	Body UserMessageBody
}

// UserMessageBody says what was done to a user.
type UserMessageBody struct {
	api.Message
	User AdminUserBody `json:"user"`
}

func toUserAnswer(user User, err error, message string) (*userAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &userAnswer{UserMessageBody{api.Message{Message: message}, toAdminUserBody(user)}}, nil
}

// LoginBody is what a partner types.
type LoginBody struct {
	PartnerNumber string `json:"partner_number" example:"TEST123"`
	PIN           string `json:"pin" example:"5678"`
}

// Check reports what cannot be a partner number or a PIN.
func (b *LoginBody) Check(fields fault.Fields) {
	CheckPartnerNumber(fields, b.PartnerNumber)
	CheckPIN(fields, "pin", b.PIN)
}

// SessionBody is what a login answers.
type SessionBody struct {
	TokensBody
	User UserBody `json:"user"`
}

func toSessionBody(ctx context.Context, user User, tokens Tokens) SessionBody {
	return SessionBody{TokensBody: toTokensBody(ctx, tokens), User: toUserBody(user)}
}

type sessionAnswer struct{ Body SessionBody }

type loginInput struct{ api.JSON[LoginBody] }

func (s *Service) login(ctx context.Context, in *loginInput) (*sessionAnswer, error) {
	user, tokens, err := s.Login(ctx, in.Value.PartnerNumber, in.Value.PIN, api.ClientAddress(ctx))
	if err != nil {
		return nil, err
	}
	return &sessionAnswer{toSessionBody(ctx, user, tokens)}, nil
}

// SignUpBody is an account of one's own.
type SignUpBody struct {
	PartnerNumber string `json:"partner_number" example:"TEST123" doc:"4 to 20 letters or digits; case does not matter."`
	Name          string `json:"name" example:"Sam Rivera" doc:"2 to 100 characters."`
	PIN           string `json:"pin" example:"5678" doc:"Four digits."`
}

func (b *SignUpBody) newUser() NewUser {
	return NewUser{PartnerNumber: b.PartnerNumber, Name: b.Name, PIN: b.PIN, Role: Staff}
}

// Check applies the rules for accounts.
func (b *SignUpBody) Check(fields fault.Fields) { b.newUser().Check(fields) }

type signUpInput struct{ api.JSON[SignUpBody] }

func (s *Service) signUp(ctx context.Context, in *signUpInput) (*userAnswer, error) {
	user, err := s.SignUp(ctx, in.Value.newUser())
	return toUserAnswer(user, err, "Account created successfully")
}

type meAnswer struct{ Body MeBody }

// MeBody is the account that is logged in.
type MeBody struct {
	User UserBody `json:"user"`
}

func (s *Service) me(ctx context.Context, _ *struct{}) (*meAnswer, error) {
	user, err := s.Me(ctx, actor.From(ctx))
	if err != nil {
		return nil, err
	}
	return &meAnswer{MeBody{toUserBody(user)}}, nil
}

type setupNeededAnswer struct{ Body SetupNeededBody }

// SetupNeededBody says whether there never was an admin.
type SetupNeededBody struct {
	Needed bool `json:"needed"`
}

func (s *Service) setupNeeded(ctx context.Context, _ *struct{}) (*setupNeededAnswer, error) {
	needed, err := s.SetupNeeded(ctx)
	if err != nil {
		return nil, err
	}
	return &setupNeededAnswer{SetupNeededBody{needed}}, nil
}

// SetupBody makes the first admin.
type SetupBody struct {
	SetupCode     string `json:"setup_code" doc:"As printed by the server when it started." example:"K7QX-M2PD-4RTA"`
	PartnerNumber string `json:"partner_number" example:"TEST123"`
	Name          string `json:"name" example:"Sam Rivera"`
	PIN           string `json:"pin" example:"5678"`
	StoreName     string `json:"store_name,omitempty" example:"Harbor Street" doc:"2 to 100 characters."`
	Timezone      string `json:"timezone,omitempty" doc:"IANA name." example:"America/Los_Angeles"`
}

func (b *SetupBody) setup() Setup {
	return Setup{
		Code:      b.SetupCode,
		Admin:     NewUser{PartnerNumber: b.PartnerNumber, Name: b.Name, PIN: b.PIN, Role: Admin},
		StoreName: b.StoreName,
		Timezone:  b.Timezone,
	}
}

// Check applies the rules for accounts and stores.
func (b *SetupBody) Check(fields fault.Fields) { b.setup().Check(fields) }

type setupInput struct{ api.JSON[SetupBody] }

func (s *Service) setUp(ctx context.Context, in *setupInput) (*sessionAnswer, error) {
	user, tokens, err := s.SetUp(ctx, in.Value.setup())
	if err != nil {
		return nil, err
	}
	return &sessionAnswer{toSessionBody(ctx, user, tokens)}, nil
}

type listUsersInput struct {
	IncludeDeleted api.Flag `query:"include_deleted" doc:"Deleted accounts too."`
	Status         string   `query:"status" enum:"active,pending,deleted,locked"`
}

type usersAnswer struct{ Body UsersBody }

// UsersBody lists users.
type UsersBody struct {
	Users []AdminUserBody `json:"users"`
}

func (s *Service) listUsers(ctx context.Context, in *listUsersInput) (*usersAnswer, error) {
	switch in.Status {
	case "", "active", "pending", "deleted", "locked":
	default:
		return nil, api.InvalidParameter("status")
	}
	users, err := s.Users(ctx, actor.From(ctx), UserFilter{
		Status: Status(in.Status), IncludeDeleted: in.IncludeDeleted.On,
	})
	if err != nil {
		return nil, err
	}
	body := UsersBody{Users: make([]AdminUserBody, len(users))}
	for i, user := range users {
		body.Users[i] = toAdminUserBody(user)
	}
	return &usersAnswer{body}, nil
}

// CreateUserBody is an account for somebody else.
type CreateUserBody struct {
	PartnerNumber string  `json:"partner_number" example:"TEST123" doc:"4 to 20 letters or digits; case does not matter."`
	Name          string  `json:"name" example:"Sam Rivera" doc:"2 to 100 characters."`
	PIN           string  `json:"pin" example:"5678" doc:"Four digits."`
	Role          *string `json:"role,omitempty" example:"staff" doc:"staff, unless admin is asked for."`
}

func (b *CreateUserBody) newUser() NewUser {
	n := NewUser{PartnerNumber: b.PartnerNumber, Name: b.Name, PIN: b.PIN, Role: Staff}
	if b.Role != nil {
		n.Role = Role(*b.Role)
	}
	return n
}

// Check applies the rules for accounts.
func (b *CreateUserBody) Check(fields fault.Fields) { b.newUser().Check(fields) }

type createUserInput struct{ api.JSON[CreateUserBody] }

func (s *Service) createUser(ctx context.Context, in *createUserInput) (*userAnswer, error) {
	user, err := s.CreateUser(ctx, actor.From(ctx), in.Value.newUser())
	return toUserAnswer(user, err, "User created successfully")
}

func (s *Service) deleteUser(ctx context.Context, in *UserPath) (*userAnswer, error) {
	user, err := s.DeleteUser(ctx, actor.From(ctx), in.ID)
	return toUserAnswer(user, err, "User deleted successfully")
}
