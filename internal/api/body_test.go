package api_test

import (
	"fmt"
	"net/http"
	"testing"
)

const (
	missing    = "Missing data for required field."
	null       = "Field may not be null."
	unknown    = "Unknown field."
	notString  = "Not a valid string."
	notInteger = "Not a valid integer."
	notBoolean = "Not a valid boolean."
	tooMuch    = "Must be less than or equal to 1000000."
)

func TestAllFieldErrorsOfARequestAreReportedAtOnce(t *testing.T) {
	s := frame(t)
	tests := []struct {
		name, body string
		want       map[string]string
	}{
		{"nothing", `{}`, map[string]string{"name": missing, "count": missing, "ready": missing}},
		{
			"null", `{"name": null, "count": null, "ready": null, "words": null, "spare": null}`,
			map[string]string{"name": null, "count": null, "ready": null, "words": null, "spare": null},
		},
		{
			"types", `{"name": 5, "count": "3", "ready": "true", "note": [], "words": {}, "parts": "x", "inside": []}`,
			map[string]string{
				"name": notString, "count": notInteger, "ready": notBoolean, "note": notString,
				"words": "Not a valid list.", "parts": "Not a valid list.", "inside": "Not a valid object.",
			},
		},
		{
			"missing, unknown, wrong and a rule", `{"name": " ", "count": 1e3, "Ready": true, "x": null}`,
			map[string]string{
				"name": "Name is required", "count": notInteger, "ready": missing, "Ready": unknown, "x": unknown,
			},
		},
		{"a name with a dot", valid(`"parts.0": 1`), map[string]string{"parts.0": unknown}},
		{"a control character in a name", valid(`"\u0000": 1`), map[string]string{"\x00": unknown}},
		{"a prototype", valid(`"__proto__": {}`), map[string]string{"__proto__": unknown}},
		{
			"inside an array", valid(`"parts": [{"label": "a", "amount": 1}, {"amount": -1, "size": 2},
				{"label": "", "amount": 1000001}, {"label": 5}]`),
			map[string]string{
				"parts.1.label": missing, "parts.1.amount": "Must be greater than or equal to 0.",
				"parts.1.size": unknown, "parts.2.label": "Label is required", "parts.2.amount": tooMuch,
				"parts.3.label": notString, "parts.3.amount": missing,
			},
		},
		{
			"elements that are none, beside one that breaks a rule", valid(`"words": [5, "bad", null],
				"parts": [null, 7, {"label": "", "amount": 1}]`),
			map[string]string{
				"words.0": notString, "words.1": "Bad word", "words.2": null,
				"parts.0": null, "parts.1": "Not a valid object.", "parts.2.label": "Label is required",
			},
		},
		{
			"too many elements", valid(`"words": ["a", "b", "c", "d", "e"]`),
			map[string]string{"words": "Length must be between 0 and 4."},
		},
		{"inside an object", valid(`"inside": {"shelf": true}`), map[string]string{"inside.shelf": notInteger}},
	}
	for _, test := range tests {
		t.Log(test.name)
		s.Anybody().Post("/test/echo", test.body).ExpectFields(test.want)
	}
}

func TestOnlyIntegersAreIntegers(t *testing.T) {
	s := frame(t)
	for value, message := range map[string]string{
		"true": notInteger, "false": notInteger, "3.0": notInteger, `"3"`: notInteger, "1e3": notInteger,
		"1E0": notInteger, "0.0": notInteger, "[]": notInteger, "{}": notInteger, `""`: notInteger, "null": null,
		"1000001": tooMuch, "2147483648": tooMuch, "9223372036854775807": tooMuch, "9223372036854775808": tooMuch,
		"123456789012345678901234567890": tooMuch,
		"-1":                             "Must be greater than or equal to 0.",
		"-9223372036854775809":           "Must be greater than or equal to 0.",
	} {
		s.Anybody().Post("/test/echo", fmt.Sprintf(`{"name": "Oat", "ready": true, "count": %s}`, value)).
			ExpectFields(map[string]string{"count": message})
	}
	for _, value := range []string{"0", "1000000", "-0"} {
		r := s.Anybody().Post("/test/echo", fmt.Sprintf(`{"name": "Oat", "ready": true, "count": %s}`, value))
		r.ExpectStatus(http.StatusOK)
	}
}

func TestAnIntegerWithoutBoundsStaysInsideTheMachine(t *testing.T) {
	s := frame(t)
	s.Anybody().Post("/test/echo", valid(`"spare": 9223372036854775808`)).
		ExpectFields(map[string]string{"spare": "Must be less than or equal to 9223372036854775807."})
	s.Anybody().Post("/test/echo", valid(`"spare": -9223372036854775808`)).
		Expect(200, valid(`"spare": -9223372036854775808`))
}

func TestOnlyTrueAndFalseAreBooleans(t *testing.T) {
	s := frame(t)
	for _, value := range []string{`"true"`, `"false"`, "0", "1", `""`, "[]", "{}"} {
		s.Anybody().Post("/test/echo", fmt.Sprintf(`{"name": "Oat", "count": 1, "ready": %s}`, value)).
			ExpectFields(map[string]string{"ready": notBoolean})
	}
}

func TestStringsAreTrimmedBeforeTheyAreChecked(t *testing.T) {
	s := frame(t)
	s.Anybody().Post("/test/echo",
		`{"name": " \t\n\u00a0\u2003Oat \r\n", "count": 3, "ready": true, "note": "  ", "words": [" a", "b "]}`).
		Expect(200, valid(`"note": "", "words": ["a", "b"]`))
	s.Anybody().Post("/test/echo", `{"name": "\u3000 \u2028", "count": 3, "ready": true}`).
		ExpectFields(map[string]string{"name": "Name is required"})
}

func TestWhatNoDatabaseCanHoldIsNoString(t *testing.T) {
	s := frame(t)
	for _, text := range []string{`a\u0000b`, `\u0000`, `\ud800`, `a\udc00`, `\ud83dx`, `\udc00\ud800`, "\uFFFD"} {
		s.Anybody().Post("/test/echo", valid(`"note": "`+text+`", "words": ["`+text+`"]`)).
			ExpectFields(map[string]string{"note": notString, "words.0": notString})
	}
	s.Anybody().Post("/test/echo", valid(`"note": "\ud83e\udd5b"`)).Expect(200, valid(`"note": "🥛"`))
}

func TestNullIsTakenWhereItIsAllowed(t *testing.T) {
	s := frame(t)
	s.Anybody().Post("/test/echo", valid(`"note": null`)).
		Expect(200, `{"name": "Oat", "count": 3, "ready": true}`)
}

func TestTheLastOfTwoEqualNamesCounts(t *testing.T) {
	s := frame(t)
	s.Anybody().Post("/test/echo", valid(`"note": 5, "note": "two"`)).Expect(200, valid(`"note": "two"`))
	s.Anybody().Post("/test/echo", valid(`"note": "two", "note": 5`)).
		ExpectFields(map[string]string{"note": notString})
}
