// Package pace decides how much is sent at once, how fast, and when.
//
// A Crew holds the places of those who sign, send and confirm. Its number of
// files at once is a person's choice, or found out: see Tuner for the rule, and
// ceiling for what happens when a server says that it is too much. How many
// sign and confirm meanwhile follows from how long a call takes (Little's law):
// as many as keep the senders busy, and never so many that all connections
// together are more than twice the files at once.
//
// A Throttle spreads bytes evenly over time for all transfers together. Hours
// are the times of the day at which anything is sent.
//
// The package knows neither HTTP nor Darwin: it is told when a call begins and
// how it ended.
//
// # Concurrency contract
//
// Crew and Throttle may be used from any goroutine, and start none. Their
// methods that take a context wait; no other method does. A Call belongs to
// the goroutine that made it, but for Moved. Tuner and ceiling are plain
// values that their owner guards; they read no clock.
package pace
