package storage

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox/bucket"
)

// TestContract is what holds for either shape of permission, against a bucket
// that verifies everything.
func TestContract(t *testing.T) {
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) { contract(t, shape) })
	}
}

func contract(t *testing.T, shape shape) {
	b, err := bucket.New(bucket.Config{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	base, _ := url.Parse(server.URL)
	client := newClient(t, Config{})
	now := func(key string) Target { return shape.target(b, base, key, time.Hour) }

	for _, n := range []int{1, 4095, 4096, 4097, 32 << 10, 1<<20 + 7} {
		t.Run(fmt.Sprintf("a file of %d bytes arrives whole", n), func(t *testing.T) {
			f, m, key := newFile(n), &meter{}, fmt.Sprint("whole/", n)
			stored, err := client.Send(t.Context(), now(key), f.body(), m.add)
			if err != nil {
				t.Fatal(err)
			}
			f.expectClosed(t)
			if sum := m.end(); sum != int64(n) || m.late {
				t.Errorf("progress told %d of %d bytes, late: %v", sum, n, m.late)
			}
			o, _ := b.Object(key)
			sum := md5.Sum(f.content)
			want := Stored{ETag: o.MD5, MD5: hex.EncodeToString(sum[:]), Bytes: int64(n)}
			if stored != want || stored.Verdict() != Same || o.Size != int64(n) {
				t.Errorf("Send gives %+v (%v), want %+v", stored, stored.Verdict(), want)
			}
		})
	}
	t.Run("keys with any characters", func(t *testing.T) {
		for _, key := range []string{`a b+c%d&e=f?g#h'"(1)~$!*,;:@.jpg`, "ünï/côdé/日本語.dcm", "a%2Fb", "%", "deep/" + fmt.Sprint(make([]int, 100))} {
			if _, f := send(t, client, now(key), newFile(10).body()); f != nil {
				t.Errorf("key %q: %v (%s)", key, f, f.Detail)
			} else if _, ok := b.Object(key); !ok {
				t.Errorf("key %q: stored under another", key)
			}
		}
	})
	t.Run("the same file is sent again from its start", func(t *testing.T) {
		f := newFile(100_000)
		expired := shape.target(b, base, "again", -time.Minute)
		if _, got := send(t, client, expired, f.body()); got == nil || got.Kind != fault.Expired {
			t.Fatalf("an old permission gives %v", got)
		}
		if _, got := send(t, client, now("again"), f.body()); got != nil {
			t.Fatal(got)
		}
		if f.opened.Load() != 2 || f.closed.Load() != 2 {
			t.Errorf("opened %d and closed %d times, want 2", f.opened.Load(), f.closed.Load())
		}
	})
	t.Run("a tampered permission", func(t *testing.T) {
		to := now("tampered")
		to.URL += "x"
		if to.Fields != nil {
			to = now("tampered")
			to.Fields["policy"] += "x"
		}
		expectFault(t, client, to, newFile(5<<20), fault.Expired)
	})
	t.Run("a file that grew", func(t *testing.T) {
		f := newFile(70_000)
		f.size = 69_999
		expectFault(t, client, now("grew"), f, fault.Changed)
		if _, ok := b.Object("grew"); ok {
			t.Error("stored all the same")
		}
	})
	t.Run("a file that shrank", func(t *testing.T) {
		f := newFile(70_000)
		f.size = 70_001
		expectFault(t, client, now("shrank"), f, fault.Changed)
		if _, ok := b.Object("shrank"); ok {
			t.Error("stored all the same")
		}
	})
	t.Run("a file that has no bytes", func(t *testing.T) {
		f := newFile(0)
		expectFault(t, client, now("empty"), f, fault.Empty)
		if f.opened.Load() != 0 {
			t.Error("opened all the same")
		}
	})
	t.Run("a file beyond storage's limit", func(t *testing.T) {
		f := newFile(1)
		f.size = MaxSize + 1
		expectFault(t, client, now("large"), f, fault.TooLarge)
	})
	t.Run("stopped before it began", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		f := newFile(10)
		_, err := client.Send(ctx, now("stopped"), f.body(), nil)
		if fault.KindOf(err) != fault.Stopped || !errors.Is(err, context.Canceled) {
			t.Errorf("gives %v", err)
		}
		f.expectClosed(t)
	})
	t.Run("many at once", func(t *testing.T) {
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				f := newFile(200_000 + i)
				if _, err := client.Send(t.Context(), now(fmt.Sprint("many/", i)), f.body(), func(int64) {}); err != nil {
					t.Error(err)
				}
				if o, _ := b.Object(fmt.Sprint("many/", i)); o.Size != int64(200_000+i) {
					t.Errorf("%d bytes of file %d", o.Size, i)
				}
			})
		}
		wg.Wait()
	})
}

func TestStoppingInTheMiddleReturnsAtOnceAndClosesTheFile(t *testing.T) {
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			gone := make(chan struct{})
			server := startServer(t, func(_ http.ResponseWriter, r *http.Request) {
				// Takes nothing of the body until the client is gone.
				<-gone
			})
			defer close(gone)
			ctx, cancel := context.WithCancel(t.Context())
			f, m := newFile(32<<20), &meter{}
			var began time.Time
			_, err := newClient(t, Config{}).Send(ctx, targetOf(shape.name, server.URL), f.body(), func(n int64) {
				m.add(n)
				began = time.Now()
				cancel()
			})
			if took := time.Since(began); took >= closeWait {
				t.Errorf("returned %v after it was stopped", took)
			}
			if fault.KindOf(err) != fault.Stopped || !errors.Is(err, context.Canceled) {
				t.Errorf("gives %v", err)
			}
			f.expectClosed(t)
			if sum := m.end(); sum <= 0 || sum >= 32<<20 {
				t.Errorf("%d bytes reported", sum)
			}
		})
	}
}

func TestVerdict(t *testing.T) {
	const sum = "d41d8cd98f00b204e9800998ecf8427e"
	tests := []struct {
		etag string
		want Verdict
	}{
		{`"` + sum + `"`, Same}, {`W/"` + sum + `"`, Same}, {"D41D8CD98F00B204E9800998ECF8427E", Same},
		{`"00000000000000000000000000000000"`, Differs},
		{"", Unknown}, {`"` + sum + `-2"`, Unknown}, {"abc", Unknown}, {"zz1d8cd98f00b204e9800998ecf8427e", Unknown},
	}
	for _, tt := range tests {
		s := Stored{ETag: bareETag(tt.etag), MD5: sum}
		if got := s.Verdict(); got != tt.want {
			t.Errorf("ETag %s: %v, want %v", tt.etag, got, tt.want)
		}
	}
}
