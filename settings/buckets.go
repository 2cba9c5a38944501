package settings

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// BucketPlace is what credentials of the person's own are for.
type BucketPlace struct {
	Storage, Provider, Bucket, Container string
	Endpoint                             string // the server's address, "" for the provider's own
}

// BucketKeyID is where Keys keeps the credentials that an account's person
// entered for a bucket. Everything that decides about who receives them is in
// it: were a storage of the same name to lead elsewhere one day, there would be
// none for it.
func BucketKeyID(account string, p BucketPlace) string {
	p.Endpoint = strings.TrimRight(strings.TrimSpace(p.Endpoint), "/")
	sum := sha256.Sum256([]byte(strings.Join([]string{p.Provider, p.Bucket, p.Container, p.Endpoint}, "\x00")))
	return account + "/bucket/" + p.Storage + "/" + hex.EncodeToString(sum[:16])
}

// KeepBucketKey notes the id of credentials, so that they can be found when the
// account is removed: a keychain cannot be asked what it has.
func (s *Settings) KeepBucketKey(account, id string) {
	ids := without(s.BucketKeys[account], id)
	if s.BucketKeys == nil {
		s.BucketKeys = map[string][]string{}
	}
	s.BucketKeys[account] = append(ids, id)
}

// HasBucketKey says whether credentials are kept under the id.
func (s Settings) HasBucketKey(account, id string) bool {
	return slices.Contains(s.BucketKeys[account], id)
}

// DropBucketKey forgets the id. The credentials stay in the keychain until
// Keys.Remove.
func (s *Settings) DropBucketKey(account, id string) {
	if ids := without(s.BucketKeys[account], id); len(ids) > 0 {
		s.BucketKeys[account] = ids
	} else {
		delete(s.BucketKeys, account)
	}
}

func cloneLists(all map[string][]string) map[string][]string {
	all = maps.Clone(all)
	for id, list := range all {
		all[id] = slices.Clone(list)
	}
	return all
}
