package api

import (
	"context"
	"net/netip"
	"strings"
	"testing"
)

func prefixes(texts ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

func TestTheClientIsFoundBehindTrustedProxiesOnly(t *testing.T) {
	proxies := prefixes("10.0.0.0/8", "fd00::/8", "127.0.0.1/32")
	for name, test := range map[string]struct {
		remote    string
		forwarded []string
		want      string
	}{
		"no header":                         {"203.0.113.7:4711", nil, "203.0.113.7"},
		"a stranger's header":               {"203.0.113.7:4711", []string{"198.51.100.1"}, "203.0.113.7"},
		"a proxy without a header":          {"10.0.0.1:80", nil, "10.0.0.1"},
		"one proxy":                         {"10.0.0.1:80", []string{"198.51.100.1"}, "198.51.100.1"},
		"what the client made up":           {"10.0.0.1:80", []string{"1.1.1.1, 10.0.0.9, 198.51.100.1"}, "198.51.100.1"},
		"two proxies":                       {"10.0.0.1:80", []string{"1.1.1.1,198.51.100.1 , 10.2.3.4"}, "198.51.100.1"},
		"several headers are one list":      {"10.0.0.1:80", []string{"1.1.1.1", "198.51.100.1", "10.2.3.4, 10.2.3.5"}, "198.51.100.1"},
		"nobody but proxies":                {"10.0.0.1:80", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		"garbage ends the walk":             {"10.0.0.1:80", []string{"198.51.100.1, unknown, 10.0.0.2"}, "10.0.0.2"},
		"nothing but garbage":               {"10.0.0.1:80", []string{"_hidden"}, "10.0.0.1"},
		"an empty place ends the walk":      {"10.0.0.1:80", []string{"198.51.100.1, "}, "10.0.0.1"},
		"an empty header ends the walk":     {"10.0.0.1:80", []string{"198.51.100.1", ""}, "10.0.0.1"},
		"too long an address":               {"10.0.0.1:80", []string{"198.51.100.1.1"}, "10.0.0.1"},
		"leading zeros":                     {"10.0.0.1:80", []string{"198.051.100.001"}, "10.0.0.1"},
		"a port":                            {"10.0.0.1:80", []string{"198.51.100.1:65535"}, "198.51.100.1"},
		"a port that is none":               {"10.0.0.1:80", []string{"198.51.100.1:65536"}, "10.0.0.1"},
		"a loopback proxy":                  {"127.0.0.1:80", []string{"198.51.100.1"}, "198.51.100.1"},
		"IPv6":                              {"[2001:db8:1:2:3:4:5:6]:80", nil, "2001:db8:1:2::/64"},
		"IPv6 forwarded":                    {"10.0.0.1:80", []string{"2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"},
		"IPv6 in brackets":                  {"10.0.0.1:80", []string{"[2001:db8:1:2::1]"}, "2001:db8:1:2::/64"},
		"IPv6 in brackets, with a port":     {"10.0.0.1:80", []string{"[2001:db8:1:2::1]:443"}, "2001:db8:1:2::/64"},
		"IPv6 with a zone":                  {"[fe80::1%eth0]:80", nil, "fe80::/64"},
		"IPv6 with a zone, forwarded":       {"10.0.0.1:80", []string{"fe80::1%25"}, "fe80::/64"},
		"half a bracket":                    {"10.0.0.1:80", []string{"[2001:db8::1"}, "10.0.0.1"},
		"IPv6 proxy":                        {"[fd00::1]:80", []string{"198.51.100.1"}, "198.51.100.1"},
		"IPv6 proxy with a zone":            {"[fd00::1%eth0]:80", []string{"198.51.100.1"}, "198.51.100.1"},
		"IPv4 in IPv6 clothes":              {"[::ffff:203.0.113.7]:80", nil, "203.0.113.7"},
		"IPv4 proxy in IPv6 clothes":        {"[::ffff:10.0.0.1]:80", []string{"198.51.100.1"}, "198.51.100.1"},
		"IPv4 in IPv6 clothes, forwarded":   {"10.0.0.1:80", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		"this machine":                      {"[::1]:80", nil, "::1"},
		"a connection without an address":   {"@", []string{"198.51.100.1"}, ""},
		"two hops in one place":             {"10.0.0.1:80", []string{"198.51.100.1 10.0.0.2"}, "10.0.0.1"},
		"a header that other proxies write": {"10.0.0.1:80", []string{"for=198.51.100.1"}, "10.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clientName(clientOf(test.remote, test.forwarded, proxies)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestOutsideOfARequestThereIsNoClientAddress(t *testing.T) {
	if got := ClientAddress(context.Background()); got != "" {
		t.Errorf("got %q", got)
	}
}

func FuzzClientAddress(f *testing.F) {
	f.Add("10.0.0.1:80", "198.51.100.1, 10.0.0.2", "10.0.0.3")
	f.Add("[::1]:80", "[2001:db8::1]:443", "")
	f.Add("@", ",,", "[")
	f.Add("203.0.113.7:1", "[]:0", "%")
	proxies := prefixes("0.0.0.0/1", "8000::/1")
	f.Fuzz(func(t *testing.T, remote, first, second string) {
		alone := clientOf(remote, nil, nil)
		if got := clientOf(remote, []string{first, second}, nil); got != alone {
			t.Fatalf("nobody is trusted, and %q, %q made %v of %v", first, second, got, alone)
		}
		got := clientOf(remote, []string{first, second}, proxies)
		if got != alone && !isTrusted(alone, proxies) {
			t.Fatalf("%v is not trusted, and %q, %q made %v of it", alone, first, second, got)
		}
		if got.Zone() != "" || got.Is4In6() || got.IsValid() == (clientName(got) == "") {
			t.Fatalf("the client is %v, named %q", got, clientName(got))
		}
		if joined := clientOf(remote, []string{first + "," + second}, proxies); joined != got {
			t.Fatalf("two headers give %v, one list %v", got, joined)
		}
		if own := strings.ReplaceAll(first, ",", " "); isTrusted(alone, proxies) {
			// Whatever the client wrote before, the proxy's word is the last.
			if last := clientOf(remote, []string{own, "192.0.2.1"}, proxies); last != netip.MustParseAddr("192.0.2.1") {
				t.Fatalf("%q made %v of the client", own, last)
			}
		}
	})
}
