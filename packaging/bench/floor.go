package main

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// bare is the loop to compare with: so many workers, each of which signs, sends
// and confirms one file after the other over connections that are kept. It
// hashes what it sends. It has no journal, no states and no memory: a request
// that fails is made again after a moment, whatever the cause.
func bare(server, folder string, workers int) error {
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		return err
	}
	b := &bareLoop{server: server, client: newBareClient(workers)}
	work := make(chan task)
	var pool sync.WaitGroup
	for range workers {
		pool.Go(func() {
			for t := range work {
				b.upload(t)
			}
		})
	}
	const most = 500
	for len(files) > 0 {
		n := min(most, len(files))
		ids, err := b.register(files[:n])
		if err != nil {
			return err
		}
		for i, id := range ids {
			work <- task{files[i], id}
		}
		files = files[n:]
	}
	close(work)
	pool.Wait()
	return b.failed
}

func newBareClient(workers int) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 0, 2*workers
	return &http.Client{Transport: transport}
}

type task struct{ path, id string }

type bareLoop struct {
	server string
	client *http.Client

	mu     sync.Mutex
	failed error
}

// again makes a request until it is answered well.
func (b *bareLoop) again(request func() error) bool {
	var err error
	for range 200 {
		if err = request(); err == nil {
			return true
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.mu.Lock()
	b.failed = err
	b.mu.Unlock()
	return false
}

func (b *bareLoop) upload(t task) {
	var to struct {
		URL string `json:"upload_url"`
	}
	uploads := "/api/v2/teams/bench/items/uploads/" + t.id
	_ = b.again(func() error { return b.ask(http.MethodGet, uploads+"/sign", nil, &to) }) &&
		b.again(func() error { return b.put(to.URL, t.path) }) &&
		b.again(func() error { return b.ask(http.MethodPost, uploads+"/confirm", []byte("{}"), nil) })
}

func (b *bareLoop) put(url, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum := md5.New()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPut, url, io.NopCloser(io.TeeReader(f, sum)))
	if err != nil {
		return err
	}
	r.ContentLength = info.Size()
	header, err := b.do(r, nil)
	if err == nil && strings.Trim(header.Get("ETag"), `"`) != hex.EncodeToString(sum.Sum(nil)) {
		err = fmt.Errorf("storage holds something else")
	}
	return err
}

func (b *bareLoop) register(files []string) ([]string, error) {
	type slot struct {
		Name   string `json:"slot_name"`
		File   string `json:"file_name,omitempty"`
		Upload string `json:"upload_id,omitempty"`
	}
	type item struct {
		Name  string `json:"name"`
		Path  string `json:"path"`
		Slots []slot `json:"slots"`
	}
	items := make([]item, len(files))
	for i, path := range files {
		name := filepath.Base(path)
		items[i] = item{name, "/", []slot{{Name: "0", File: name}}}
	}
	body, err := json.Marshal(map[string]any{"dataset_slug": "files", "items": items})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Items []item `json:"items"`
	}
	if !b.again(func() error {
		return b.ask(http.MethodPost, "/api/v2/teams/bench/items/register_upload", body, &answer)
	}) {
		return nil, b.failed
	}
	ids := make([]string, len(answer.Items))
	for i, item := range answer.Items {
		ids[i] = item.Slots[0].Upload
	}
	return ids, nil
}

func (b *bareLoop) ask(method, path string, body []byte, answer any) error {
	r, err := http.NewRequestWithContext(context.Background(), method, b.server+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	_, err = b.do(r, answer)
	return err
}

func (b *bareLoop) do(r *http.Request, answer any) (http.Header, error) {
	resp, err := b.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s", resp.Status)
	}
	if err == nil && answer != nil {
		err = json.Unmarshal(text, answer)
	}
	return resp.Header, err
}
