package config

import (
	"errors"
	"fmt"
	"net/netip"
)

// parsePrefixes reads addresses and networks; an address is a network of one.
func parsePrefixes(text string) ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for _, element := range elements(text) {
		prefix, err := parsePrefix(element)
		if err != nil {
			return nil, fmt.Errorf("must be addresses or networks such as 10.0.0.0/8, separated by commas (%q is not)", element)
		}
		prefixes = append(prefixes, prefix)
	}
	return prefixes, nil
}

func parsePrefix(text string) (netip.Prefix, error) {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return plainIPv4(prefix).Masked(), nil
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	if addr.Zone() != "" {
		return netip.Prefix{}, errors.New("a network has no zone")
	}
	addr = addr.Unmap()
	return netip.PrefixFrom(addr, addr.BitLen()), nil
}

// plainIPv4 turns a network of IPv4 addresses in IPv6 clothes into the plain
// one, because clients' addresses are compared in their plain form.
func plainIPv4(prefix netip.Prefix) netip.Prefix {
	const clothes = 96
	if prefix.Addr().Is4In6() && prefix.Bits() >= clothes {
		return netip.PrefixFrom(prefix.Addr().Unmap(), prefix.Bits()-clothes)
	}
	return prefix
}
