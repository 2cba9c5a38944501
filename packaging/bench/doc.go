// Bench measures the program against a bare loop, side by side.
//
// It starts a small Darwin of its own, with latencies, narrow connections, a
// slow line or a bad temper put in between; sends the same files to it with the
// real program and with a bare pooled loop, each as a process of its own; and
// prints one table. What counts are the ratios, both sides of which come from
// one run on one machine: the seconds alone tell about the machine.
//
//	bench                     all of it, a few minutes
//	bench -quick              a few seconds, to see that it works
//	bench -only NAME          the rows whose name holds this
//	bench -program FILE       another program than the one built from this source
//
// It keeps nothing: files, journals and settings lie in a temporary folder.
package main
