package config

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// parseOrigins returns the origins in the spelling that browsers send.
func parseOrigins(text string) ([]string, error) {
	origins := []string{}
	for _, element := range elements(text) {
		origin, err := parseOrigin(element)
		if err != nil {
			return nil, err
		}
		origins = append(origins, origin)
	}
	if len(origins) == 0 {
		return nil, errBadOrigin(text)
	}
	return origins, nil
}

func parseOrigin(text string) (string, error) {
	if strings.Contains(text, "*") {
		return "", errors.New("must name every origin: * is not allowed, because requests carry credentials")
	}
	parsed, err := url.Parse(text)
	if err != nil || parsed.Scheme == "" || parsed.Hostname() == "" || strings.ContainsAny(text, " \t") {
		return "", errBadOrigin(text)
	}
	origin := parsed.Scheme + "://" + parsed.Host
	if !strings.EqualFold(text, origin) || strings.HasSuffix(origin, ":") { // a path, a query, a user
		return "", errBadOrigin(text)
	}
	return withoutDefaultPort(strings.ToLower(origin)), nil
}

// withoutDefaultPort drops the port that browsers do not send along.
func withoutDefaultPort(origin string) string {
	if strings.HasPrefix(origin, "https://") {
		return strings.TrimSuffix(origin, ":443")
	}
	if strings.HasPrefix(origin, "http://") {
		return strings.TrimSuffix(origin, ":80")
	}
	return origin
}

func errBadOrigin(text string) error {
	return fmt.Errorf("must be origins of the form scheme://host[:port], without a path, separated by commas (%q is not)", text)
}

// elements splits a comma separated list and drops what is blank.
func elements(text string) []string {
	var list []string
	for element := range strings.SplitSeq(text, ",") {
		if element = strings.TrimSpace(element); element != "" {
			list = append(list, element)
		}
	}
	return list
}
