package gui

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"

	"darwin-uploader/gui/cloud"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/objects"
)

// bucketKeys keeps the credentials that one account's person entered for
// buckets: in the keychain, and nowhere else. It is safe for concurrent use.
type bucketKeys struct {
	w       *window
	account string
}

// runKeys are the ids of credentials, by account, that no keychain took. It is
// safe for concurrent use.
type runKeys struct {
	mu  sync.Mutex
	ids map[string]map[string]bool
}

func (r *runKeys) put(account, id string, on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ids == nil {
		r.ids = map[string]map[string]bool{}
	}
	if r.ids[account] == nil {
		r.ids[account] = map[string]bool{}
	}
	if delete(r.ids[account], id); on {
		r.ids[account][id] = true
	}
}

func (r *runKeys) has(account, id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ids[account][id]
}

func (r *runKeys) all(account string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Keys(r.ids[account]))
}

// secret is what the keychain has.
type secret struct {
	AccessKey  string `json:"access_key,omitempty"`
	Secret     string `json:"secret,omitempty"`
	Session    string `json:"session,omitempty"`
	AccountKey string `json:"account_key,omitempty"`
	SAS        string `json:"sas,omitempty"`
}

func (b *bucketKeys) id(s darwin.StorageInfo, endpoint string) string {
	container, _ := s.Container()
	return settings.BucketKeyID(b.account, settings.BucketPlace{
		Storage: s.Name, Provider: s.Provider, Bucket: s.Bucket, Container: container, Endpoint: endpoint,
	})
}

// Kept is cloud.Access's.
func (b *bucketKeys) Kept(s darwin.StorageInfo, endpoint string) cloud.Kept {
	id := b.id(s, endpoint)
	switch {
	case b.w.runKeys.has(b.account, id):
		return cloud.ThisRunOnly
	case !b.w.o.Settings.Get().HasBucketKey(b.account, id):
		return cloud.NotKept
	case b.w.o.Keys.Kept(id).Reason != nil: // the keychain is late
		return cloud.ThisRunOnly
	}
	return cloud.InKeychain
}

// Try is cloud.Access's.
func (b *bucketKeys) Try(ctx context.Context, s darwin.StorageInfo, endpoint string, c objects.Credentials) (objects.Store, func(), error) {
	b.hide(c)
	return b.w.openBucket(ctx, s, endpoint, &c)
}

// Keep is cloud.Access's. The id is noted first: what is in the keychain has to
// be found again when the account is removed.
func (b *bucketKeys) Keep(ctx context.Context, s darwin.StorageInfo, endpoint string, c objects.Credentials) error {
	b.hide(c)
	value, err := json.Marshal(secret{c.AccessKey, c.Secret, c.Session, c.AccountKey, c.SAS})
	if err != nil {
		return err
	}
	id := b.id(s, endpoint)
	b.note(func(s *settings.Settings) { s.KeepBucketKey(b.account, id) })
	soon, cancel := context.WithTimeout(ctx, keepPatience)
	defer cancel()
	kept, err := b.w.o.Keys.Save(soon, id, string(value))
	// A silent keychain may still take it.
	refused := err == nil && kept.Reason != nil && kept.Reason.Why != settings.Silent
	b.w.runKeys.put(b.account, id, refused)
	if refused {
		b.note(func(s *settings.Settings) { s.DropBucketKey(b.account, id) })
	}
	return nil // if nobody waits for the keychain any more, it has them all the same
}

// Forget is cloud.Access's.
func (b *bucketKeys) Forget(ctx context.Context, s darwin.StorageInfo, endpoint string) error {
	return b.forget(ctx, b.id(s, endpoint))
}

func (b *bucketKeys) forget(ctx context.Context, id string) error {
	err := b.w.o.Keys.Remove(ctx, id)
	if err != nil && !b.w.runKeys.has(b.account, id) { // otherwise the keychain never had it
		return sentences(err)
	}
	b.w.runKeys.put(b.account, id, false)
	b.note(func(s *settings.Settings) { s.DropBucketKey(b.account, id) })
	return nil
}

// forgetAll removes all that the account has.
func (b *bucketKeys) forgetAll(ctx context.Context) error {
	for _, id := range append(slices.Clone(b.w.o.Settings.Get().BucketKeys[b.account]), b.w.runKeys.all(b.account)...) {
		if err := b.forget(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// of gives what is kept for a bucket; nil stands for the computer's own sign-in.
// The keychain is asked only where something was entered.
func (b *bucketKeys) of(ctx context.Context, s darwin.StorageInfo, endpoint string) (*objects.Credentials, error) {
	if b.Kept(s, endpoint) == cloud.NotKept {
		return nil, nil
	}
	id := b.id(s, endpoint)
	value, err := b.w.o.Keys.Load(ctx, id)
	switch {
	case errors.Is(err, settings.ErrNoKey): // it was removed in the keychain's own window
		b.note(func(s *settings.Settings) { s.DropBucketKey(b.account, id) })
		return nil, nil
	case err != nil && ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, sentences(err)
	}
	var kept secret
	if json.Unmarshal([]byte(value), &kept) != nil {
		return nil, nil // not ours: somebody else wrote it there
	}
	c := objects.Credentials{AccessKey: kept.AccessKey, Secret: kept.Secret, Session: kept.Session, AccountKey: kept.AccountKey, SAS: kept.SAS}
	b.hide(c)
	return &c, nil
}

func (b *bucketKeys) hide(c objects.Credentials) {
	b.w.o.Hide(c.Secret, c.Session, c.AccountKey, c.SAS)
}

func (b *bucketKeys) note(change func(*settings.Settings)) {
	if err := b.w.o.Settings.Update(change); err != nil {
		b.w.o.Log.Warn("settings", "error", err)
	}
}
