package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestEveryKindHasANameAndAReaction(t *testing.T) {
	seen := map[string]Kind{}
	for k := Unknown; k <= Disk; k++ {
		name := k.String()
		if name == "" {
			t.Errorf("kind %d has no name", k)
		}
		if other, ok := seen[name]; ok {
			t.Errorf("kinds %d and %d share the name %q", other, k, name)
		}
		seen[name] = k
	}
	want := map[Kind]Reaction{
		Network: Retry, Stalled: Retry, Busy: Retry, Expired: SignAgain, Key: StopBatch, Permission: StopBatch,
		Quota: StopBatch, Exists: GiveUp, Empty: GiveUp, UnknownTag: Ask, Vanished: Ask,
	}
	for k, r := range want {
		if got := k.Reaction(); got != r {
			t.Errorf("reaction to %v = %v, want %v", k, got, r)
		}
	}
}

func TestErrorTellsItsSentencesInOrderAndNotItsDetail(t *testing.T) {
	e := &Error{Kind: Vanished, What: "The file is gone.", Do: "Put it back.", Detail: "ENOENT"}
	if got, want := e.Error(), "The file is gone. Put it back."; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if got := (&Error{Kind: Busy}).Error(); got != "Something went wrong: busy." {
		t.Errorf("an error without sentences says %q", got)
	}
}

func TestOfFindsTheFaultInAChainAndWrapsStrangers(t *testing.T) {
	inner := &Error{Kind: Quota}
	if got := Of(fmt.Errorf("around: %w", inner)); got != inner {
		t.Errorf("Of did not find the fault in the chain: %v", got)
	}
	stranger := Of(io.ErrUnexpectedEOF)
	if stranger.Kind != Unknown || !errors.Is(stranger, io.ErrUnexpectedEOF) {
		t.Errorf("a stranger became %v, want kind Unknown that keeps its cause", stranger)
	}
	if Of(nil) != nil {
		t.Error("Of(nil) is not nil")
	}
	if KindOf(io.EOF) != Unknown || KindOf(inner) != Quota {
		t.Error("KindOf gives the wrong kind")
	}
}
