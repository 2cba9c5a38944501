package cloud

import (
	"image/jpeg"
	"strings"
	"testing"

	"bytes"

	"darwin-uploader/uploader/sandbox"
)

// ownBucket is a rig whose read-only storage lies in a bucket that the person
// may write to, with three folders of eight pictures chosen.
func ownBucket(t *testing.T) *rig {
	t.Helper()
	r := newRig(t, "", nil)
	r.sandbox.AddStorage(sandbox.Storage{Name: "own-bucket", Provider: "aws", Bucket: "alder-valley-uploads", Region: "eu-west-1", ReadOnly: true})
	r.open("camera-traps-2026", "own-bucket")
	r.middle.ways[byBrowsing].Tapped(nil)
	r.until("the bucket", func() bool { return !r.middle.browser.listing.asking })
	r.middle.browser.tick("2026/", true)
	r.settled()
	return r
}

// keys are those in the bucket of the storage that is chosen.
func (r *rig) keys(prefix string) (keys []string) {
	r.Helper()
	for o, err := range r.store().List(r.Context(), prefix, true) {
		if err != nil {
			r.Fatal(err)
		}
		keys = append(keys, o.Key)
	}
	return keys
}

func (r *rig) lookedFor() {
	r.Helper()
	r.until("what is missing", func() bool { return !r.maker.looking })
}

func TestThumbnailsAreMadeOnlyAfterThePersonSawWhatIsWrittenAndAgreed(t *testing.T) {
	r := ownBucket(t)
	if r.ready() != 0 || !r.middle.make.Visible() {
		t.Fatalf("%d are ready without thumbnails; making them is offered: %v", r.ready(), r.middle.make.Visible())
	}
	r.middle.make.Tapped(nil)
	if !r.maker.box.Visible() || r.middle.table.box.Visible() || r.maker.press.Visible() || r.maker.state.Text() != "Say where they are to be. Nothing is written yet." {
		t.Fatalf("it asks %q (%v, %v, %v)", r.maker.state.Text(), r.maker.box.Visible(), r.middle.table.box.Visible(), r.maker.press.Visible())
	}
	r.maker.where.SetText("small")
	r.maker.where.OnSubmitted("small")
	r.lookedFor()
	if got := r.maker.state.Text(); got != "24 objects have no thumbnail there. They would be written like this:" {
		t.Fatalf("it says %q", got)
	}
	if m := r.maker.found.first[0]; len(r.maker.found.first) != shownMatches || m.Thumbnail != "small/"+m.Key {
		t.Errorf("the examples are %v", r.maker.found.first)
	}
	if got := r.maker.promise.Text(); !strings.Contains(got, "356 × 200") || !strings.Contains(got, "alder-valley-uploads") || !strings.Contains(got, "deleted") {
		t.Errorf("it promises %q", got)
	}
	if !r.maker.press.Disabled() || r.maker.press.Text() != "Make 24 thumbnails" {
		t.Errorf("without consent %q can be pressed", r.maker.press.Text())
	}
	r.maker.begin()
	if r.maker.making || len(r.keys("small/")) != 0 {
		t.Error("they are made without consent")
	}
	r.maker.agree.SetChecked(true)
	r.maker.press.Tapped(nil)
	r.right.tags.add("deer") // while they are made, it does not end it
	r.until("thumbnails", func() bool { return r.maker.ended })
	r.settled()
	if got := r.maker.state.Text(); got != "24 thumbnails were made." {
		t.Errorf("it ended with %q", got)
	}
	r.maker.away.Tapped(nil)
	made := r.keys("small/")
	if len(made) != 24 || r.ready() != 24 || r.maker.box.Visible() || !r.middle.table.box.Visible() {
		t.Fatalf("%d were made, %d are ready: %v", len(made), r.ready(), r.wrong)
	}
	data, err := r.store().Read(t.Context(), made[0], 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	small, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil || small.Height != 200 || small.Width != 267 {
		t.Errorf("a thumbnail is %+v, %v", small, err)
	}
	r.bar.main.Tapped(nil)
	r.imported()
	items := r.sandbox.Items("camera-traps-2026")
	if len(items) != 24 || !strings.HasPrefix(items[0].Thumbnail, "small/2026/") {
		t.Errorf("%d items, %+v", len(items), items[0])
	}
}

func TestABucketThatMayNotBeWrittenToIsTold(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "field-archive")
	r.middle.ways[byBrowsing].Tapped(nil)
	r.middle.browser.tick("originals/river/", true)
	r.settled()
	r.looking.make.Tapped(nil)
	if row, here := r.middle.table.pages.row(0); !here || itemOf(row).Width != 900 || itemOf(row).Height != 675 {
		t.Errorf("the size that was found is not told of a row without a thumbnail: %+v", row)
	}
	r.maker.where.SetText("small/{rest}")
	r.maker.look()
	r.lookedFor()
	r.maker.agree.SetChecked(true)
	r.maker.press.Tapped(nil)
	r.until("the end", func() bool { return r.maker.ended })
	r.settled()
	if got := r.maker.state.Text(); !strings.HasPrefix(got, "0 thumbnails were made. The sign-in may not write there.") || r.ready() != 0 {
		t.Errorf("it says %q, %d are ready", got, r.ready())
	}
}

func TestMakingThumbnailsCanBeStoppedAndConsentCountsOnce(t *testing.T) {
	r := ownBucket(t)
	r.middle.make.Tapped(nil)
	r.maker.where.SetText("small")
	r.maker.look()
	r.lookedFor()
	r.maker.agree.SetChecked(true)
	r.maker.where.SetText("elsewhere")
	if r.maker.agree.Checked || r.maker.press.Visible() {
		t.Error("what was agreed to for one folder counts for another")
	}
	r.maker.where.SetText("small")
	r.maker.look()
	r.lookedFor()
	r.maker.agree.SetChecked(true)
	r.maker.press.Tapped(nil)
	r.maker.away.Tapped(nil)
	r.until("the end", func() bool { return r.maker.ended })
	r.settled()
	made := len(r.keys("small/"))
	if got := r.maker.state.Text(); made < 24 && !strings.Contains(got, "because you stopped it") {
		t.Errorf("it says %q after %d", got, made)
	}
	r.right.tags.add("fox") // another draft
	r.settled()
	if again := len(r.keys("small/")); again != made || r.ready() != made {
		t.Errorf("%d were made, %d are there after another draft, %d are ready", made, again, r.ready())
	}
}

func TestConsentForOneChoiceDoesNotCountForAnother(t *testing.T) {
	r := ownBucket(t)
	r.middle.make.Tapped(nil)
	r.maker.where.SetText("small")
	r.maker.look()
	r.lookedFor()
	r.maker.agree.SetChecked(true)
	r.right.tags.add("deer") // a draft is being made when it is pressed
	r.maker.begin()
	r.middle.browser.tick("2026/river/", false)
	r.until("the end", func() bool { return !r.maker.making })
	r.settled()
	if made := r.keys("small/"); len(made) != 0 {
		t.Errorf("%d were made for another choice", len(made))
	}
	r.chooseStorage(0)
	if r.maker.open {
		t.Error("the question stays with another storage")
	}
}
