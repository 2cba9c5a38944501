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

const fewCrashes = 16

// crash is one seeded upload that is killed before it is done.
type crash struct {
	*testing.T
	random  *rand.Rand
	sandbox *sandbox.Sandbox
	slug    string
	packs   bool   // small files go in packs, which are few and take long
	home    string // with the journal
	dir     string
	sums    map[string]string
}

func newCrash(t *testing.T, seed uint64) *crash {
	c := &crash{
		T: t, random: rand.New(rand.NewPCG(seed, 15)), sandbox: startDarwin(t, sandbox.Config{}),
		slug: []string{v1, v2}[seed%2], home: openFolder(t), dir: filepath.Join(t.TempDir(), "May"), sums: map[string]string{},
	}
	c.packs = seed%4 == 3
	// Slow enough that there is time to be killed in every step.
	c.sandbox.Inject(sandbox.Fault{Latency: 2 * time.Millisecond})
	c.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, BytesPerSecond: 30_000_000})
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
	if !c.packs {
		s.args = append(s.args, "--no-direct")
	}
	s.env = append(s.env, "DARWIN_UPLOADER_HOME="+c.home)
	return launch(c.T, s)
}

// killed kills a run when Darwin has seen so many more requests as the seed
// says, and some moments later where there are only few, or lets it end if it
// is sooner.
func (c *crash) killed(args ...string) {
	c.Helper()
	// One for each step of each file, and a few more.
	moment, then := len(c.sandbox.Requests())+c.random.IntN(3*len(c.sums)+10), time.Duration(0)
	if c.packs {
		moment, then = len(c.sandbox.Requests())+c.random.IntN(8), time.Duration(c.random.IntN(250))*time.Millisecond
	}
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
		if len(c.sandbox.Requests()) < moment {
			continue
		}
		select {
		case e := <-ended:
			ended <- e
		case <-time.After(then):
			p.signal(os.Kill)
			if e := <-ended; e.code >= 0 {
				c.Logf("it was sooner: exit %d", e.code)
			}
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

// The answer to a pack is all that is missing: its files are in Darwin, and the
// program does not know it.
func TestKilledBetweenAPackAndItsAnswerItSendsNothingTwice(t *testing.T) {
	c := newCrash(t, 3)
	done, killed := make(chan struct{}), make(chan struct{})
	c.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, After: 1, Times: 1, Rewrite: func(answer []byte) []byte {
		close(done)
		<-killed
		return answer
	}})
	p := c.launch(c.dir)
	select {
	case <-done:
	case <-time.After(patience):
		t.Error("no second pack comes")
	}
	p.signal(os.Kill)
	p.wait()
	close(killed)
	before := 0
	for _, item := range c.sandbox.Items(c.slug) {
		if item.Stores == 1 {
			before++
		}
	}
	if before <= 4 { // those of the trial
		t.Errorf("%d files have arrived", before)
	}
	end := c.launch("--resume").wait()
	if r := end.result(t); end.code != cli.ExitDone || r.Uploaded != len(c.sums) || len(r.Skipped) > 0 {
		t.Errorf("it ends with %d: %s%s", end.code, end.out, end.err)
	}
	c.arrived()
	for _, item := range c.sandbox.Items(c.slug) {
		if item.Stores != 1 {
			t.Errorf("%s was stored %d times", item.Name, item.Stores)
		}
	}
}
