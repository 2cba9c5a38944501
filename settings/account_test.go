package settings

import "testing"

func TestTheAccountForAServerIsTheCurrentOneIfItFits(t *testing.T) {
	s := Settings{Current: "b", Accounts: []Account{
		{ID: "a", Server: "https://x", TeamSlug: "one"},
		{ID: "b", Server: "https://x", TeamSlug: "two"},
		{ID: "c", Server: "https://y", TeamSlug: "one"},
	}}
	tests := []struct{ server, team, want string }{
		{"https://x", "", "b"}, {"https://x", "one", "a"}, {"https://y", "", "c"},
		{"https://y", "two", ""}, {"https://z", "", ""},
	}
	for _, tt := range tests {
		got, ok := s.AccountFor(tt.server, tt.team)
		if got.ID != tt.want || ok != (tt.want != "") {
			t.Errorf("AccountFor(%q, %q) = %q, want %q", tt.server, tt.team, got.ID, tt.want)
		}
	}
}
