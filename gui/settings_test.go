package gui

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/session"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

// says tells whether some line that can be seen begins with these words.
func says(o fyne.CanvasObject, words string) bool {
	if !o.Visible() {
		return false
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *widgets.Text:
		return strings.HasPrefix(o.Text(), words)
	case *widgets.Paragraph:
		return strings.HasPrefix(o.Text(), words)
	case *container.Scroll:
		inside = []fyne.CanvasObject{o.Content}
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, i := range inside {
		if says(i, words) {
			return true
		}
	}
	return false
}

// sendingSlowly is a window with an upload under way that does not end before
// release.
func sendingSlowly(t *testing.T) (s *stage, release func()) {
	t.Helper()
	s = atWork(t, false)
	release = s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Status: 503})
	s.drop(s.pictures())
	s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
	s.place.Upload()
	s.until("something is sent", func() bool { return s.place.Workers() > 0 })
	return s, release
}

// kept is what the settings file holds by now.
func (s *stage) kept(dir string) settings.Settings {
	s.Helper()
	store, err := settings.Open(dir)
	if err != nil {
		s.Fatal(err)
	}
	return store.Get()
}

// untilChanged waits until all changes so far are made.
func (s *stage) untilChanged() {
	s.Helper()
	done := make(chan struct{})
	s.changes.Go(func(context.Context) { close(done) })
	select {
	case <-done:
	case <-time.After(patience):
		s.Fatal("the changes are not made")
	}
}

func TestSettingsOfTransfersHoldAtOnceForTheUploadUnderWay(t *testing.T) {
	s, release := sendingSlowly(t)
	change := s.shell.settings.OnChange
	change(func(v *settings.Settings) { v.Workers = 3 })
	s.until("three at a time", func() bool { return s.place.Workers() == 3 })

	now := time.Now()
	minute := func(from time.Time) int { return from.Hour()*60 + from.Minute() }
	change(func(v *settings.Settings) {
		v.Transfers = settings.Transfers{LimitHours: true, From: minute(now.Add(2 * time.Hour)), Until: minute(now.Add(3 * time.Hour))}
	})
	s.until("it waits for the hours", func() bool {
		return says(s.place.Bar(), "Waiting for "+now.Add(2*time.Hour).Truncate(time.Minute).Format("15:04"))
	})
	change(func(v *settings.Settings) { v.Transfers.LimitHours = false })
	s.until("it goes on", func() bool { return !says(s.place.Bar(), "Waiting for") })
	release()
	s.until("the end", func() bool { return !s.place.Sending() })
	if arrived, _ := s.place.Progress(); arrived != 3 {
		t.Errorf("%d of 3 arrived", arrived)
	}
}

// sleeper notes what the computer is told.
type sleeper struct{ told []bool }

func (s *sleeper) Set(on bool) { s.told = append(s.told, on) }
func (s *sleeper) Close()      { s.Set(false) }
func (s *sleeper) awake() bool { return len(s.told) > 0 && s.told[len(s.told)-1] }

func TestTheComputerStaysAwakeWhileFilesAreSentUnlessItIsPausedOrMaySleep(t *testing.T) {
	s, release := sendingSlowly(t)
	z := &sleeper{}
	s.window.awake = z
	s.stateChanged()
	if !z.awake() {
		t.Error("it may sleep while files are sent")
	}
	s.place.Pause(true)
	if z.awake() {
		t.Error("it stays awake while nothing is sent")
	}
	s.place.Pause(false)
	if !z.awake() {
		t.Error("it may sleep after the pause")
	}
	s.shell.settings.OnChange(func(v *settings.Settings) { v.Transfers.MaySleep = true })
	s.until("it may sleep", func() bool { return !z.awake() })
	s.shell.settings.OnChange(func(v *settings.Settings) { v.Transfers.MaySleep = false })
	s.until("it stays awake", z.awake)
	release()
	s.until("the end", func() bool { return !s.place.Sending() })
	if z.awake() {
		t.Error("it stays awake after the end")
	}
}

func TestChangesReachTheFileInTheirOrder(t *testing.T) {
	var dir string
	s := newStage(t, func(o *Options, _ *chain) {
		dir = t.TempDir()
		store, err := settings.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		o.Settings, o.Demo = store, true
	})
	s.untilDatasetsAreThere()
	for n := range 20 {
		s.shell.settings.OnChange(func(v *settings.Settings) { v.Workers = n })
	}
	s.shell.settings.OnChange(func(v *settings.Settings) { v.CloseUnasked = true })
	s.untilChanged()
	if got := s.kept(dir); got.Workers != 19 || !got.CloseUnasked {
		t.Errorf("the file holds %+v", got)
	}
}

func TestANewProxyIsUsedByTheNextRequestAndItsPasswordStaysInTheKeychain(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := &http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}
		user, password, _ := asked.BasicAuth()
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r.Method+" "+r.Host+" "+user+" "+password)
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	defer proxy.Close()
	s := newStage(t, func(o *Options, _ *chain) { o.Demo = true })
	s.untilDatasetsAreThere()
	ask := func() error {
		_, err := session.Whose(t.Context(), "https://darwin.example", sandbox.DemoKey, "test", s.ways)
		return err
	}
	view := s.shell.settings
	view.OnProxyPassword("p@ss")
	view.OnChange(func(v *settings.Settings) {
		v.Network = settings.Network{Proxy: settings.ProxyManual, ProxyAddress: proxy.Listener.Addr().String(), ProxyUser: "ann"}
	})
	s.untilChanged()
	if err := ask(); fault.KindOf(err) != fault.Network {
		t.Errorf("the proxy's refusal is told as %v", err)
	}
	mu.Lock()
	if len(seen) == 0 || seen[0] != "CONNECT darwin.example:443 ann p@ss" {
		t.Errorf("the proxy saw %q", seen)
	}
	mu.Unlock()
	if password, err := s.chain.Get(settings.ProxyKeyID); password != "p@ss" || err != nil {
		t.Errorf("the keychain: %v", err)
	}
	s.until("the settings know that there is a password", func() bool { return s.proxyPassword })

	view.OnChange(func(v *settings.Settings) { v.Network.CAFile = filepath.Join(t.TempDir(), "none.pem") })
	s.until("what is wrong", func() bool { return s.wayProblem != nil })
	if fault.KindOf(s.wayProblem) != fault.Unreadable {
		t.Errorf("it says %v", s.wayProblem)
	}
	if err := ask(); fault.KindOf(err) != fault.Network || !strings.Contains(err.Error(), "proxy") {
		t.Errorf("without the file the proxy is no longer used: %v", err)
	}
}

// closing is a window that only notes that it is to be closed.
type closing struct {
	fyne.Window
	closed *bool
}

func (c closing) Close() { *c.closed = true }

func TestClosingAsksOnlyWhereThePersonWantsThat(t *testing.T) {
	s, release := sendingSlowly(t)
	defer release()
	s.askToClose()
	if s.asked == nil || !s.asked.Visible() {
		t.Fatal("it does not ask")
	}
	s.asked.Hide()
	s.asked = nil
	s.shell.settings.OnChange(func(v *settings.Settings) { v.CloseUnasked = true })
	s.until("the change", func() bool { return s.o.Settings.Get().CloseUnasked })
	closed, own := false, s.win
	s.win = closing{own, &closed}
	s.askToClose()
	s.win = own
	if s.asked != nil || !closed {
		t.Error("it asks")
	}
}

func TestALaterStartBringsItsFilesToTheWindow(t *testing.T) {
	s := newStage(t, func(o *Options, _ *chain) { o.Demo = true })
	s.untilDatasetsAreThere()
	s.shell.visit(settingsPlace)
	s.called(nil)
	if s.shell.at != settingsPlace {
		t.Error("a start without files leaves the place")
	}
	s.called([]string{s.pictures()})
	s.until("the files", func() bool { return s.place.Files() == 3 })
	if s.shell.at != uploadPlace {
		t.Error("the files cannot be seen")
	}
}

func TestTheReportForSupportGoesToTheClipboard(t *testing.T) {
	s := newStage(t, func(o *Options, _ *chain) {
		o.Demo, o.LogDir = true, os.TempDir()
		o.Report = func(context.Context) (string, error) { return "version 1", nil }
	})
	s.untilDatasetsAreThere()
	told := make(chan error, 1)
	s.shell.settings.OnCopyReport(func(err error) { told <- err })
	s.until("the report", func() bool { return len(told) > 0 })
	if got := s.app.Clipboard().Content(); got != "version 1" || <-told != nil {
		t.Errorf("the clipboard holds %q", got)
	}
}
