package cloud

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sandbox"
)

func TestSizesAndThumbnailsOfWhatIsSeenStandBesideTheObjects(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	r := newRigAt(t, sb, "", nil).open("camera-traps-2026", "field-archive")
	b := r.middle.browser
	r.middle.ways[byBrowsing].Tapped(nil)
	b.enter("originals/river/")
	r.until("the bucket", func() bool { return !b.listing.asking })
	key := b.listing.listed[0].Key
	if kind, text := b.facts.sizeMark(key); kind != widgets.StateWaiting || text != "Looking" {
		t.Errorf("before it was looked up it shows %v, %q", kind, text)
	}
	r.until("its size", func() bool { _, here := b.facts.known[key]; return here })
	if kind, text := b.facts.sizeMark(key); kind != widgets.StateInDarwin || text != "900 × 675" {
		t.Errorf("it shows %v, %q", kind, text)
	}
	if _, text := b.facts.thumbMark(key); text != "" {
		t.Errorf("without a rule for thumbnails it shows %q", text)
	}
	r.right.below.SetText("originals")
	r.looking.thumbnails.SetText("thumbnails")
	r.looking.take()
	b.facts.get(key)
	b.facts.get("originals/river/none.jpg")
	r.until("its thumbnail", func() bool { return len(b.facts.known) > 1 && !b.facts.asking })
	if kind, text := b.facts.thumbMark(key); kind != widgets.StateInDarwin || text != "Found" {
		t.Errorf("its thumbnail is %v, %q", kind, text)
	}
	if _, text := b.facts.sizeMark("originals/river/none.jpg"); text != "Not known" {
		t.Errorf("an object that is not there shows %q", text)
	}
	r.looking.thumbnails.SetText("elsewhere")
	r.looking.take()
	b.facts.get(key)
	r.until("its thumbnail", func() bool { _, here := b.facts.known[key]; return here })
	if kind, text := b.facts.thumbMark(key); kind != widgets.StateNeedsYou || text != "Not found" {
		t.Errorf("a thumbnail that is not there is %v, %q", kind, text)
	}
}

// deep is a bucket with a folder of many objects.
type deep struct {
	objects.Store
	n    int
	read *int
}

func (d deep) List(_ context.Context, prefix string, _ bool) iter.Seq2[objects.Object, error] {
	return func(yield func(objects.Object, error) bool) {
		for i := range d.n {
			*d.read = i + 1
			if !yield(objects.Object{Key: fmt.Sprintf("%sIMG_%06d.jpg", prefix, i), Size: 1}, nil) {
				return
			}
		}
	}
}

func TestAFolderIsListedAsFarAsSomebodyScrolls(t *testing.T) {
	const all = 5_200
	read := 0
	r := newRig(t, "", nil)
	r.deps.Bucket = func(context.Context, darwin.StorageInfo, string) (objects.Store, func(), error) {
		return deep{n: all, read: &read}, func() {}, nil
	}
	r.open("camera-traps-2026", "team-uploads")
	b := r.middle.browser
	r.middle.ways[byBrowsing].Tapped(nil)
	r.until("the first", func() bool { return !b.listing.asking })
	if n := len(b.listing.listed); n != listStep || read != listStep+1 || !b.listing.more || b.path.Text() != "team-uploads  ·  500 and more" {
		t.Fatalf("%d are listed after %d were read: %q", n, read, b.path.Text())
	}
	for b.listing.more {
		before := len(b.listing.listed)
		b.listing.seen(before - 1)
		b.listing.seen(before - 1)
		r.until("more", func() bool { return !b.listing.asking })
		if len(b.listing.listed) <= before && b.listing.more {
			t.Fatalf("%d are listed, and no more come", before)
		}
	}
	if n := len(b.listing.listed); n != all || b.listing.listed[all-1].Key != "IMG_005199.jpg" || b.path.Text() != "team-uploads  ·  5,200" {
		t.Errorf("%d are listed at the end: %q", n, b.path.Text())
	}
	b.enter("a/") // and the place closes while more could be read
	r.until("the first", func() bool { return !b.listing.asking })
}
