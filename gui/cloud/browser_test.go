package cloud

import (
	"strings"
	"testing"

	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/sandbox"
)

func TestTheNearestTickCounts(t *testing.T) {
	p := picks(nil).with("a/", true).with("a/b/", false).with("a/b/c.jpg", true)
	for key, want := range map[string]widgets.TriState{
		"": widgets.Some, "a/": widgets.Some, "a/1.jpg": widgets.On, "a/b/": widgets.Some, "a/b/2.jpg": widgets.Off,
		"a/b/c.jpg": widgets.On, "z.jpg": widgets.Off, "ab/": widgets.Off,
	} {
		if got := p.state(key); got != want {
			t.Errorf("the box of %q shows %v, want %v", key, got, want)
		}
	}
	if q := p.with("a/", true); len(q) != 1 || q.state("a/") != widgets.On {
		t.Errorf("a folder that is ticked again as a whole is %v", q)
	}
	if q := p.with("a/", false); !q.empty() || q.state("a/") != widgets.Off {
		t.Errorf("a folder that is left out is %v", q)
	}
	if q := picks(nil).with("", true).with("a/", false); q.state("b.jpg") != widgets.On || q.state("a/b.jpg") != widgets.Off || q.state("") != widgets.Some {
		t.Errorf("all but a folder is %v", q)
	}
	if p.empty() || !picks(nil).empty() {
		t.Error("empty is wrong")
	}
}

func TestObjectsAreTickedInTheBucketAndImported(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	r := newRigAt(t, sb, "", nil).open("camera-traps-2026", "field-archive")
	b := r.middle.browser
	looked := func() { r.Helper(); r.until("the bucket", func() bool { return !b.listing.asking }) }
	r.middle.ways[byBrowsing].Tapped(nil)
	looked()
	if b.listing.wrong != nil || len(b.listing.listed) == 0 {
		t.Fatalf("the bucket shows %v, %v", b.listing.listed, b.listing.wrong)
	}
	b.enter("originals/")
	looked()
	folder := ""
	for _, o := range b.listing.listed {
		if o.Folder {
			folder = o.Key
		}
	}
	if folder == "" {
		t.Fatalf("no folder in %v", b.listing.listed)
	}
	b.tick(folder, true)
	b.enter(folder)
	looked()
	inside := len(b.listing.listed)
	out := b.listing.listed[0].Key
	b.tick(out, false)
	r.right.below.SetText("originals")
	r.looking.thumbnails.SetText("thumbnails")
	r.looking.check.SetChecked(true)
	r.looking.take()
	r.settled()
	if r.ready() != inside-1 || b.whole.State() != widgets.Some {
		t.Fatalf("%d of %d are ready, the folder shows %v: %v", r.ready(), inside, b.whole.State(), r.wrong)
	}
	b.goUp()
	looked()
	b.find.SetText(strings.TrimPrefix(out, folder))
	b.find.OnSubmitted("")
	looked()
	if len(b.listing.listed) == 0 || !strings.Contains(b.listing.listed[0].Key, b.find.Text) {
		t.Errorf("found %v", b.listing.listed)
	}
	r.bar.main.Tapped(nil)
	r.imported()
	items := sb.Items("camera-traps-2026")
	if len(items) != inside-1 {
		t.Errorf("%d items, want %d", len(items), inside-1)
	}
	for _, item := range items {
		if item.Key == out || item.Width == 0 || item.Thumbnail == "" {
			t.Errorf("%+v", item)
		}
	}
}

func TestABucketThatCannotBeReadSaysWhyAndIsLookedIntoAgain(t *testing.T) {
	r := newRig(t, "", nil)
	r.sandbox.AddStorage(sandbox.Storage{Name: "lab-scans", Provider: "aws", Bucket: "elsewhere"})
	r.open("camera-traps-2026", "lab-scans")
	b := r.middle.browser
	r.middle.ways[byBrowsing].Tapped(nil)
	r.until("an answer", func() bool { return !b.listing.asking })
	if b.listing.wrong == nil || !b.again.Visible() || b.state.Text() == "" {
		t.Errorf("it says %q, %v", b.state.Text(), b.listing.wrong)
	}
}
