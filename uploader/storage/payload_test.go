package storage

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/iotest"
	"time"

	"darwin-uploader/uploader/fault"
)

// script is a file that does what a test wants.
type script struct {
	io.Reader
	stat   func() (fs.FileInfo, error)
	closed int
}

func (s *script) Close() error { s.closed++; return nil }

func (s *script) Stat() (fs.FileInfo, error) { return s.stat() }

func (s *script) body(size int64) Body {
	return Body{Name: "x", Size: size, Open: func() (io.ReadCloser, error) { return s, nil }}
}

// infos gives one after the other, the last one for good.
func infos(list ...info) func() (fs.FileInfo, error) {
	i := -1
	return func() (fs.FileInfo, error) {
		i = min(i+1, len(list)-1)
		return list[i], nil
	}
}

// TestWhatHappensToTheFileDecides sends files that misbehave to a transport
// that takes everything and answers 200 if it gets everything.
func TestWhatHappensToTheFileDecides(t *testing.T) {
	early, late := time.Unix(1, 0), time.Unix(2, 0)
	text := func(s string) io.Reader { return bytes.NewReader([]byte(s)) }
	tests := []struct {
		name string
		file func() *script
		want fault.Kind // Unknown: stored
	}{
		{"as promised", func() *script { return &script{Reader: text("12345"), stat: infos(info{5, early})} }, fault.Unknown},
		{"byte by byte", func() *script {
			return &script{Reader: iotest.OneByteReader(text("12345")), stat: infos(info{5, early})}
		}, fault.Unknown},
		{"the last bytes come with the end", func() *script {
			return &script{Reader: iotest.DataErrReader(text("12345")), stat: infos(info{5, early})}
		}, fault.Unknown},
		{"another size before it is sent", func() *script { return &script{Reader: text("123456"), stat: infos(info{6, early})} }, fault.Changed},
		{"longer than it says", func() *script { return &script{Reader: text("123456"), stat: infos(info{5, early})} }, fault.Changed},
		{"shorter than it says", func() *script { return &script{Reader: text("1234"), stat: infos(info{5, early})} }, fault.Changed},
		{"written to meanwhile", func() *script { return &script{Reader: text("12345"), stat: infos(info{5, early}, info{5, late})} }, fault.Changed},
		{"gone bad in the middle", func() *script {
			return &script{Reader: io.MultiReader(text("123"), iotest.ErrReader(errors.New("bad sector"))), stat: infos(info{5, early})}
		}, fault.Unreadable},
		{"gone bad at the end", func() *script {
			return &script{Reader: io.MultiReader(text("12345"), iotest.ErrReader(errors.New("bad sector"))), stat: infos(info{5, early})}
		}, fault.Unreadable},
		{"tells nothing", func() *script {
			return &script{Reader: text("12345"), stat: func() (fs.FileInfo, error) { return nil, fs.ErrClosed }}
		}, fault.Unreadable},
	}
	for _, shape := range shapes {
		for _, tt := range tests {
			t.Run(shape.name+", "+tt.name, func(t *testing.T) {
				var got int64
				var failed error
				client := newClient(t, Config{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
					got, failed = io.Copy(io.Discard, r.Body)
					_ = r.Body.Close()
					if failed != nil {
						return nil, failed
					}
					if got != r.ContentLength {
						t.Errorf("%d bytes came, %d were announced", got, r.ContentLength)
					}
					return response(200, ""), nil
				})})
				file := tt.file()
				_, f := send(t, client, targetOf(shape.name, "https://s3.test"), file.body(5))
				if (tt.want == fault.Unknown) != (f == nil) || f != nil && f.Kind != tt.want {
					t.Fatalf("%v, want kind %v", f, tt.want)
				}
				if file.closed != 1 {
					t.Errorf("closed %d times", file.closed)
				}
			})
		}
	}
}

func TestAFileThatChangedIsNotRetriedAsTheNetworksFault(t *testing.T) {
	// The server answers with a refusal of its own when the body breaks off;
	// the file is what the person must hear of.
	server := startServer(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusBadRequest)
	})
	f := newFile(300_000)
	f.size = 300_001
	expectFault(t, newClient(t, Config{}), targetOf("PUT", server.URL), f, fault.Changed)
}

func TestAReadThatHangsDoesNotHangSend(t *testing.T) {
	hang := make(chan struct{})
	s := &script{stat: infos(info{10, time.Unix(1, 0)}), Reader: readerFunc(func([]byte) (int, error) { <-hang; return 0, io.ErrUnexpectedEOF })}
	server := startServer(t, func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
	client := newClient(t, Config{Stall: 50 * time.Millisecond})
	_, f := send(t, client, targetOf("PUT", server.URL), s.body(10))
	if f == nil || f.Kind != fault.Stalled || f.What != "The drive with the file gave no data for too long." {
		t.Errorf("gives %v", f)
	}
	close(hang)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestALargeFileIsNeverInMemory sends 256 MB that lie on no disk either.
func TestALargeFileIsNeverInMemory(t *testing.T) {
	const size = 256 << 20
	path := filepath.Join(t.TempDir(), "large.mp4")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Truncate(size); err != nil {
		t.Fatal(err)
	}
	_ = file.Close()
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			var announced, got int64
			server := startServer(t, func(w http.ResponseWriter, r *http.Request) {
				announced = r.ContentLength
				got, _ = io.Copy(io.Discard, r.Body)
				w.WriteHeader(shape.status)
			})
			client := newClient(t, Config{})
			body := Body{Name: "large.mp4", Size: size, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, f := send(t, client, targetOf(shape.name, server.URL), body); f != nil {
				t.Fatalf("%v (%s)", f, f.Detail)
			}
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
				t.Errorf("sending %d bytes allocated %d", size, used)
			}
			if got != announced || got < size || got > size+4096 {
				t.Errorf("%d bytes announced, %d came", announced, got)
			}
		})
	}
}

func TestTheLengthOfTheLargestFileIsStated(t *testing.T) {
	for _, shape := range shapes {
		var announced int64
		client := newClient(t, Config{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			announced = r.ContentLength
			_ = r.Body.Close()
			return nil, errors.New("not sent")
		})})
		f := newFile(1)
		f.size = MaxSize
		expectFault(t, client, targetOf(shape.name, "https://s3.test"), f, fault.Network)
		if announced < MaxSize || announced > MaxSize+4096 {
			t.Errorf("%s: %d bytes announced", shape.name, announced)
		}
	}
}

func ExampleTarget() {
	t := Target{URL: "https://s3.test/b", Fields: map[string]string{"policy": "secret"}}
	fmt.Printf("%v %+v %#v %s %d\n", t, t, t, t, t)
	// Output: storage target (form of 1 fields, redacted) storage target (form of 1 fields, redacted) storage target (form of 1 fields, redacted) storage target (form of 1 fields, redacted) storage target (form of 1 fields, redacted)
}
