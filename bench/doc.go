// Package bench measures the real server: a process of its own, on each engine,
// driven by wrk over 16 connections, beside the least that could be done: pgbench
// sending the same SQL statements to the same PostgreSQL.
//
// `make bench` runs it and writes the tables of docs/performance.md. Machines
// differ and are noisy, so what counts are the ratios within one run: the rounds
// of the server and those of the floor take turns, and the middle one is taken.
package bench
