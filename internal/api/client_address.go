package api

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

const (
	forwardedFor   = "X-Forwarded-For"
	forwardedProto = "X-Forwarded-Proto"
)

// ClientAddress is where the request comes from, as it is told apart from
// others: an IPv4 address, or an IPv6 network such as "2001:db8:1:2::/64". It
// is empty outside of a request.
func ClientAddress(ctx context.Context) string {
	return clientName(requestOf(ctx).client)
}

// clientName makes one client of an IPv6 network: who has one address of a /64
// has all of them.
func clientName(client netip.Addr) string {
	switch {
	case !client.IsValid():
		return ""
	case client.Is4(), client.IsLoopback():
		return client.String()
	default:
		return netip.PrefixFrom(client, ipv6Network).Masked().String()
	}
}

const ipv6Network = 64

// withClient notes the address of the client, and whether it came by TLS.
func withClient(trusted []netip.Prefix) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			this := requestOf(r.Context())
			this.client = clientOf(r.RemoteAddr, r.Header.Values(forwardedFor), trusted)
			this.encrypted = r.TLS != nil || forwardedByTLS(r, trusted)
			next.ServeHTTP(w, r)
		})
	}
}

// clientOf walks from the connection to the client, from one hop to the one
// that it names, for as long as the hop is believed. What cannot be read ends
// the walk: what stands before it may be the client's own invention.
func clientOf(remote string, forwarded []string, trusted []netip.Prefix) netip.Addr {
	client, _ := parseHop(remote) // of a connection without an address nobody is the client
	for _, header := range slices.Backward(forwarded) {
		for more := true; more; {
			if !isTrusted(client, trusted) {
				return client
			}
			end := strings.LastIndexByte(header, ',')
			hop, ok := parseHop(header[end+1:])
			if !ok {
				return client
			}
			client, more = hop, end >= 0
			header = header[:max(end, 0)]
		}
	}
	return client
}

// forwardedByTLS believes a proxy that is trusted. Of several hops one is enough:
// a cookie that is too careful is better than one that is not careful enough.
func forwardedByTLS(r *http.Request, trusted []netip.Prefix) bool {
	said := strings.Join(r.Header.Values(forwardedProto), ",")
	if said == "" {
		return false
	}
	proxy, _ := parseHop(r.RemoteAddr)
	return isTrusted(proxy, trusted) && slices.ContainsFunc(strings.Split(said, ","), func(proto string) bool {
		return strings.EqualFold(strings.TrimSpace(proto), "https")
	})
}

func isTrusted(hop netip.Addr, trusted []netip.Prefix) bool {
	return slices.ContainsFunc(trusted, func(network netip.Prefix) bool { return network.Contains(hop) })
}

// parseHop reads an address with or without port and brackets, in its plain
// form: a zone means something to one machine only.
func parseHop(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	addr, err := netip.ParseAddr(text)
	if err != nil {
		var withPort netip.AddrPort
		if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
			text += ":0"
		}
		withPort, err = netip.ParseAddrPort(text)
		addr = withPort.Addr()
	}
	return addr.Unmap().WithZone(""), err == nil
}
