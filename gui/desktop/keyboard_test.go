package desktop

import (
	"bufio"
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

// odd is a folder with all that names are made of, in sub-folders, with three files that Darwin cannot take.
func odd(t *testing.T, root string) *material {
	return newMaterial(t, root).
		put("Füchse & Co/plain.jpg").
		put("Füchse & Co/two words.jpg").
		put("Füchse & Co/Schlu\u0308ssel.png").
		put("Füchse & Co/日本語.jpg").
		put("Füchse & Co/🦊.jpg").
		put("Füchse & Co/100%.png").
		put("Füchse & Co/%41.jpg").
		put("Füchse & Co/a#b+c&d=e.jpg").
		put("Füchse & Co/it's \"it\".jpg").
		put("Füchse & Co/.cat.jpg").
		put("Füchse & Co/SHOUT.JPG").
		put("Füchse & Co/night walk.mp4").
		put("Füchse & Co/x-ray.dcm").
		put("Füchse & Co/report.pdf").
		put("Füchse & Co/Mai 2026/same name.jpg").
		put("Füchse & Co/Juni 2026/same name.jpg").
		put("Füchse & Co/Juni 2026/#1 50% ö/日本/deep.png").
		put("loose.jpg").
		leave("Füchse & Co/notes.txt", "not for Darwin").
		leave("Füchse & Co/empty.jpg", "").
		leave("Füchse & Co/Juni 2026/Thumbs.db", "litter")
}

func TestKeyboardAloneBringsADroppedFolderToDarwin(t *testing.T) {
	d := newDesk(t, session.Options{})
	receipt := d.savesTo("receipt.csv")
	p, w := d.open()
	d.connect(w)

	m := odd(t, d.Home)
	t.Logf("the drop took %s", w.Drop(m.at("Füchse & Co"), m.at("loose.jpg")))
	w.Still(patience)
	d.choose(w, "nest")
	d.shows(w, "the upload button can be pressed", filled, 150, 40)
	w.Key("ctrl+t")
	w.Type("fox")
	w.Key("Return")
	w.Type("weath")
	w.Key("Return")
	w.Type("light rain") // and is not finished with Enter
	picture(t, w, "ready")
	w.Key("ctrl+Return")

	d.arrived("nest-boxes", m, map[string]string{"fox": "", "weather": "light rain"})
	d.shows(w, "the end is shown", success, 40, 40)
	picture(t, w, "done")
	d.keepsTheKeySafe()
	d.history(w, m, receipt)

	w.Close()
	d.until("the program ends", func() bool { return ended(p) })
	if code := p.ExitCode(); code != 0 {
		t.Errorf("the program ended with code %d", code)
	}
}

func TestSecondStartKnowsAccountAndDatasetAndTakesPaths(t *testing.T) {
	d := newDesk(t, session.Options{})
	p, w := d.open()
	d.connect(w)
	d.choose(w, "radio")
	w.Close()
	d.until("the program ends", func() bool { return ended(p) })

	m := newMaterial(t, d.Home).put("Zähne 2026/left.jpg").put("Zähne 2026/upper/right.png").put("one.jpg")
	asked := d.asked(sandbox.Datasets)
	p, w = d.open("Zähne 2026", m.at("one.jpg")) // below the folder that the program is started in, and absolute
	d.until("the datasets are asked for with the key from the keychain", func() bool { return d.asked(sandbox.Datasets) > asked })
	d.shows(w, "everything is ready", filled, 150, 40)
	picture(t, w, "second-start")
	w.Key("ctrl+Return")
	d.arrived("radiographs", m, map[string]string{})
	d.shows(w, "the end is shown", success, 40, 40)
	if n := d.asked(sandbox.TokenInfo); n != 1 {
		t.Errorf("Darwin was asked %d times whose the key is; the second start knows", n)
	}
	w.Close()
	d.until("the program ends", func() bool { return ended(p) })
}

func TestWithoutAKeychainTheKeyHoldsUntilTheWindowCloses(t *testing.T) {
	d := newDesk(t, session.Options{NoKeychain: true})
	p, w := d.open()
	w.Still(patience)
	w.Type(d.darwin.Key())
	w.Key("Return")
	d.shows(w, "the key works", works, 300, 30)
	w.Key("Return")
	d.shows(w, "the screen says that the key cannot be kept", warning, 1, 2)
	picture(t, w, "no-keychain")
	if d.asked(sandbox.Datasets) > 0 {
		t.Error("the screen went on before the person could read that")
	}
	w.Key("Return")
	d.until("it goes on all the same", func() bool { return d.asked(sandbox.Datasets) > 0 })
	if hits := d.Holds(d.darwin.Key()); len(hits) > 0 {
		t.Errorf("the key stands in %q", hits)
	}
	w.Close()
	d.until("the program ends", func() bool { return ended(p) })

	_, w = d.open()
	w.Still(patience)
	picture(t, w, "no-keychain-second-start")
}

// arrived waits until a dataset holds exactly these files, and compares each with what was dropped. Nil tags are not looked at.
func (d *desk) arrived(dataset string, m *material, tags map[string]string) {
	d.t.Helper()
	d.until("Darwin holds all files", func() bool {
		done := 0
		for _, item := range d.darwin.Items(dataset) {
			if item.Confirms > 0 {
				done++
			}
		}
		return done >= len(m.want)
	})
	missing := maps.Clone(m.want)
	for _, item := range d.darwin.Items(dataset) {
		place := strings.TrimSuffix(item.Folder, "/") + "/" + item.Name
		sum, expected := missing[place]
		delete(missing, place)
		switch {
		case !expected:
			d.t.Errorf("%q is in Darwin and should not be", place)
		case item.SHA256 != sum:
			d.t.Errorf("%q arrived with other bytes", place)
		case tags != nil && (item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1):
			d.t.Errorf("%q was registered %d, stored %d and confirmed %d times", place, item.Registrations, item.Stores, item.Confirms)
		}
		if tags != nil && !maps.Equal(item.Tags, tags) {
			d.t.Errorf("%q has the tags %v, want %v", place, item.Tags, tags)
		}
	}
	for place := range missing {
		d.t.Errorf("%q is not in Darwin", place)
	}
}

// savesTo has the system's dialog answer that a file is to be saved in the person's home, and gives its path. A program that
// talks as zenity does takes the dialog's place, since a dialog is nothing that this one could be blamed for.
func (d *desk) savesTo(name string) (path string) {
	d.t.Helper()
	path = filepath.Join(d.Home, name)
	dialogs := filepath.Join(d.Home, "dialogs")
	if err := os.MkdirAll(dialogs, 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dialogs, "zenity"), []byte("#!/bin/sh\necho '"+path+"'\n"), 0o700); err != nil {
		d.t.Fatal(err)
	}
	d.more = append(d.more, "PATH="+dialogs+string(os.PathListSeparator)+os.Getenv("PATH"))
	return path
}

// history looks at the upload in the history, with the keyboard alone, and saves its receipt: a line for each file, in Darwin or left out with
// a reason.
func (d *desk) history(w *session.Window, m *material, receipt string) {
	d.t.Helper()
	w.Key("ctrl+3")
	d.shows(w, "the upload is listed and open", chosen, 280, 50)
	w.Still(patience)
	picture(d.t, w, "history")
	w.Key("ctrl+f", "Tab", "Tab", "Return") // search, uploads, Save as CSV
	d.shows(w, "the receipt is saved", works, 300, 30)
	file, err := os.Open(receipt)
	if err != nil {
		d.t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(bufio.NewReader(file)).ReadAll()
	if err != nil {
		d.t.Fatal(err)
	}
	missing, left := maps.Clone(m.want), []string{}
	for _, row := range rows[1:] {
		if row[4] == "Left out" && row[5] != "" {
			left = append(left, row[0])
			continue
		}
		place := strings.TrimSuffix(row[2], "/") + "/" + row[1]
		if _, expected := missing[place]; !expected || row[4] != "In Darwin" || row[7] == "" {
			d.t.Errorf("the receipt has the line %q", row)
		}
		delete(missing, place)
	}
	for place := range missing {
		d.t.Errorf("the receipt does not speak of %q", place)
	}
	if slices.Sort(left); !slices.Equal(left, slices.Sorted(slices.Values(m.left))) {
		d.t.Errorf("left out are %q, want %q", left, m.left)
	}
}

// keepsTheKeySafe says that the key is in the keychain and nowhere else.
func (d *desk) keepsTheKeySafe() {
	d.t.Helper()
	account := d.darwin.URL() + "/alder-valley-wildlife"
	if key, ok := d.Secret("service", "darwin-uploader", "username", account); !ok || key != d.darwin.Key() {
		d.t.Errorf("the keychain does not hold the key of %s", account)
	}
	if hits := d.Holds(d.darwin.Key()); len(hits) > 0 {
		d.t.Errorf("the key stands in %q", hits)
	}
}

// ended says whether a program is gone.
func ended(p *session.Program) bool {
	select {
	case <-p.Ended():
		return true
	case <-time.After(0):
		return false
	}
}
