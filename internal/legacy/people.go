package legacy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// moveUsers: everybody comes to the one store there is, with number, PIN and
// role. Numbers are in upper case with us, so those that differ in nothing else
// cannot stay. The admin who is there the longest owns the installation.
func (m *mover) moveUsers() {
	users := &table{
		name: "users", from: usersTable.name, read: len(m.old.users), store: "home_store_id", itself: "deleted_by",
		columns: columnsOf(`id partner_number name pin_hash role is_owner:truth status deleted_at:instant deleted_by
			created_at:instant updated_at:instant`),
	}
	members := &table{name: "store_members", store: "store_id", columns: columnsOf("user_id")}
	numbers, owner := m.numbers(), m.owner()
	for _, u := range m.old.users {
		m.checkUser(u, numbers[u.id])
		status := identity.Active
		var deletedAt, deletedBy any
		if u.isDeleted {
			status, deletedAt, deletedBy = identity.Deleted, firstOf(u.updatedAt, u.deletedAt), orNull(u.deletedBy)
		}
		users.add(u.id, numbers[u.id], u.name, m.target.KeyHash(u.pinHash), strings.ToLower(u.role), u.id == owner, string(status),
			deletedAt, deletedBy, u.createdAt, u.updatedAt)
		members.add(u.id)
	}
	m.add(users)
	m.add(members)
}

func (m *mover) checkUser(u oldUser, number string) {
	fields := fault.Fields{}
	identity.CheckPartnerNumber(fields, number)
	if fields.Err() != nil {
		m.problem("users", u.id, "the partner number %q is not 4 to 20 letters and digits", u.partnerNumber)
	}
	if role := identity.Role(strings.ToLower(u.role)); role != identity.Staff && role != identity.Admin {
		m.problem("users", u.id, "the role %q is neither staff nor admin", u.role)
	}
	if !identity.KnownHash(u.pinHash) {
		m.problem("users", u.id, "the PIN of %s is hashed in a way that is not known: set it anew in the old system",
			u.partnerNumber)
	}
}

// owner is the active admin who is there the longest.
func (m *mover) owner() (id string) {
	for _, u := range byStanding(m.old.users) {
		if !u.isDeleted && strings.EqualFold(u.role, string(identity.Admin)) {
			return u.id
		}
	}
	m.problem("users", "", "there is no active admin who could own the installation: make one in the old system")
	return ""
}

// byStanding puts those who are still there before those who are not, and the
// oldest accounts first.
func byStanding(users []oldUser) []oldUser {
	return slices.SortedStableFunc(slices.Values(users), func(a, b oldUser) int {
		return cmp.Or(boolCompare(a.isDeleted, b.isDeleted), a.createdAt.Compare(b.createdAt), cmp.Compare(a.id, b.id))
	})
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// numbers are the partner numbers that users get, by id. Of several who would
// have the same, the one of the longest standing keeps it.
func (m *mover) numbers() map[string]string {
	holders := map[string]oldUser{}
	var losers []oldUser
	numbers := make(map[string]string, len(m.old.users))
	for _, u := range byStanding(m.old.users) {
		number := identity.NormalPartnerNumber(u.partnerNumber)
		if _, taken := holders[number]; taken {
			losers = append(losers, u)
			continue
		}
		holders[number], numbers[u.id] = u, number
	}
	for _, u := range losers {
		number := identity.NormalPartnerNumber(u.partnerNumber)
		if !m.options.RenameDuplicates {
			m.problem("users", u.id, "the partner number %s is the same as %s of %s: change one of them, "+
				"or use --rename-duplicates", u.partnerNumber, holders[number].partnerNumber, holders[number].id)
			numbers[u.id] = number
			continue
		}
		free := freeNumber(number, func(number string) bool { _, taken := holders[number]; return taken })
		holders[free], numbers[u.id] = u, free
		m.move.Renamed = append(m.move.Renamed, Renaming{u.id, u.partnerNumber, free})
	}
	return numbers
}

const maxNumberLength = 20

// freeNumber is a number with X2, X3, … behind it.
func freeNumber(number string, taken func(string) bool) string {
	for n := 2; ; n++ {
		suffix := fmt.Sprintf("X%d", n)
		free := number[:min(len(number), maxNumberLength-len(suffix))] + suffix
		if !taken(free) {
			return free
		}
	}
}
