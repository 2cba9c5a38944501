package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// scene is one row: the same files through the same world, by the program and
// by bare loops of several sizes.
type scene struct {
	name   string
	files  int
	size   int64
	world  world
	floors []int // workers of the bare loops
	// against is the one of them that the row is held against, 0: the fastest.
	against int
	// ideal is how long the line itself takes, 0 where it is not the limit.
	ideal time.Duration
	claim string
}

const (
	api     = 50 * time.Millisecond
	storing = 30 * time.Millisecond
	dsl     = 5_000_000 / 8 // bytes per second
)

func scenes(quick bool) []scene {
	all := []scene{
		{
			name: "small files, latency", files: 2000, size: 50 << 10, world: world{api: api, storage: storing},
			floors: []int{16, 32, 64, 128}, against: 64, claim: "at most 1.3 x 64 workers, under 60 MiB",
		}, {
			name: "large files, as fast as it goes", files: 20, size: 100 << 20,
			floors: []int{4, 16}, claim: "CPU at most 1.6 x, under 40 MiB",
		}, {
			name: "large files, 10 MB/s a connection", files: 20, size: 100 << 20, world: world{perConn: 10_000_000},
			floors: []int{16, 32}, claim: "at most 1.1 x the best",
		}, {
			name: "slow line, small files", files: 400, size: 50 << 10,
			world:  world{bandwidth: dsl, trip: 200 * time.Millisecond},
			floors: []int{16, 64}, claim: "within 15 % of the line, nothing twice",
		}, {
			name: "slow line, large files", files: 6, size: 4 << 20,
			world:  world{bandwidth: dsl, trip: 200 * time.Millisecond},
			floors: []int{16}, claim: "within 15 % of the line, nothing twice",
		}, {
			name: "busy: 503 above 8 at once", files: 1000, size: 50 << 10,
			world:  world{api: api, storage: storing, atOnce: 8},
			floors: []int{8, 16, 64}, against: 8, claim: "under 5 % refused",
		}, {
			name: "flaky: 5 % fail", files: 1000, size: 50 << 10, world: world{api: api, storage: storing, bad: 0.05},
			floors: []int{16, 64}, claim: "all arrive",
		},
	}
	for i := range all {
		s := &all[i]
		if quick {
			s.files, s.size = min(s.files, 20), min(s.size, 256<<10)
			s.floors = s.floors[:1]
			s.world.bandwidth *= 10
			s.world.trip /= 10
			if s.against != 0 {
				s.against = s.floors[0]
			}
		}
		if b := s.world.bandwidth; b > 0 {
			s.ideal = time.Duration(float64(int64(s.files)*s.size) / float64(b) * float64(time.Second))
		}
	}
	return all
}

// result is what one process did in a world.
type result struct {
	who                                   string
	workers                               int
	cost                                  cost
	arrived                               int
	conns, requests, refused, storedTwice int64
}

// play runs a scene.
func (b *bench) play(s scene) ([]result, error) {
	folder, err := b.files(s.files, s.size)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	results := make([]result, 0, 1+len(s.floors))
	r, err := b.in(s, func(url string) (cost, error) { return b.upload(url, folder) })
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	r.who = "upload"
	results = append(results, r)
	for _, workers := range s.floors {
		r, err := b.in(s, func(url string) (cost, error) {
			return run(b.scratch, nil, b.self, "bare", url, folder, fmt.Sprint(workers))
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		r.who, r.workers = "bare loop", workers
		results = append(results, r)
	}
	return results, nil
}

// in gives one run a world of its own.
func (b *bench) in(s scene, do func(url string) (cost, error)) (result, error) {
	server, err := startServer(s.world)
	if err != nil {
		return result{}, err
	}
	defer server.close()
	c, err := do(server.url)
	r := result{
		cost: c, arrived: server.arrived(s.size), conns: server.conns.Load(),
		requests: server.requests.Load(), refused: server.refused.Load(), storedTwice: server.stores.Load() - int64(s.files),
	}
	if err == nil && r.arrived != s.files {
		err = fmt.Errorf("%d of %d files arrived", r.arrived, s.files)
	}
	return r, err
}

// upload runs the program on a folder, with settings of its own.
func (b *bench) upload(url, folder string) (cost, error) {
	home, err := os.MkdirTemp(b.scratch, "home-")
	if err != nil {
		return cost{}, err
	}
	env := []string{
		"HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_DATA_HOME=" + home,
		"DARWIN_API_KEY=bench.key", "DARWIN_BASE_URL=" + url,
	}
	args := append([]string{b.program, "upload", "--json", "--no-wait", "--dataset", "files"}, b.args...)
	return run(b.scratch, append(env, b.env...), append(args, folder)...)
}

// files makes n files of a size, each different. They are mostly holes, and are
// read once: the disk is not what is measured, and the first to read them must
// not pay for the others.
func (b *bench) files(n int, size int64) (string, error) {
	folder, err := os.MkdirTemp(b.scratch, "files-")
	if err != nil {
		return "", err
	}
	for i := range n {
		f, err := os.Create(filepath.Join(folder, fmt.Sprintf("IMG_%05d.jpg", i)))
		if err != nil {
			return "", err
		}
		_, err = io.WriteString(f, fmt.Sprint("file ", i))
		if err == nil {
			err = f.Truncate(size)
		}
		if err == nil {
			_, err = f.Seek(0, io.SeekStart)
		}
		if err == nil {
			_, err = io.Copy(io.Discard, f)
		}
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return "", err
		}
	}
	return folder, nil
}
