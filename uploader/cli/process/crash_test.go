//go:build unix

package process

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/sandbox"
)

// crashesEnv says at how many seeded moments the program is killed, in place
// of the few that fit into every run.
const crashesEnv = "DARWIN_UPLOADER_CRASHES"

const fewCrashes = 12

// crash is one seeded upload that is killed before it is done.
type crash struct {
	*testing.T
	random  *rand.Rand
	sandbox *sandbox.Sandbox
	slug    string
	home    string // with the journal
	dir     string
	sums    map[string]string
}

func newCrash(t *testing.T, seed uint64) *crash {
	c := &crash{
		T: t, random: rand.New(rand.NewPCG(seed, 15)), sandbox: startDarwin(t, sandbox.Config{}),
		slug: []string{v1, v2}[seed%2], home: openFolder(t), dir: filepath.Join(t.TempDir(), "May"), sums: map[string]string{},
	}
	// Slow enough that there is time to be killed in every step.
	c.sandbox.Inject(sandbox.Fault{Latency: 2 * time.Millisecond})
	for i := range 20 + c.random.IntN(120) {
		name := fmt.Sprintf("%03d.jpg", i)
		content := []byte(strings.Repeat(name, 1+c.random.IntN(20_000)))
		write(t, filepath.Join(c.dir, name), content)
		sum := sha256.Sum256(content)
		c.sums[name] = hex.EncodeToString(sum[:])
	}
	return c
}

func (c *crash) launch(args ...string) *process {
	s := uploadTo(c.sandbox, append([]string{"--json", "-d", c.slug}, args...)...)
	s.env = append(s.env, "DARWIN_UPLOADER_HOME="+c.home)
	return launch(c.T, s)
}

// killed kills a run when Darwin has seen so many more requests as the seed
// says, or lets it end if it is sooner.
func (c *crash) killed(args ...string) {
	c.Helper()
	// One for each step of each file, and a few more.
	moment := len(c.sandbox.Requests()) + c.random.IntN(3*len(c.sums)+10)
	p := c.launch(args...)
	ended := make(chan ended, 1)
	go func() { ended <- p.wait() }()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case e := <-ended:
			if e.code != cli.ExitDone {
				c.Errorf("it ended by itself with %d: %s%s", e.code, e.out, e.err)
			}
			return
		case <-tick.C:
		}
		if len(c.sandbox.Requests()) >= moment {
			p.signal(os.Kill)
			<-ended
			return
		}
	}
}

// arrived checks that each file is in Darwin once and whole.
func (c *crash) arrived() {
	c.Helper()
	items := c.sandbox.Items(c.slug)
	if len(items) != len(c.sums) {
		c.Errorf("there are %d items of %d files", len(items), len(c.sums))
	}
	seen := map[string]bool{}
	for _, item := range items {
		if seen[item.Name] || item.SHA256 != c.sums[item.Name] || item.Status == "uploading" || item.Confirms == 0 {
			c.Errorf("%+v", item)
		}
		seen[item.Name] = true
	}
}

func TestAtWhateverMomentItIsKilledEveryFileArrivesOnce(t *testing.T) {
	crashes := fewCrashes
	if more, err := strconv.Atoi(os.Getenv(crashesEnv)); err == nil {
		crashes = more
	}
	for seed := range uint64(crashes) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			c := newCrash(t, seed)
			c.killed(c.dir)
			if c.random.IntN(3) == 0 { // and once more on the way
				c.killed("--resume")
			}
			end := c.launch("--resume").wait()
			if r := end.result(t); r.Files == 0 && len(c.sandbox.Items(c.slug)) == 0 {
				end = c.launch(c.dir).wait() // it was killed before it began
			}
			if end.code != cli.ExitDone {
				t.Errorf("it ends with %d: %s%s", end.code, end.out, end.err)
			}
			c.arrived()
			requests := len(c.sandbox.Requests())
			if end := c.launch("--resume").wait(); end.code != cli.ExitDone || end.result(t).Files != 0 {
				t.Errorf("something is left: exit %d: %s%s", end.code, end.out, end.err)
			}
			if n := len(c.sandbox.Requests()) - requests; n > 3 {
				t.Errorf("there was nothing to do, and it made %d requests", n)
			}
		})
	}
}
