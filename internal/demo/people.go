package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/fault"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// StaffNumber is the partner number that every demo has, beside its admin's.
const StaffNumber = "TEST123"

// partner is somebody of the cast. Days count from 0; without a last day they
// are still there.
type partner struct {
	number   string
	name     string
	role     identity.Role
	firstDay int
	lastDay  int
}

// cast is invented, names and numbers.
var cast = []partner{
	{number: StaffNumber, name: "Sam Rivera", role: identity.Staff},
	{number: "2174860", name: "Maya Lindqvist", role: identity.Admin},
	{number: "2203917", name: "Tomás Herrera", role: identity.Staff},
	{number: "2198451", name: "Aiko Tanabe", role: identity.Staff},
	{number: "2245076", name: "Priya Raman", role: identity.Staff},
	{number: "2231689", name: "Jonah Whitfield", role: identity.Staff},
	{number: "2187725", name: "Luca Ferraro", role: identity.Staff, lastDay: 13},
	{number: "2260342", name: "Zainab Yusuf", role: identity.Staff, firstDay: 6},
	{number: "2271504", name: "Nia Oyelaran", role: identity.Staff, firstDay: 12},
}

// member is a partner who has an account.
type member struct {
	partner
	actor actor.Actor
}

func (m member) worksOn(day int) bool {
	return m.firstDay <= day && (m.lastDay == 0 || day <= m.lastDay)
}

// onDuty is one of those who work on a day.
func (d *demo) onDuty(dice *rand.Rand, day int) member {
	var working []member
	for _, m := range d.crew {
		if m.worksOn(day) {
			working = append(working, m)
		}
	}
	return working[dice.IntN(len(working))]
}

// hire makes the accounts of the cast, those that are missing, and returns how
// many that were.
func (d *demo) hire(ctx context.Context) (hired int, err error) {
	boss, err := d.Identity.UserByNumber(ctx, d.Admin)
	switch {
	case isNotFound(err):
		return 0, fmt.Errorf("there is no account %s to run the demo shop", d.Admin)
	case err != nil:
		return 0, err
	}
	d.crew = []member{{partner{number: d.Admin}, d.actorOf(boss)}}
	if pin, known := d.PINs[d.Admin]; known {
		if err := d.logIn(ctx, d.crew[0].partner, pin); err != nil {
			return 0, err
		}
	}
	for _, p := range cast {
		user, err := d.Identity.UserByNumber(ctx, p.number)
		if isNotFound(err) {
			hired++
			user, err = d.employ(ctx, p)
		}
		if err != nil {
			return hired, err
		}
		d.crew = append(d.crew, member{p, d.actorOf(user)})
	}
	return hired, nil
}

// employ makes an account as the admin did on the first day, logs in as the
// partner did last, and takes the account away from who left.
func (d *demo) employ(ctx context.Context, p partner) (identity.User, error) {
	boss := d.crew[0].actor
	pin, known := d.PINs[p.number]
	if !known {
		pin = identity.RandomPIN()
	}
	d.turnTo(d.at(p.firstDay, 5*time.Hour))
	user, err := d.Identity.CreateUser(ctx, boss, identity.NewUser{
		PartnerNumber: p.number, Name: p.name, PIN: pin, Role: p.role,
	})
	if err != nil {
		return user, err
	}
	if err := d.logIn(ctx, p, pin); err != nil || p.lastDay == 0 {
		return user, err
	}
	d.turnTo(d.at(p.lastDay, 21*time.Hour))
	return d.Identity.DeleteUser(ctx, boss, user.ID)
}

// logIn is the last time that a partner did.
func (d *demo) logIn(ctx context.Context, p partner, pin string) error {
	day := p.lastDay
	if day == 0 {
		day = today - 1
	}
	d.turnTo(d.at(day, shiftOf(p)))
	_, _, err := d.Identity.Login(ctx, p.number, pin, "demo")
	return err
}

// shiftOf is when a partner's shift begins: early, in the middle, or late.
func shiftOf(p partner) time.Duration {
	minutes := 4 * (len(p.name) + len(p.number))
	return time.Duration(5+len(p.name)%3*4)*time.Hour + time.Duration(minutes%60)*time.Minute
}

func (d *demo) actorOf(user identity.User) actor.Actor {
	return actor.Actor{
		UserID: user.ID, Name: user.Name, Store: d.store,
		IsAdmin: user.Role == identity.Admin, IsOwner: user.IsOwner,
	}
}

func isNotFound(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.Kind == fault.NotFound
}
