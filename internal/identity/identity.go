// Package identity knows the partners: who they are, how they prove it, and
// what they may do.
//
// A partner logs in with a partner number and a four-digit PIN and gets two
// tokens. The tokens only say who somebody is; role and status are read from
// the database with every request, so that a deleted partner is out at once.
package identity

import (
	"regexp"
	"strings"
	"time"

	"github.com/sirenbase/sirenbase/internal/fault"
)

// Role is what a partner may do.
type Role string

const (
	Staff Role = "staff"
	Admin Role = "admin"
)

// Status is whether a partner may log in.
type Status string

const (
	Active  Status = "active"
	Pending Status = "pending" // signed up, waits for an admin
	Deleted Status = "deleted" // history stays
	Locked  Status = "locked"  // active, but too many logins failed
)

// User is a partner.
type User struct {
	ID            string
	HomeStoreID   string
	PartnerNumber string // upper case
	Name          string
	PINHash       string
	Role          Role
	IsOwner       bool
	Status        Status
	Locked        bool // too many failed logins
	LastLoginAt   *time.Time
	DeletedAt     *time.Time
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// ShownStatus is the status that admins see.
func (u User) ShownStatus() Status {
	if u.Status == Active && u.Locked {
		return Locked
	}
	return u.Status
}

// description is how the audit log calls a partner.
func (u User) description() string { return u.Name + " (" + u.PartnerNumber + ")" }

// NewUser is what it takes to make an account.
type NewUser struct {
	PartnerNumber string
	Name          string
	PIN           string
	Role          Role
}

// trimmed is the account as it is stored, whichever way it came in.
func (n NewUser) trimmed() NewUser {
	n.PartnerNumber = strings.TrimSpace(n.PartnerNumber)
	n.Name = strings.TrimSpace(n.Name)
	n.PIN = strings.TrimSpace(n.PIN)
	return n
}

// Check reports every rule that the account would break.
func (n NewUser) Check(fields fault.Fields) {
	n = n.trimmed()
	CheckPartnerNumber(fields, n.PartnerNumber)
	CheckName(fields, n.Name)
	CheckPIN(fields, "pin", n.PIN)
	CheckRole(fields, n.Role)
}

// CheckRole reports a role that is none.
func CheckRole(fields fault.Fields, role Role) {
	if role != Staff && role != Admin {
		fields.Add("role", "Role must be 'staff' or 'admin'")
	}
}

const (
	minNameLength = 2
	maxNameLength = 100
)

var (
	partnerNumberForm = regexp.MustCompile(`^[A-Za-z0-9]{4,20}$`)
	pinForm           = regexp.MustCompile(`^[0-9]{4}$`)
)

// CheckPartnerNumber reports a partner number that is none.
func CheckPartnerNumber(fields fault.Fields, number string) {
	switch {
	case number == "":
		fields.Add("partner_number", "Partner number is required")
	case !partnerNumberForm.MatchString(number):
		fields.Add("partner_number", "Invalid partner number format")
	}
}

// CheckName reports a name that is too short or too long, or no text.
func CheckName(fields fault.Fields, name string) {
	fields.CheckText("name", "Name", name, minNameLength, maxNameLength)
}

// CheckPIN reports a PIN that is not four ASCII digits.
func CheckPIN(fields fault.Fields, field, pin string) {
	switch {
	case pin == "":
		fields.Add(field, "PIN is required")
	case !pinForm.MatchString(pin):
		fields.Add(field, "PIN must be exactly 4 digits")
	}
}

// NormalPartnerNumber is the form in which partner numbers are stored and compared.
func NormalPartnerNumber(number string) string { return strings.ToUpper(strings.TrimSpace(number)) }
