package header

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

var team = []darwin.Dataset{
	{ID: 1, Name: "Camera traps 2025", Items: 18455}, {ID: 2, Name: "Camera traps 2026", Items: 1204},
	{ID: 3, Name: "Nest boxes", Items: 1}, {ID: 4, Name: "Old archive", Items: 90210}, {ID: 5, Name: "Radiographs"},
}

// shownHeader is a header in a window of the test driver. What it posts runs
// when the test says so, as on a main thread that is busy.
func shownHeader(t *testing.T, width float32) (*View, fyne.Window, *[]func()) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	posted := &[]func(){}
	v := New(func(f func()) { *posted = append(*posted, f) })
	v.SetAccounts([]Account{{"a", "Alder Valley Wildlife"}, {"b", "Practice Darwin"}}, "a")
	v.OnNewDataset = func(string, func(error)) {}
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, 64))
	return v, w, posted
}

func run(posted *[]func()) {
	for len(*posted) > 0 {
		f := (*posted)[0]
		*posted = (*posted)[1:]
		f()
	}
}

func press(c fyne.Canvas, keys ...fyne.KeyName) {
	for _, k := range keys {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestADatasetIsFoundAndTakenByKeyboardAlone(t *testing.T) {
	v, w, _ := shownHeader(t, 1092)
	v.SetDatasets(team)
	var taken []string
	v.OnDataset = func(d darwin.Dataset) { taken = append(taken, d.Name) }

	w.Canvas().Focus(v.dataset)
	press(w.Canvas(), fyne.KeyReturn)
	if w.Canvas().Focused() != v.panel.search {
		t.Fatalf("the cursor is in %T, want the search field", w.Canvas().Focused())
	}
	test.Type(w.Canvas().Focused(), "camera")
	press(w.Canvas(), fyne.KeyDown, fyne.KeyReturn)
	if !slices.Equal(taken, []string{"Camera traps 2026"}) || v.panel.shown() {
		t.Errorf("took %q, panel open: %v", taken, v.panel.shown())
	}
	if v.dataset.Text() != "Camera traps 2026" || v.dataset.Note() != "1,204 items" {
		t.Errorf("the picker says %q, %q", v.dataset.Text(), v.dataset.Note())
	}

	v.ShowDatasets()
	if ds, _ := v.data.litRow(); ds.ID != 2 || v.panel.search.Text != "" {
		t.Errorf("reopened with %v lit and %q typed", ds, v.panel.search.Text)
	}
	press(w.Canvas(), fyne.KeyEscape)
	if v.panel.shown() {
		t.Error("Escape leaves the panel open")
	}
}

func TestADatasetIsTakenByATap(t *testing.T) {
	v, w, _ := shownHeader(t, 1092)
	w.Resize(fyne.NewSize(1092, 700))
	v.SetDatasets(team)
	var taken darwin.Dataset
	v.OnDataset = func(d darwin.Dataset) { taken = d }
	v.ShowDatasets()
	v.panel.list.Select(3)
	if taken.ID != 4 {
		t.Errorf("took %v", taken)
	}
}

func TestANewDatasetIsMadeInThePanel(t *testing.T) {
	v, w, posted := shownHeader(t, 1092)
	v.SetDatasets(team)
	var asked []string
	var done func(error)
	v.OnNewDataset = func(name string, d func(error)) { asked, done = append(asked, name), d }

	test.Tap(v.add)
	test.Type(w.Canvas().Focused(), "nest BOXES")
	if !v.panel.create.Disabled() || v.panel.problem.Text() == "" {
		t.Error("a name that is taken can be sent")
	}
	press(w.Canvas(), fyne.KeyReturn)
	v.panel.name.SetText(" Ponds ")
	press(w.Canvas(), fyne.KeyReturn, fyne.KeyReturn)
	if !slices.Equal(asked, []string{"Ponds"}) {
		t.Fatalf("asked for %q", asked)
	}
	if v.panel.create.Text() != "Creating the dataset" || !v.panel.name.Disabled() {
		t.Errorf("while it is made the button says %q", v.panel.create.Text())
	}
	done(&fault.Error{Kind: fault.Refused, What: "The team has a dataset of this name already.", Do: "Choose another name."})
	if v.panel.failed.Visible() {
		t.Error("the outcome reached the view outside the main thread")
	}
	run(posted)
	if !v.panel.failed.Visible() || v.panel.failed.Text() == "" || v.panel.name.Disabled() {
		t.Errorf("the failure is not told: %q", v.panel.failed.Text())
	}
	v.panel.name.SetText("Ponds 2")
	if v.panel.failed.Visible() {
		t.Error("the failure stays while another name is typed")
	}
	test.Tap(v.panel.create)
	done(nil)
	done(nil)
	run(posted)
	if v.panel.shown() || v.data.creating {
		t.Error("the panel stays open after success")
	}
}

func TestTheListTellsWhatIsWrongWithIt(t *testing.T) {
	v, w, _ := shownHeader(t, 1092)
	w.Resize(fyne.NewSize(1092, 700))
	v.ShowDatasets()
	if got := v.panel.empty.Text(); got != "Asking Darwin for the datasets." {
		t.Errorf("while loading: %q", got)
	}
	reloads := 0
	v.OnReload = func() { reloads++; v.SetDatasetsLoading() }
	v.SetDatasetsFailed(&fault.Error{Kind: fault.Network, What: "Darwin did not answer."})
	if !v.panel.failure.Visible() || v.panel.failure.Text() != "Darwin did not answer." {
		t.Errorf("failure reads %q", v.panel.failure.Text())
	}
	test.Tap(v.panel.reload)
	if reloads != 1 || v.panel.failure.Visible() {
		t.Errorf("%d reloads", reloads)
	}
	v.SetDatasets(nil)
	if got := v.panel.empty.Text(); got != "This team has no dataset yet." {
		t.Errorf("without datasets: %q", got)
	}
	v.SetDatasets(team)
	test.Type(w.Canvas().Focused(), "zebra")
	if got := v.panel.empty.Text(); got != "No dataset has “zebra” in its name." {
		t.Errorf("without a hit: %q", got)
	}
	test.Tap(v.panel.add)
	if v.panel.name.Text != "zebra" || w.Canvas().Focused() != v.panel.name {
		t.Errorf("new dataset starts with %q", v.panel.name.Text)
	}
}

func TestWhileSendingNothingCanBeChanged(t *testing.T) {
	v, w, _ := shownHeader(t, 1092)
	v.SetDatasets(team)
	v.SetChosen(&team[1])
	v.ShowDatasets()
	v.SetLocked(true)
	if v.panel.shown() || v.add.Visible() || !v.lock.Visible() || !v.open.Visible() {
		t.Errorf("locked: panel %v, new dataset %v, lock %v, open %v", v.panel.shown(), v.add.Visible(), v.lock.Visible(), v.open.Visible())
	}
	v.ShowDatasets()
	v.ShowNewDataset()
	test.Tap(v.dataset)
	test.Tap(v.account)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("something opens while locked")
	}
	v.SetLocked(false)
	test.Tap(v.dataset)
	if !v.panel.shown() {
		t.Error("unlocked, the picker does not open")
	}
}

func TestOpenInDarwinNeedsADataset(t *testing.T) {
	v, _, _ := shownHeader(t, 1092)
	opened := 0
	v.OnOpenInDarwin = func() { opened++ }
	if v.open.Visible() {
		t.Error("there is a link without a dataset")
	}
	v.SetChosen(&team[0])
	test.Tap(v.open)
	if opened != 1 {
		t.Errorf("opened %d times", opened)
	}
}

func TestTheAccountMenuHoldsOnlyWhatCanBeDone(t *testing.T) {
	v, _, _ := shownHeader(t, 1092)
	labels := func() []string {
		var all []string
		for _, i := range v.accountMenu().Items {
			all = append(all, i.Label)
		}
		return all
	}
	if got := labels(); !slices.Equal(got, []string{"Alder Valley Wildlife", "Practice Darwin"}) {
		t.Errorf("menu %q", got)
	}
	v.OnAddAccount, v.OnSettings = func() {}, func() {}
	if got := labels(); !slices.Equal(got, []string{"Alder Valley Wildlife", "Practice Darwin", "", "Add an account", "Settings"}) {
		t.Errorf("menu %q", got)
	}
	var switched []string
	v.OnAccount = func(id string) { switched = append(switched, id) }
	items := v.accountMenu().Items
	items[0].Action()
	items[1].Action()
	if !items[0].Checked || !slices.Equal(switched, []string{"b"}) {
		t.Errorf("checked %v, switched to %q", items[0].Checked, switched)
	}
}

func TestLongNamesGiveWayToTheRest(t *testing.T) {
	v, _, _ := shownHeader(t, 812)
	v.SetNarrow(true)
	v.SetAccounts([]Account{{"a", "The Society for the Observation of Very Small Animals"}}, "a")
	v.SetChosen(&darwin.Dataset{ID: 9, Name: "Everything that was seen near the river between 2019 and 2026", Items: 1234567})
	if v.MinSize().Width > 812 {
		t.Errorf("asks for %v", v.MinSize())
	}
	if right := v.add.Position().X + v.add.Size().Width; right > v.open.Position().X {
		t.Errorf("New ends at %v, Open in Darwin begins at %v", right, v.open.Position().X)
	}
}
