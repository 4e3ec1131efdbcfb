package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

const (
	good          = `{"name": "Oat", "count": 3, "ready": true}`
	wrongType     = "Content-Type must be application/json"
	tooLarge      = "Request body too large"
	megabyte      = 1 << 20
	goJSONNesting = 10_000 // how deep encoding/json goes
)

func TestABodyMustBeDeclaredAsJSON(t *testing.T) {
	s := frame(t)
	for _, path := range []string{"/test/echo", "/test/optional"} {
		for _, mediaType := range []string{
			"", "text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
			"application/jsonx", "application/problem+json", "*/*", "json", "application/json, text/plain",
			"application/json; charset", ";", "\t",
		} {
			c := s.Anybody()
			c.Header["Content-Type"] = []string{mediaType}
			if mediaType == "" { // the harness would fill it in
				c.Header["Content-Type"] = []string{" "}
			}
			c.Post(path, good).ExpectError(http.StatusUnsupportedMediaType, wrongType)
		}
		for _, mediaType := range []string{
			"application/json", "APPLICATION/JSON", "Application/Json; Charset=UTF-8", "application/json;charset=utf-8",
			"application/json ; version=1; x=\"y\"", "application/json;",
		} {
			s.Anybody().With("Content-Type", mediaType).Post(path, good).Expect(200, good)
		}
	}
}

func TestABodyWithoutAnyContentTypeIsRefused(t *testing.T) {
	s := frame(t)
	answer := exchange(t, s, "POST /test/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 42\r\n\r\n"+good)
	answer.expect(t, http.StatusUnsupportedMediaType, wrongType)
}

func TestABodyMustBeOneObject(t *testing.T) {
	s := frame(t)
	for _, body := range []string{
		"[]", "[" + good + "]", `"text"`, "1", "true", "null", " null ", good + good, good + "x", good + ",", good + "\x00",
		"{", "}", `{"name"}`, `{"name": }`, `{"name": "Oat",}`, `{name: "Oat"}`, `{'name': 'Oat'}`, `{"name": NaN}`,
		`{"count": 01}`, `{"count": +1}`, `{"count": .5}`, `{"count": 0x10}`, "// comment\n" + good, "\uFEFF" + good,
		"name=Oat", " ", "\n", "{\"name\": \"\x01\"}", "{\"name\": \"\xff\"}", "{\"\xc3\x28\": 1}", "\xfe\xff\x00{",
		`{"name": "\x"}`, `{"name": "\u12"}`, "{\"name\": \"a\nb\"}",
	} {
		s.Anybody().Post("/test/echo", body).ExpectError(http.StatusBadRequest, notAnObject)
		s.Anybody().Post("/test/optional", body).ExpectError(http.StatusBadRequest, notAnObject)
	}
}

func TestABodyMayBeLeftOutOnlyWhereItIsOptional(t *testing.T) {
	s := frame(t)
	for _, c := range []*apptest.Client{s.Anybody(), s.Anybody().With("Content-Type", "text/plain")} {
		c.Post("/test/echo", nil).ExpectError(http.StatusBadRequest, notAnObject)
		c.Post("/test/echo", "").ExpectError(http.StatusBadRequest, notAnObject)
		c.Post("/test/optional", nil).ExpectStatus(http.StatusOK)
		c.Post("/test/optional", "").ExpectStatus(http.StatusOK)
	}
}

func TestABodyMayHaveOneMebibyteAndNoMore(t *testing.T) {
	s := frame(t)
	padded := func(size int) string { return good + strings.Repeat(" ", size-len(good)) }
	for _, path := range []string{"/test/echo", "/test/optional"} {
		s.Anybody().Post(path, padded(megabyte)).Expect(200, good)
		s.Anybody().Post(path, padded(megabyte+1)).ExpectError(http.StatusRequestEntityTooLarge, tooLarge)
		s.Anybody().Post(path, padded(10*megabyte)).ExpectError(http.StatusRequestEntityTooLarge, tooLarge)
	}
	note := strings.Repeat("x", megabyte-len(valid(`"note": ""`)))
	s.Anybody().Post("/test/echo", valid(`"note": "`+note+`"`)).ExpectStatus(http.StatusOK)
}

func TestDeepNestingIsRefusedCalmly(t *testing.T) {
	s := frame(t)
	c := s.Anybody()
	c.Post("/test/echo", valid(`"note": `+nested(1_000))).ExpectFields(map[string]string{"note": notString})
	c.Post("/test/echo", valid(`"deep": `+nested(1_000))).ExpectFields(map[string]string{"deep": unknown})
	c.Post("/test/echo", valid(`"words": [`+nested(1_000)+`]`)).ExpectFields(map[string]string{"words.0": notString})
	c.Post("/test/echo", valid(`"note": `+nested(goJSONNesting))).ExpectError(400, notAnObject)
	c.Post("/test/echo", valid(`"note": `+nested(100_000))).ExpectError(400, notAnObject)
	c.Post("/test/echo", nested(100_000)).ExpectError(400, notAnObject)
	c.Post("/test/echo", strings.Repeat("[", 100_000)).ExpectError(400, notAnObject)
	c.Post("/test/echo", strings.Repeat(`{"name":`, 100_000)).ExpectError(400, notAnObject)
}

func TestABodyThatBreaksOffIsTheClientsFault(t *testing.T) {
	s := frame(t)
	head := "POST /test/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
	for name, request := range map[string]string{
		"shorter than declared": head + "Content-Length: 100\r\n\r\n" + good,
		"no chunk size":         head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n" + good,
		"a chunk breaks off":    head + "Transfer-Encoding: chunked\r\n\r\nff\r\n" + good,
		"no last chunk":         head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			exchange(t, s, request).expect(t, http.StatusBadRequest, notAnObject)
		})
	}
}

// The names of the frame's own fields mean nothing in a body.
func TestABodyCannotReachIntoTheFrame(t *testing.T) {
	s := frame(t)
	for _, member := range []string{
		`"RawBody": "e30="`, `"rawbody": "eyJuYW1lIjogIngifQ=="`, `"RawBody": null`, `"RawBody": 5`,
		`"Value": {"note": "x"}`, `"value": 5`, `"Body": {}`, `"body": "x"`, `"JSON": {}`,
	} {
		name := strings.Trim(strings.SplitN(member, ":", 2)[0], `"`)
		s.Anybody().Post("/test/echo", valid(member)).ExpectFields(map[string]string{name: unknown})
	}
}

func TestABodyThatCannotBeReadStaysOutOfTheLog(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		for _, body := range []string{
			`{"partner_number": "TEST123", "pin": "whispered"}`, `{"partner_number": "whispered", "pin": 1}`,
			`{"whispered": "whispered"}`, `whispered`, `{"partner_number": "whispered`, `["whispered"]`,
			"{\"pin\": \"whispered\xff\"}", `{"RawBody": "whispered"}`,
		} {
			for _, mediaType := range []string{"application/json", "application/json ; x=y", "text/whispered", "whispered"} {
				r := s.Anybody().With("Content-Type", mediaType).Post("/api/auth/login", body).ExpectOneOf(400, 415)
				if strings.Contains(strings.ReplaceAll(string(r.Body), `"whispered":["Unknown field."]`, ""), "whispered") {
					t.Errorf("the answer repeats the value: %s", r.Body)
				}
			}
		}
		if strings.Contains(s.Log(), "whispered") {
			t.Errorf("the log has the body: %s", s.Log())
		}
	})
}
