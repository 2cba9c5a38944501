package toxic

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/sandbox"
	"darwin-uploader/uploader/storage"
)

// The demo's datasets of both versions.
var slugs = map[string]string{"version 1": "old-archive", "version 2": "camera-traps-2026"}

// link is the way to one of the two that the engine talks to.
type link string

const (
	api    link = "api"
	bucket link = "bucket"
)

// toxin is something that is wrong with a link. up is what the engine sends,
// down what it is sent; share is of the connections.
type toxin struct {
	on     link
	kind   string
	stream string // upstream or downstream
	share  float32
	set    map[string]int
}

// network is the links.
type network struct {
	*testing.T
	links map[link]*toxiproxy.Proxy
	n     int
}

func newNetwork(t *testing.T, to string) *network {
	quiet := zerolog.Nop()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), quiet)
	n := &network{T: t, links: map[link]*toxiproxy.Proxy{}}
	for _, l := range []link{api, bucket} {
		p := toxiproxy.NewProxy(server, string(l), "127.0.0.1:0", to)
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(p.Stop)
		n.links[l] = p
	}
	return n
}

// add makes a link bad until remove is called.
func (n *network) add(x toxin) (remove func()) {
	n.Helper()
	n.n++
	name := fmt.Sprint(x.kind, n.n)
	text, err := json.Marshal(map[string]any{"name": name, "type": x.kind, "stream": x.stream, "toxicity": x.share, "attributes": x.set})
	if err != nil {
		n.Fatal(err)
	}
	toxics := n.links[x.on].Toxics
	if _, err := toxics.AddToxicJson(strings.NewReader(string(text))); err != nil {
		n.Fatal(err)
	}
	return func() {
		if err := toxics.RemoveToxic(context.Background(), name); err != nil {
			n.Error(err)
		}
	}
}

// through makes every connection go by a link.
func (n *network) through(l link) *http.Transport {
	address := n.links[l].Listen
	t := &http.Transport{MaxIdleConnsPerHost: 16, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
	n.Cleanup(t.CloseIdleConnections)
	return t
}

// rig is an engine that reaches its sandbox by bad links only.
type rig struct {
	*network
	sandbox *sandbox.Sandbox
	engine  *uploader.Engine
	dataset darwin.Dataset
	sums    map[string]string
	items   []uploader.Item
}

func newRig(t *testing.T, slug string, files int) *rig {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	address, err := url.Parse(sb.URL())
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{network: newNetwork(t, address.Host), sandbox: sb, sums: map[string]string{}}
	server, err := darwin.ParseServer(sb.URL())
	if err != nil {
		t.Fatal(err)
	}
	client, err := darwin.New(darwin.Config{Server: server, Key: sb.Key(), Transport: r.through(api), Timeout: 2 * time.Second, RegisterTimeout: 3 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	send := storage.New(storage.Config{Transport: r.through(bucket), Stall: 1500 * time.Millisecond})
	r.engine = uploader.New(uploader.Config{
		Darwin: client, Storage: send, Workers: 6,
		Patience: uploader.Patience{Tries: 15, FirstPause: 10 * time.Millisecond, MaxPause: 200 * time.Millisecond},
	})
	all, err := client.Datasets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Slug == slug {
			r.dataset = d
		}
	}
	r.write(files)
	return r
}

// write makes files of up to 150 KB.
func (r *rig) write(n int) {
	r.Helper()
	dir, dice := r.TempDir(), rand.New(rand.NewPCG(1, 2))
	noise := rand.NewChaCha8([32]byte{3})
	for i := range n {
		name := fmt.Sprintf("%03d.jpg", i)
		content := make([]byte, 1+dice.IntN(150_000))
		_, _ = noise.Read(content) // never fails
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			r.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			r.Fatal(err)
		}
		sum := sha256.Sum256(content)
		r.sums[name] = hex.EncodeToString(sum[:])
		r.items = append(r.items, uploader.Item{Path: path, Size: info.Size(), ModTime: info.ModTime(), Name: name, Folder: "/in"})
	}
}

func (r *rig) start() *uploader.Batch {
	r.Helper()
	b, err := r.engine.Start(r.Context(), uploader.Plan{Dataset: r.dataset, Items: r.items})
	if err != nil {
		r.Fatal(err)
	}
	return b
}

// exactlyOnce waits for the end and checks that each file is there once and
// whole, and was confirmed only when storage had it.
func (r *rig) exactlyOnce(b *uploader.Batch) {
	r.Helper()
	select {
	case <-b.Done():
	case <-time.After(2 * time.Minute):
		r.Fatalf("it does not end: %+v", b.Snapshot())
	}
	if s := b.Snapshot(); s.Counts[uploader.InDarwin] != len(r.items) || s.Problem != nil {
		for i, status := range b.Statuses(nil) {
			if status.Problem != nil {
				r.Errorf("%s ends as %v: %v (%s)", r.items[i].Name, status.State, status.Problem, status.Problem.Detail)
				break
			}
		}
		r.Errorf("it ends as %+v", s)
	}
	seen := map[string]bool{}
	for _, item := range r.sandbox.Items(r.dataset.Slug) {
		if seen[item.Name] || item.SHA256 != r.sums[item.Name] || item.Stores == 0 || item.Confirms == 0 {
			r.Errorf("seen before is %v: %+v", seen[item.Name], item)
		}
		seen[item.Name] = true
	}
	if len(seen) != len(r.items) {
		r.Errorf("%d of %d files are there", len(seen), len(r.items))
	}
	for _, q := range r.sandbox.Requests() {
		if q.Call == sandbox.Confirm && q.Status == http.StatusUnprocessableEntity { // the sandbox's word for it
			r.Error("a file was confirmed before storage had it")
		}
	}
}

func TestEveryFileArrivesOnceThroughABadNetwork(t *testing.T) {
	up, down := "upstream", "downstream"
	for name, toxins := range map[string][]toxin{
		"latency and jitter": {
			{api, "latency", down, 1, map[string]int{"latency": 60, "jitter": 50}}, {bucket, "latency", up, 1, map[string]int{"latency": 60, "jitter": 50}},
			{bucket, "latency", down, 1, map[string]int{"latency": 60, "jitter": 50}},
		},
		"little bandwidth":                 {{bucket, "bandwidth", up, 1, map[string]int{"rate": 300}}, {api, "bandwidth", down, 1, map[string]int{"rate": 20}}},
		"resets while bodies are sent":     {{bucket, "reset_peer", up, 0.4, map[string]int{"timeout": 30}}, {bucket, "bandwidth", up, 1, map[string]int{"rate": 2000}}},
		"resets before answers are read":   {{api, "reset_peer", down, 0.3, map[string]int{"timeout": 20}}, {bucket, "reset_peer", down, 0.3, map[string]int{"timeout": 20}}},
		"tiny packets":                     {{bucket, "slicer", up, 1, map[string]int{"average_size": 700, "size_variation": 300, "delay": 50}}, {api, "slicer", up, 1, map[string]int{"average_size": 20, "size_variation": 10, "delay": 10}}, {api, "slicer", down, 1, map[string]int{"average_size": 20, "size_variation": 10, "delay": 10}}},
		"connections that end too soon":    {{bucket, "limit_data", up, 0.5, map[string]int{"bytes": 40_000}}, {api, "limit_data", down, 0.3, map[string]int{"bytes": 900}}},
		"connections that hang, then end":  {{bucket, "timeout", up, 0.3, map[string]int{"timeout": 400}}, {api, "timeout", down, 0.2, map[string]int{"timeout": 400}}},
		"connections that hang for good":   {{bucket, "timeout", up, 0.15, map[string]int{"timeout": 0}}},
		"connections that are slow to end": {{bucket, "slow_close", down, 1, map[string]int{"delay": 300}}, {bucket, "limit_data", down, 0.3, map[string]int{"bytes": 60}}},
	} {
		for version, slug := range slugs {
			t.Run(name+", "+version, func(t *testing.T) {
				t.Parallel() // most of it is waiting
				r := newRig(t, slug, 40)
				for _, x := range toxins {
					r.add(x)
				}
				r.exactlyOnce(r.start())
			})
		}
	}
}

// until waits for what the engine comes to by itself.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	late := time.After(time.Minute)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("%s: not within a minute", what)
		}
	}
}

func TestABlackHoleThatGoesAwayCostsNothing(t *testing.T) {
	for version, slug := range slugs {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, slug, 40)
			r.add(toxin{bucket, "bandwidth", "upstream", 1, map[string]int{"rate": 500}})
			b := r.start()
			until(t, "something has arrived", func() bool { return b.Snapshot().Counts[uploader.InDarwin] > 0 })
			var back []func()
			for _, l := range []link{api, bucket} {
				for _, stream := range []string{"upstream", "downstream"} {
					back = append(back, r.add(toxin{l, "timeout", stream, 1, map[string]int{"timeout": 0}}))
				}
			}
			until(t, "it sees that the network is gone", func() bool { return b.Snapshot().Waiting != nil })
			for _, remove := range back {
				remove()
			}
			b.TryNow()
			r.exactlyOnce(b)
			if s := b.Snapshot(); s.Counts.NeedYou() > 0 {
				t.Errorf("it ends as %+v", s)
			}
		})
	}
}
