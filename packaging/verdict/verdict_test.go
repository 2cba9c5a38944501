package main

import (
	"strings"
	"testing"
)

func TestOnlyFailuresSkipsAndPackagesArePrinted(t *testing.T) {
	for _, c := range []struct {
		name, events, want string
		count              Count
	}{
		{
			name: "a test that passes leaves its package's line",
			events: `{"Action":"run","Package":"a","Test":"TestX"}
{"Action":"output","Package":"a","Test":"TestX","Output":"=== RUN   TestX\n"}
{"Action":"output","Package":"a","Test":"TestX","Output":"    chatter\n"}
{"Action":"pass","Package":"a","Test":"TestX"}
{"Action":"output","Package":"a","Output":"PASS\n"}
{"Action":"output","Package":"a","Output":"ok  \ta\t0.1s\n"}
{"Action":"pass","Package":"a"}
`,
			want: "ok  \ta\t0.1s\n", count: Count{Passed: 1},
		},
		{
			name: "a test that fails is told whole",
			events: `{"Action":"output","Package":"a","Test":"TestX","Output":"=== RUN   TestX\n"}
{"Action":"output","Package":"a","Test":"TestX","Output":"    x_test.go:1: wrong\n"}
{"Action":"output","Package":"a","Test":"TestX","Output":"--- FAIL: TestX (0.00s)\n"}
{"Action":"fail","Package":"a","Test":"TestX"}
{"Action":"output","Package":"a","Output":"FAIL\ta\t0.1s\n"}
{"Action":"fail","Package":"a"}
`,
			want: "    x_test.go:1: wrong\n--- FAIL: TestX (0.00s)\nFAIL\ta\t0.1s\n", count: Count{Failed: 1},
		},
		{
			name: "a skipped test says why",
			events: `{"Action":"output","Package":"a","Test":"TestX","Output":"    x_test.go:1: no data\n"}
{"Action":"skip","Package":"a","Test":"TestX"}
{"Action":"skip","Package":"b"}
`,
			want: "    x_test.go:1: no data\n", count: Count{Skipped: 1},
		},
		{
			name: "a package that does not build is one failure",
			events: `{"ImportPath":"a","Action":"build-output","Output":"a/x.go:1: syntax\n"}
{"Action":"output","Package":"a","Output":"FAIL\ta [build failed]\n"}
{"Action":"fail","Package":"a"}
`,
			want: "a/x.go:1: syntax\nFAIL\ta [build failed]\n", count: Count{Failed: 1},
		},
		{
			name: "a package that panics tells what its unfinished test wrote",
			events: `{"Action":"output","Package":"a","Test":"TestX","Output":"panic: oh\n"}
{"Action":"fail","Package":"a"}
`,
			want: "panic: oh\n", count: Count{Failed: 1},
		},
		{name: "other lines are passed on", events: "ld: warning\n", want: "ld: warning\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			count, err := read(strings.NewReader(c.events), &out)
			if err != nil {
				t.Fatal(err)
			}
			if out.String() != c.want || count != c.count {
				t.Errorf("printed %q and counted %v, want %q and %v", out.String(), count, c.want, c.count)
			}
		})
	}
}

func TestTallyIsSummedUp(t *testing.T) {
	count, err := total(strings.NewReader("3 passed, 0 failed\n10 passed, 2 failed, 1 skipped\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Count{Passed: 13, Failed: 2, Skipped: 1}); count != want {
		t.Errorf("got %v, want %v", count, want)
	}
	if _, err := total(strings.NewReader("nonsense\n")); err == nil {
		t.Error("a damaged tally was read")
	}
}
