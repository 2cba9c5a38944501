package header

import (
	"errors"
	"slices"
	"testing"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

func known(recent ...int64) *datasets {
	return &datasets{state: listKnown, recent: recent, all: []darwin.Dataset{
		{ID: 1, Name: "Camera traps 2025", Items: 1}, {ID: 2, Name: "Camera traps 2026", Items: 1204},
		{ID: 3, Name: "Nest boxes"}, {ID: 4, Name: "Old archive"}, {ID: 5, Name: "Retrap survey"},
	}}
}

func names(d *datasets) []string {
	var all []string
	for _, r := range d.rows {
		all = append(all, r.Name)
	}
	return all
}

func TestWithoutASearchRecentDatasetsComeFirstAndOnce(t *testing.T) {
	d := known(4, 99, 2)
	d.open(&darwin.Dataset{ID: 2})
	if want := []string{"Old archive", "Camera traps 2026", "Camera traps 2025", "Nest boxes", "Retrap survey"}; !slices.Equal(names(d), want) {
		t.Errorf("rows %q, want %q", names(d), want)
	}
	if ds, ok := d.litRow(); !ok || ds.ID != 2 {
		t.Errorf("lit is %v, want the chosen dataset", ds)
	}
}

func TestSearchTakesEveryWordAndPutsTheBestFirst(t *testing.T) {
	d := known(4)
	d.setTyped("trap")
	if want := []string{"Camera traps 2025", "Camera traps 2026", "Retrap survey"}; !slices.Equal(names(d), want) {
		t.Errorf("trap finds %q, want %q", names(d), want)
	}
	d.setTyped("2026 CAM")
	if want := []string{"Camera traps 2026"}; !slices.Equal(names(d), want) {
		t.Errorf("2026 CAM finds %q", names(d))
	}
	d.setTyped("zebra")
	if _, ok := d.litRow(); ok || len(d.rows) != 0 {
		t.Errorf("zebra finds %q", names(d))
	}
}

func TestArrowKeysGoRoundTheEnd(t *testing.T) {
	d := known()
	d.open(nil)
	d.move(-1)
	if ds, _ := d.litRow(); ds.ID != 5 {
		t.Errorf("Up from the first lights %v", ds)
	}
	d.move(+1)
	if ds, _ := d.litRow(); ds.ID != 1 {
		t.Errorf("Down from the last lights %v", ds)
	}
}

func TestNewDatasetNeedsANameOfItsOwn(t *testing.T) {
	d := known()
	d.open(nil)
	d.startNaming()
	if _, ok := d.begin(); ok {
		t.Error("a dataset without a name is made")
	}
	d.name = " nest   BOXES "
	if _, problem := d.newName(); problem == "" {
		t.Error("a name that is taken has no problem")
	}
	d.name = " Ponds  2026"
	name, ok := d.begin()
	if !ok || name != "Ponds 2026" {
		t.Errorf("made %q, %v", name, ok)
	}
	if _, again := d.begin(); again {
		t.Error("it is made twice")
	}
	d.open(nil)
	d.startNaming()
	if d.name != " Ponds  2026" {
		t.Errorf("looked at again, the name under way is %q", d.name)
	}
	d.created(&fault.Error{Kind: fault.Refused, What: "The team has a dataset of this name already."})
	if !d.naming || d.createFailed == nil || d.creating {
		t.Errorf("after a failure: %+v", d)
	}
	d.begin()
	d.created(nil)
	if d.naming || d.createFailed != nil {
		t.Errorf("after success: %+v", d)
	}
	d.creating = true
	d.created(errors.New("cut"))
	if d.createFailed == nil {
		t.Error("a stranger's failure is not told")
	}
}

func TestASearchInVainBecomesTheNewName(t *testing.T) {
	d := known()
	d.open(nil)
	d.setTyped(" Ponds ")
	d.startNaming()
	if d.name != "Ponds" {
		t.Errorf("name is %q", d.name)
	}
}

func TestCountsAreToldInWords(t *testing.T) {
	for n, want := range map[int]string{0: "0 items", 1: "1 item", 1204: "1,204 items"} {
		if got := count(darwin.Dataset{Items: n}); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
