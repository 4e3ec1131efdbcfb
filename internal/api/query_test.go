package api_test

import (
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const badLimit = "Invalid limit parameter"

var notIntegers = []string{
	"", "abc", "-1", "1.5", "3.0", "1e3", "9223372036854775808", "-9223372036854775809", "true", "null", "0x10", "1_000",
	"%2010", "10%20", "+1", "%00", "1%00", "%ff", "%EF%BC%91", "%D9%A3", "''", "1,2", "[1]", "%E2%88%921",
}

func TestAnIntegerParameterMustBeOne(t *testing.T) {
	eachFrame(t, func(t *testing.T, s *apptest.Server) {
		for _, value := range notIntegers {
			s.Anybody().Get("/test/query?limit="+value).ExpectError(400, badLimit)
			s.Anybody().Get("/test/query?q=x&limit="+value+"&_t=1").ExpectError(400, badLimit)
			s.Anybody().Get("/test/query?skip="+value).ExpectError(400, "Invalid skip parameter")
			s.Staff().Get("/api/tracking/items?limit="+value).ExpectError(400, badLimit)
			s.Staff().Get("/api/tracking/items/search?category=syrups&limit="+value).ExpectError(400, badLimit)
		}
		s.Anybody().Get("/test/query?limit").ExpectError(400, badLimit)
		s.Anybody().Get("/test/query?limit=0").ExpectError(400, badLimit) // below its minimum
		s.Anybody().Get("/test/query?%6Cimit=x").ExpectError(400, badLimit)
		s.Staff().Get("/api/tracking/items?limit=0").ExpectError(400, badLimit)
	})
}

func TestParametersReachTheHandler(t *testing.T) {
	s := frame(t)
	for query, want := range map[string]string{
		"":                     `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?":                    `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?_t=1700000000&x=":    `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?LIMIT=abc&Limit=x":   `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?limit=1&skip=0":      `{"limit": 1, "skip": 0, "all": false, "q": ""}`,
		"?limit=007":           `{"limit": 7, "skip": 0, "all": false, "q": ""}`,
		"?limit=2147483648":    `{"limit": 2147483648, "skip": 0, "all": false, "q": ""}`,
		"?limit=5&limit=x":     `{"limit": 5, "skip": 0, "all": false, "q": ""}`,
		"?q=a%20b+c%26d":       `{"limit": 8, "skip": 0, "all": false, "q": "a b c&d"}`,
		"?q=%00":               `{"limit": 8, "skip": 0, "all": false, "q": "` + "\uFFFD" + `"}`,
		"?q=a%ffb%ed%a0%80":    `{"limit": 8, "skip": 0, "all": false, "q": "a` + "\uFFFD" + `b` + "\uFFFD" + `"}`,
		"?q=%zz&limit=2":       `{"limit": 2, "skip": 0, "all": false, "q": ""}`,
		"?limit=2;all=true":    `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?q=%F0%9F%A5%9B":      `{"limit": 8, "skip": 0, "all": false, "q": "🥛"}`,
		"?%ff=%ff&%00=1&q=ok":  `{"limit": 8, "skip": 0, "all": false, "q": "ok"}`,
		"?&&&=&==&q=ok":        `{"limit": 8, "skip": 0, "all": false, "q": "ok"}`,
		"?all=true":            `{"limit": 8, "skip": 0, "all": true, "q": ""}`,
		"?all=TRUE":            `{"limit": 8, "skip": 0, "all": true, "q": ""}`,
		"?all=tRuE":            `{"limit": 8, "skip": 0, "all": true, "q": ""}`,
		"?all=false":           `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?all=1":               `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?all=yes":             `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?all=":                `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?all":                 `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?all=t":               `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?all=%ff&all=true":    `{"limit": 8, "skip": 0, "all": false, "q": ""}`,
		"?limit=3&limit=&q=a;": `{"limit": 3, "skip": 0, "all": false, "q": ""}`,
	} {
		s.Anybody().Get("/test/query"+query).Expect(200, want)
	}
}
