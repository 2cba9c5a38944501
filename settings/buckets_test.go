package settings

import "testing"

func TestCredentialsForABucketAreOnlyForWhereTheyWereEntered(t *testing.T) {
	p := BucketPlace{Storage: "archive", Provider: "azure", Bucket: "alder", Container: "data"}
	id := BucketKeyID("https://darwin.example/alder", p)
	for name, change := range map[string]func(*BucketPlace){
		"storage":   func(p *BucketPlace) { p.Storage = "other" },
		"provider":  func(p *BucketPlace) { p.Provider = "aws" },
		"bucket":    func(p *BucketPlace) { p.Bucket = "elsewhere" },
		"container": func(p *BucketPlace) { p.Container = "box" },
		"server":    func(p *BucketPlace) { p.Endpoint = "https://minio.example" },
	} {
		other := p
		change(&other)
		if BucketKeyID("https://darwin.example/alder", other) == id {
			t.Errorf("another %s has the same id", name)
		}
	}
	if BucketKeyID("https://darwin.example/birch", p) == id {
		t.Error("another account has the same id")
	}
	p.Endpoint = "https://minio.example"
	id = BucketKeyID("a", p)
	if p.Endpoint += "/ "; BucketKeyID("a", p) != id {
		t.Error("the same server, written otherwise, has another id")
	}
}

func TestWhereCredentialsAreKeptIsKnownUntilTheAccountIsRemoved(t *testing.T) {
	var s Settings
	s.PutAccount(Account{ID: "alder"})
	s.KeepBucketKey("alder", "one")
	s.KeepBucketKey("alder", "two")
	before := s.clone()
	s.KeepBucketKey("alder", "one")
	s.DropBucketKey("alder", "two")
	if len(s.BucketKeys["alder"]) != 1 || !s.HasBucketKey("alder", "one") || s.HasBucketKey("alder", "two") {
		t.Errorf("there are %v", s.BucketKeys)
	}
	if !before.HasBucketKey("alder", "two") || len(before.BucketKeys["alder"]) != 2 {
		t.Errorf("a copy changed with it: %v", before.BucketKeys)
	}
	if s.RemoveAccount("alder"); len(s.BucketKeys) > 0 {
		t.Errorf("there are %v", s.BucketKeys)
	}
}
