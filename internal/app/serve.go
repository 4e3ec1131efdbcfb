package app

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	idleTimeout = 2 * time.Minute
	// stopTimeout is how long requests in flight may take to finish.
	stopTimeout = 15 * time.Second
)

// Serve answers requests on the listener until the context ends; then it says
// that it is not ready, goes on for the drain delay, stops accepting, lets the
// requests in flight finish, and returns.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	server := a.newServer(a.metrics.InFlight(a.leave.sendAway(a.API)))
	background, stopJobs := context.WithCancel(context.WithoutCancel(ctx))
	var jobs sync.WaitGroup
	jobs.Go(func() { a.jobs.Run(background) })
	jobs.Go(func() { a.Events.Run(background) })
	defer jobs.Wait()
	defer stopJobs()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	over := a.leave.begin()
	a.log.Info("leaving", "stops_in", a.leave.delay.String())
	select {
	case err := <-failed:
		return err
	case <-over:
	}
	a.log.Info("stopping")
	stopJobs()
	a.Events.Close() // their clients come back, to another node
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err := server.Shutdown(finish)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.Join(errors.New("some requests did not finish in time"), server.Close())
	}
	return err
}

func (a *App) newServer(handler http.Handler) *http.Server {
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true) // for a proxy in front that speaks it
	return &http.Server{
		Handler:           handler,
		Protocols:         protocols,
		ReadHeaderTimeout: a.timeouts.Header,
		ReadTimeout:       a.timeouts.Upload,
		WriteTimeout:      a.timeouts.Answer,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(withoutAddresses{a.log}, "", 0),
	}
}
