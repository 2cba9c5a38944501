package main

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// world is what lies between a computer and Darwin, and how Darwin behaves.
type world struct {
	api, storage time.Duration // latency of each call
	perConn      int           // bytes per second that one connection takes, 0: any
	bandwidth    int           // bytes per second of the way to Darwin, 0: any
	trip         time.Duration // a round trip on that way
	atOnce       int           // requests answered at once, more get 503; 0: any
	bad          float64       // share of requests that fail
}

// server is a Darwin and its storage.
type server struct {
	world
	http     *http.Server
	url      string
	line     *line // nil: there is none in between
	inFlight atomic.Int64
	next     atomic.Int64

	conns, requests, refused, stores atomic.Int64

	mu    sync.Mutex
	names map[string]int64 // bytes stored, by upload
	done  map[string]bool  // confirmed
}

func startServer(w world) (*server, error) {
	raw, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{world: w, url: "http://" + raw.Addr().String(), names: map[string]int64{}, done: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/users/token_info", s.reply(`{"selected_team":{"id":1,"name":"Bench","slug":"bench"}}`))
	mux.HandleFunc("GET /api/datasets", s.reply(`[{"id":1,"name":"Files","slug":"files","team_slug":"bench","version":2}]`))
	mux.HandleFunc("POST /api/v2/teams/bench/items/register_upload", s.call(s.register))
	mux.HandleFunc("GET /api/v2/teams/bench/items/uploads/{id}/sign", s.call(s.sign))
	mux.HandleFunc("POST /api/v2/teams/bench/items/uploads/{id}/confirm", s.call(s.confirm))
	mux.HandleFunc("PUT /store/{id}", s.store)
	s.http = &http.Server{
		Handler: mux, ErrorLog: log.New(io.Discard, "", 0),
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				s.conns.Add(1)
			}
		},
	}
	if w.bandwidth > 0 {
		if s.line, err = newLine(raw.Addr().String(), w.bandwidth, w.trip); err != nil {
			return nil, err
		}
		s.url = "http://" + s.line.Addr().String()
	}
	go func() { _ = s.http.Serve(narrowing{raw, w.perConn}) }()
	return s, nil
}

func (s *server) close() {
	if s.line != nil {
		s.line.close()
	}
	_ = s.http.Close()
}

// admit counts a request and says whether it is to be answered.
func (s *server) admit(w http.ResponseWriter, mayCut bool) (leave func(), ok bool) {
	s.requests.Add(1)
	n := s.inFlight.Add(1)
	leave = func() { s.inFlight.Add(-1) }
	busy := s.atOnce > 0 && int(n) > s.atOnce
	if !busy && rand.Float64() >= s.bad {
		return leave, true
	}
	leave()
	s.refused.Add(1)
	if !busy && mayCut && rand.IntN(2) == 0 {
		panic(http.ErrAbortHandler)
	}
	http.Error(w, `{"errors":{"server":["is busy"]}}`, http.StatusServiceUnavailable)
	return nil, false
}

func (s *server) reply(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		s.requests.Add(1)
		time.Sleep(s.api)
		_, _ = io.WriteString(w, text)
	}
}

func (s *server) call(handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		leave, ok := s.admit(w, r.Method == http.MethodGet)
		if !ok {
			return
		}
		defer leave()
		time.Sleep(s.api)
		w.Header().Set("Content-Type", "application/json")
		handle(w, r)
	}
}

func (s *server) register(w http.ResponseWriter, r *http.Request) {
	type slot struct {
		Name   string `json:"slot_name"`
		Upload string `json:"upload_id"`
	}
	type item struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Path  string `json:"path"`
		Slots []slot `json:"slots"`
	}
	var items struct {
		Items   []item `json:"items"`
		Blocked []item `json:"blocked_items"`
	}
	if err := json.NewDecoder(r.Body).Decode(&items); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	items.Blocked = []item{}
	for i := range items.Items {
		n := s.next.Add(1)
		items.Items[i].ID = fmt.Sprintf("00000000-0000-4000-8000-%012d", n)
		items.Items[i].Slots = []slot{{"0", fmt.Sprint("up", n)}}
	}
	_ = json.NewEncoder(w).Encode(items)
}

func (s *server) sign(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, `{"upload_url":"%s/store/%s?signature=%032d"}`, s.url, r.PathValue("id"), 7)
}

func (s *server) confirm(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := r.PathValue("id")
	if _, ok := s.names[id]; !ok {
		http.Error(w, `{"errors":{"file":["is not there"]}}`, http.StatusUnprocessableEntity)
		return
	}
	s.done[id] = true
	_, _ = io.WriteString(w, "{}")
}

// store takes a file, hashes it as real storage does, and answers with the hash.
func (s *server) store(w http.ResponseWriter, r *http.Request) {
	leave, ok := s.admit(w, true)
	if !ok {
		return
	}
	defer leave()
	s.stores.Add(1)
	h := md5.New()
	n, err := io.Copy(h, r.Body)
	if err != nil || n != r.ContentLength {
		http.Error(w, "incomplete", http.StatusBadRequest)
		return
	}
	time.Sleep(s.storage)
	s.mu.Lock()
	s.names[r.PathValue("id")] = n
	s.mu.Unlock()
	w.Header().Set("ETag", `"`+hex.EncodeToString(h.Sum(nil))+`"`)
}

// arrived is how many files are there, whole and confirmed.
func (s *server) arrived(size int64) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for id := range s.done {
		if s.names[id] == size {
			n++
		}
	}
	return n
}
