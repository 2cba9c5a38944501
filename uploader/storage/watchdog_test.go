package storage

import (
	"context"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader/fault"
)

// pace reads the body in pieces, pausing before each one, and answers after a
// last pause. All of it gives up when the request is cut.
func pace(piece int64, pause, answer time.Duration) http.RoundTripper {
	wait := func(ctx context.Context, d time.Duration) error {
		select {
		case <-time.After(d):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		defer r.Body.Close()
		for {
			if err := wait(r.Context(), pause); err != nil {
				return nil, err
			}
			if _, err := io.CopyN(io.Discard, r.Body, piece); err == io.EOF {
				break
			} else if err != nil {
				return nil, err
			}
		}
		if err := wait(r.Context(), answer); err != nil {
			return nil, err
		}
		return response(200, ""), nil
	})
}

func TestTheWatchdogCutsOnlyWhatStandsStill(t *testing.T) {
	const stall = 30 * time.Second
	tests := []struct {
		name      string
		transport http.RoundTripper
		size      int
		cutAfter  time.Duration // 0: stored
	}{
		{"slow for an hour, but moving", pace(100, 29*time.Second, 0), 12_000, 0},
		{"nothing moves at all", pace(100, time.Hour, 0), 12_000, stall},
		{"a long wait for the answer to a large file", pace(1<<20, 0, 4*stall-time.Second), 1 << 20, 0},
		{"no answer to a large file", pace(1<<20, 0, time.Hour), 1 << 20, 4 * stall},
		{"a long wait for the answer to a small file", pace(1<<20, 0, stall+time.Second), 2 * slowest, 0},
		{"no answer to a small file", pace(1<<20, 0, time.Hour), 2 * slowest, stall + 2*time.Second},
	}
	for _, shape := range shapes {
		for _, tt := range tests {
			t.Run(shape.name+", "+tt.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					client := newClient(t, Config{Transport: tt.transport, Stall: stall})
					began := time.Now()
					file := newFile(tt.size)
					_, f := send(t, client, targetOf(shape.name, "https://s3.test"), file.body())
					file.expectClosed(t)
					if tt.cutAfter == 0 {
						if f != nil {
							t.Errorf("cut after %v: %v", time.Since(began), f)
						}
						return
					}
					if f == nil || f.Kind != fault.Stalled || time.Since(began) != tt.cutAfter {
						t.Errorf("after %v: %v, want stalled after %v", time.Since(began), f, tt.cutAfter)
					}
				})
			})
		}
	}
}

func TestAnAnswerThatDripsForeverIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, Config{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			_, _ = io.Copy(io.Discard, r.Body)
			_ = r.Body.Close()
			resp := response(503, "")
			resp.ContentLength = 100
			resp.Body = io.NopCloser(readerFunc(func([]byte) (int, error) {
				<-r.Context().Done()
				return 0, r.Context().Err()
			}))
			return resp, nil
		})})
		began := time.Now()
		_, f := send(t, client, targetOf("PUT", "https://s3.test"), newFile(10).body())
		if f == nil || f.Kind != fault.Busy || time.Since(began) != DefaultStall {
			t.Errorf("after %v: %v", time.Since(began), f)
		}
	})
}

func TestProgressIsToldWhenBytesHaveLeftAndNeverAfterwards(t *testing.T) {
	m := &meter{}
	var atTheEnd int64
	client := newClient(t, Config{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		buf := make([]byte, 1000)
		for range 3 {
			if _, err := io.ReadFull(r.Body, buf); err != nil {
				return nil, err
			}
		}
		m.mu.Lock()
		atTheEnd = m.sum
		m.mu.Unlock()
		// The body is not closed, as a transport may do that late.
		go func() { _, _ = io.Copy(io.Discard, r.Body) }()
		return response(403, ""), nil
	})})
	f := newFile(10_000)
	_, err := client.Send(t.Context(), targetOf("PUT", "https://s3.test"), f.body(), m.add)
	sum := m.end()
	if fault.KindOf(err) != fault.Expired || m.late {
		t.Errorf("%v, told late: %v", err, m.late)
	}
	if atTheEnd != 2000 || sum < atTheEnd {
		t.Errorf("%d bytes told while the third thousand was on its way, %d in the end", atTheEnd, sum)
	}
	f.expectClosed(t)
}
