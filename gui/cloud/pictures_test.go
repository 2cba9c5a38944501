package cloud

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sandbox"
)

// archive is a sheet of 98 rows, of which two lack something.
func archive() string {
	var b strings.Builder
	b.WriteString("Number;key;thumbnail_key;width;height;tags\n")
	for i := range 98 {
		folder, name := "cats", fmt.Sprintf("cat_%04d.jpg", i+1)
		if i >= 60 {
			folder, name = "dogs", fmt.Sprintf("dog_%04d.jpg", i-59)
		}
		thumb, width := "animals/thumbnails/"+folder+"/"+name, "900"
		if i == 61 {
			thumb = ""
		}
		if i == 62 {
			width = "wide"
		}
		fmt.Fprintf(&b, "%d;animals/originals/%s/%s;%s;%s;675;deer\n", i+1, folder, name, thumb, width)
	}
	return b.String()
}

func TestEveryStateFitsInBothLooksAndSizes(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	anyKey(sb)
	sb.AddStorage(sandbox.Storage{Name: "lab-scans", Provider: "aws", Bucket: "elsewhere", Region: "eu-west-1"})
	sheet := write(t, "archive 2026.csv", archive())
	chosen := func(r *rig) {
		r.open("camera-traps-2026", "field-archive")
		r.useSheet(sheet)
		r.settled()
	}
	ended := func(c ledger.Counts, change func(*run)) func(*rig) {
		return func(r *rig) {
			chosen(r)
			d := r.draft
			r.run = &run{about: external.About{Dataset: d.Dataset, Storage: d.Storage, From: d.From}, book: r.desk.book, id: d.ID, total: 98, counts: c}
			change(r.run)
			r.receipt.read()
			r.show()
			r.until("rows", func() bool { return !r.receipt.table.pages.asking && len(r.posted) == 0 })
		}
	}
	agreed := func(r *rig) {
		r.open("camera-traps-2026", "field-archive")
		r.middle.ways[byBrowsing].Tapped(nil)
		r.middle.browser.tick("originals/", true)
		r.settled()
		r.middle.make.Tapped(nil)
		r.maker.where.SetText("small")
		r.maker.look()
		r.lookedFor()
		r.maker.agree.SetChecked(true)
	}
	for name, state := range map[string]func(*rig){
		"loading": func(r *rig) { r.asking = true; r.show() },
		"unreadable": func(r *rig) {
			r.problem = &fault.Error{Kind: fault.Network, What: "Darwin did not answer.", Do: "Look at the network, and ask again."}
			r.show()
		},
		"none":  func(r *rig) { r.storages = []darwin.StorageInfo{}; r.show() },
		"empty": func(r *rig) { r.open("camera-traps-2026", "team-uploads") },
		"sheet": chosen,
		"unfit": func(r *rig) {
			chosen(r)
			r.middle.showUnfit(true)
			r.settled()
			r.middle.table.list.Select(1)
		},
		"leftout": func(r *rig) { chosen(r); r.middle.leave.Tapped(nil); r.settled() },
		"keys": func(r *rig) {
			r.open("camera-traps-2026", "team-uploads")
			r.right.tags.add("deer")
			r.right.tags.add("weather")
			r.right.folder.SetText("/May 2026")
			r.middle.entry.SetText("animals/cats/1.jpg\ns3://alder-valley-uploads/animals/cats/2.jpg\ngs://elsewhere/3.jpg\nanimals/dogs/4.mp4")
			r.settled()
			r.right.tags.field.SetText("a")
		},
		"wrong": func(r *rig) {
			chosen(r)
			r.setDraft(nil, errors.New("x"))
			r.middle.say("notes.txt is not a sheet. Choose a CSV, XLSX or JSON lines file.")
		},
		"lookup": func(r *rig) {
			chosen(r)
			r.looking.check.SetChecked(true)
			r.settled()
		},
		"browse": func(r *rig) {
			r.open("camera-traps-2026", "field-archive")
			r.middle.ways[byBrowsing].Tapped(nil)
			b := r.middle.browser
			r.until("the bucket", func() bool { return !b.listing.asking })
			b.enter("originals/")
			r.until("the bucket", func() bool { return !b.listing.asking })
			b.tick(b.listing.listed[0].Key, true)
			b.enter(b.listing.listed[0].Key)
			r.until("the bucket", func() bool { return !b.listing.asking })
			b.tick(b.listing.listed[1].Key, false)
			r.settled()
		},
		"facts": func(r *rig) {
			r.open("camera-traps-2026", "field-archive")
			r.right.below.SetText("originals")
			r.looking.thumbnails.SetText("thumbnails")
			r.looking.take()
			r.middle.ways[byBrowsing].Tapped(nil)
			b := r.middle.browser
			b.enter("originals/river/")
			r.until("the bucket", func() bool { return !b.listing.asking })
			b.tick("originals/", true)
			r.settled()
			for i := range b.listing.listed {
				b.facts.get(b.listing.listed[i].Key)
			}
			r.until("sizes", func() bool { return !b.facts.asking && len(b.facts.known) == len(b.listing.listed) })
		},
		"frames": func(r *rig) {
			r.open("camera-traps-2026", "field-archive")
			r.middle.ways[byBrowsing].Tapped(nil)
			r.middle.browser.enter("films/dawn/")
			r.middle.browser.tick("films/", true)
			r.looking.thumbnails.SetText("{dir}thumbnail.jpg")
			r.looking.frames.SetText("{dir}frames/{n}.jpg")
			r.looking.take()
			r.settled()
			r.until("the bucket", func() bool { return !r.middle.browser.listing.asking })
			r.peeking = r.narrow
			r.show()
		},
		"consent": func(r *rig) { agreed(r) },
		"making":  func(r *rig) { agreed(r); r.maker.making, r.maker.made = true, 9; r.show() },
		"made":    func(r *rig) { agreed(r); r.maker.ended, r.maker.made = true, 24; r.show() },
		"foldertags": func(r *rig) {
			r.open("camera-traps-2026", "team-uploads")
			r.middle.entry.SetText("animals/cats/1.jpg\nanimals/cats/2.jpg\nanimals/dogs/4.mp4\nold.jpg")
			r.right.tags.add("deer")
			r.settled()
			r.right.turn("/animals/cats")
			r.right.tags.add("weather")
			r.right.tags.field.SetText("badger")
			r.settled()
			r.peeking = r.narrow
			r.show()
		},
		"barred": func(r *rig) {
			r.open("camera-traps-2026", "lab-scans")
			r.middle.ways[byBrowsing].Tapped(nil)
			r.until("the bucket", func() bool { return !r.middle.browser.listing.asking })
		},
		"refused": func(r *rig) {
			guarded(r, InKeychain)
			r.open("camera-traps-2026", "field-archive")
			r.browsed()
		},
		"signin": func(r *rig) {
			guarded(r, InKeychain)
			r.open("camera-traps-2026", "field-archive")
			r.browsed().sign.Tapped(nil)
			r.signIn.form.key.SetText("AKIAWRONG")
			r.signIn.form.secret.SetText("x")
			r.signIn.submit()
			r.until("an answer", func() bool { return !r.signIn.trying })
		},
		"signedin": func(r *rig) {
			p := guarded(r, ThisRunOnly)
			r.open("camera-traps-2026", "field-archive")
			p.kept[at(r.storages[r.storage], r.lookup.endpoint)] = objects.Credentials{AccessKey: rightKey, Secret: "x"}
			r.browsed()
			r.signIn.ask()
			r.signIn.form.build("azure")
			r.signIn.form.show()
		},
		"peek": func(r *rig) {
			chosen(r)
			r.peeking = r.narrow
			r.show()
		},
		"resume": func(r *rig) {
			chosen(r)
			i := r.draft.Import
			i.Counts = ledger.Counts{ledger.Waiting: 960_000, ledger.Registered: 40_000}
			r.unfinished = &i
			r.show()
		},
		"running": ended(ledger.Counts{ledger.Waiting: 46, ledger.Registered: 50, ledger.Unfit: 2}, func(r *run) { r.under = true; r.left = 90e9 }),
		"copying": ended(ledger.Counts{}, func(r *run) { r.under, r.copied = true, 40 }),
		"stopped": ended(ledger.Counts{ledger.Waiting: 46, ledger.Registered: 50, ledger.Unfit: 2}, func(r *run) {}),
		"done":    ended(ledger.Counts{ledger.Registered: 6, ledger.Ready: 90, ledger.Unfit: 2}, func(r *run) { r.follows = true }),
	} {
		looktest.Gallery[*rig]{
			Name:  "cloud",
			Sizes: []fyne.Size{{Width: 1092, Height: 696}, {Width: 812, Height: 536}},
			New: func(t *testing.T, _ fyne.Size) (*rig, fyne.CanvasObject) {
				r := prepared(t, sb, "", nil)
				return r, r.View
			},
			States: map[string]func(*rig){name: state},
		}.Draw(t)
	}
}

func TestEverythingFollowsAChangeOfTheTheme(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	anyKey(sb)
	sheet := write(t, "a.csv", archive())
	looktest.FollowsTheTheme(t, fyne.NewSize(1092, 696), func() fyne.CanvasObject {
		r := prepared(t, sb, "", nil)
		r.View.Resize(fyne.NewSize(1092, 696))
		r.open("camera-traps-2026", "field-archive")
		r.useSheet(sheet)
		r.settled()
		return r.View
	})
}
