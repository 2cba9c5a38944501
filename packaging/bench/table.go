package main

import (
	"fmt"
	"io"
	"strings"
)

// table prints one row for each process, as soon as it is known.
type table struct{ out io.Writer }

func newTable(out io.Writer) table { return table{out} }

const format = "%-34s %-14s %8s %7s %7s %6s %8s %8s %7s\n"

func (t table) head() {
	fmt.Fprintf(t.out, format, "", "", "seconds", "x bare", "x line", "conns", "MiB peak", "CPU s", "refused")
}

// rows prints a scene's results; the ratios of the first to the others.
func (t table) rows(s scene, results []result) {
	floor := results[1]
	for _, r := range results[1:] {
		if r.workers == s.against || s.against == 0 && r.cost.Wall < floor.cost.Wall {
			floor = r
		}
	}
	for i, r := range results {
		name, who := "", fmt.Sprintf("bare, %d", r.workers)
		if i == 0 {
			name, who = s.name, "upload"
		}
		line := "-"
		if s.ideal > 0 {
			line = ratio(r.cost.Wall.Seconds(), s.ideal.Seconds())
		}
		refused := fmt.Sprintf("%.1f %%", 100*float64(r.refused)/float64(r.requests))
		if r.storedTwice > 0 {
			refused += fmt.Sprintf(" +%d", r.storedTwice)
		}
		fmt.Fprintf(t.out, format, name, who, fmt.Sprintf("%.2f", r.cost.Wall.Seconds()),
			ratio(r.cost.Wall.Seconds(), floor.cost.Wall.Seconds()), line, fmt.Sprint(r.conns),
			fmt.Sprintf("%.1f", float64(r.cost.Peak)/(1<<20)),
			fmt.Sprintf("%.2f", r.cost.CPU.Seconds()), refused)
	}
	up := results[0]
	total := float64(int64(s.files) * s.size)
	fmt.Fprintf(t.out, "%-34s CPU %s x bare of %d, %.2f s a GB; %s\n", "", ratio(up.cost.CPU.Seconds(), floor.cost.CPU.Seconds()),
		floor.workers, up.cost.CPU.Seconds()/total*1e9, s.claim)
}

// figure prints a row of another kind.
func (t table) figure(name, value, claim string) {
	fmt.Fprintln(t.out, strings.TrimRight(fmt.Sprintf("%-34s %s  %s", name, value, claim), " "))
}

func ratio(a, b float64) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", a/b)
}
