package desktop

import (
	"strings"
	"testing"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

// TestSwitchingTheTeamSendsToTheOther starts with two accounts that were kept before, each with a Darwin of its own.
func TestSwitchingTheTeamSendsToTheOther(t *testing.T) {
	d := newDesk(t, session.Options{})
	other, err := sandbox.Start("127.0.0.1:0", sandbox.Config{
		Dir: t.TempDir(), Key: "OTHER12.theKeyOfAnotherTeamThatIsLong", Team: sandbox.Team{ID: 18, Name: "Birch Hill Clinic", Slug: "birch-hill-clinic"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	})
	first := d.keepAccount(d.darwin, "Alder Valley Wildlife", "alder-valley-wildlife")
	second := d.keepAccount(other, "Birch Hill Clinic", "birch-hill-clinic")
	d.settle(map[string]any{"look": "light", "language": "en", "current": first["id"], "accounts": []any{first, second}})
	_, w := d.open()
	d.atWork(w)

	w.ClickBox(d.pickers(w)[0])
	w.Still(patience)
	picture(t, w, "teams")
	w.Key("Down", "Down", "Return")
	home := d.darwin
	d.darwin = other
	d.atWork(w)
	m := newMaterial(t, d.Home).put("ward/a.jpg").put("ward/b.png")
	w.Drop(m.at("ward"))
	w.Still(patience)
	d.choose(w, "radio")
	picture(t, w, "other-team")
	w.Key("ctrl+Return")
	d.arrived("radiographs", m, map[string]string{})
	d.shows(w, "the end is shown", success, 40, 40)
	if n := home.Count("radiographs"); n > 0 {
		t.Errorf("%d files went to the team of before", n)
	}
	for _, key := range []string{home.Key(), other.Key()} {
		if hits := d.Holds(key); len(hits) > 0 {
			t.Errorf("a key stands in %q", hits)
		}
	}
}

// keepAccount puts a key into the session's keychain, and gives the account as the settings have it.
func (d *desk) keepAccount(darwin *sandbox.Sandbox, name, slug string) map[string]any {
	d.t.Helper()
	server := strings.TrimSuffix(darwin.URL(), "/")
	id := server + "/" + slug
	d.KeepSecret(darwin.Key(), "service", "darwin-uploader", "username", id)
	return map[string]any{"id": id, "server": server, "team_slug": slug, "team_name": name, "key_hint": ""}
}
