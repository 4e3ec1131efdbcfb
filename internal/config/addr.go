package config

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
)

const metricsAddr = "METRICS_ADDR"

// parseAddr accepts a port, and an address with one. Port 0, which lets the
// system choose, must be asked for as an address, so that it is no slip.
func parseAddr(text string) (string, error) {
	host, port, least := "", text, uint64(1)
	if strings.Contains(text, ":") {
		var err error
		if host, port, err = net.SplitHostPort(text); err != nil {
			return "", errBadAddr()
		}
		least = 0
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil || number < least || strings.ContainsAny(host, " \t/@") {
		return "", errBadAddr()
	}
	return net.JoinHostPort(host, strconv.FormatUint(number, 10)), nil
}

func errBadAddr() error {
	return errors.New("must be a port number from 1 to 65535, or an address such as 127.0.0.1:5000")
}

// checkMetricsAddr tells what would otherwise look like another program's doing.
func (l *loader) checkMetricsAddr() {
	if l.anyWrong("PORT", metricsAddr) || l.config.MetricsAddr != l.config.Addr {
		return
	}
	if !strings.HasSuffix(l.config.Addr, ":0") {
		l.reject(metricsAddr, fmt.Errorf("must be another address than PORT (%s)", l.config.given["PORT"].shown))
	}
}
