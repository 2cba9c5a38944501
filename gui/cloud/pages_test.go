package cloud

import (
	"fmt"
	"strings"
	"testing"

	"darwin-uploader/uploader/external/ledger"
)

func TestOfALongListOnlyThePagesAroundWhatIsSeenAreHeld(t *testing.T) {
	const rows, bad = 12_000, 3
	var b strings.Builder
	b.WriteString("key,width,height,thumbnail_key\n")
	for i := range rows {
		width := "8"
		if i%bad == 0 {
			width = "wide"
		}
		fmt.Fprintf(&b, "f%d/%d.jpg,%s,6,t.jpg\n", i%500, i, width)
	}
	r := newRig(t, "", nil).open("camera-traps-2026", "field-archive")
	r.useSheet(write(t, "long.csv", b.String()))
	r.settled()
	if r.ready() != rows-rows/bad || r.unfit() != rows/bad {
		t.Fatalf("%d are ready, %d are not: %v", r.ready(), r.unfit(), r.wrong)
	}
	if n := len(r.draft.folders); n != mostFolders || r.draft.more != 500-mostFolders {
		t.Errorf("the preview holds %d folders and %d more", n, r.draft.more)
	}
	p := r.middle.table.pages
	seen := func(i int) ledger.Row {
		t.Helper()
		for {
			row, here := p.row(i)
			if here {
				return row
			}
			p.want(i)
			r.until("a page", func() bool { return !p.asking })
		}
	}
	for i := 0; i < rows; i += 997 {
		if row := seen(i); row.Line != i+2 {
			t.Errorf("row %d is line %d", i, row.Line)
		}
	}
	if len(p.have) > keptPages {
		t.Errorf("%d pages are held", len(p.have))
	}
	r.middle.table.choose(needsYou)
	for _, i := range []int{rows/bad - 1, 0, 1500} { // also where no page before was read
		if row := seen(i); row.Line != i*bad+2 || row.State != ledger.Unfit {
			t.Errorf("wrong row %d is line %d, %v", i, row.Line, row.State)
		}
	}
}
