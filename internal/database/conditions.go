package database

import (
	"strconv"
	"strings"
)

// Conditions collects conditions that must all hold and numbers their
// parameters, for queries whose filters are optional: a condition that is not
// there costs nothing, and the planner sees only those that are.
type Conditions struct {
	conditions []string
	args       []any
}

// Add adds a condition; each ? in it stands for the next argument.
func (c *Conditions) Add(condition string, args ...any) {
	for _, arg := range args {
		condition = strings.Replace(condition, "?", c.Param(arg), 1)
	}
	c.conditions = append(c.conditions, condition)
}

// Param adds an argument that stands elsewhere in the query, and returns its
// placeholder.
func (c *Conditions) Param(arg any) string {
	c.args = append(c.args, arg)
	return "$" + strconv.Itoa(len(c.args))
}

// Where is the WHERE clause.
func (c *Conditions) Where() string { return "WHERE " + strings.Join(c.conditions, " AND ") }

// Args are the arguments, in the order of their numbers.
func (c *Conditions) Args() []any { return c.args }

// In is a list of placeholders from $first on, one for each value, and the
// values as arguments.
func In(first int, values []string) (list string, args []any) {
	placeholders := make([]string, len(values))
	args = make([]any, len(values))
	for i, value := range values {
		placeholders[i] = "$" + strconv.Itoa(first+i)
		args[i] = value
	}
	return "(" + strings.Join(placeholders, ", ") + ")", args
}

// Contains is a LIKE pattern for text that contains q, in which %, _ and \ are
// ordinary characters. Use it with ESCAPE '\'.
func Contains(q string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q) + "%"
}
