package queue

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/uploader"
)

// TappedSecondary opens the menu of the selection, which MouseDown has moved
// under the pointer.
func (s *sheet) TappedSecondary(ev *fyne.PointEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(s)
	items := s.pane.menuItems()
	if _, on := s.rowAt(ev.Position); !on || c == nil || len(items) == 0 {
		return
	}
	widget.NewPopUpMenu(fyne.NewMenu("", items...), c).ShowAtPosition(ev.AbsolutePosition)
}

// showMenu opens the same menu for the keyboard, at the row that it is on.
func (p *pane) showMenu() {
	at := p.model.Cursor()
	c := fyne.CurrentApp().Driver().CanvasForObject(p)
	if at < 0 || c == nil {
		return
	}
	if p.model.Row(at).Tick != On {
		p.model.Select(at)
	}
	p.show(at)
	menu := widget.NewPopUpMenu(fyne.NewMenu("", p.menuItems()...), c)
	y := min(float32(at+1)*look.RowHeight-p.scroll.Offset.Y, p.scroll.Size().Height)
	menu.ShowAtRelativePosition(fyne.NewPos(columnsFor(p.scroll.Size().Width, p.form).name, y), p)
}

func menuItem(words string, icon look.IconName, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(words, do)
	item.Icon = look.Icon(icon)
	return item
}

// menuItems is what can be done with the selection now.
func (p *pane) menuItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	add := func(words string, icon look.IconName, do func()) { items = append(items, menuItem(words, icon, do)) }
	ids := p.model.Selected()
	var again, skipped, inDarwin []ID
	for _, id := range ids {
		switch e := p.model.get(id); {
		case e.group == NeedsYou:
			again = append(again, id)
		case e.Status.State == uploader.Skipped:
			skipped = append(skipped, id)
		case e.Status.State == uploader.InDarwin:
			inDarwin = append(inDarwin, id)
		}
	}
	if len(again) > 0 && p.on.OnRetry != nil {
		add(sendAgainWords(len(again)), look.IconRefresh, func() { p.on.OnRetry(again) })
	}
	if len(skipped) > 0 && p.on.OnMend != nil {
		words := lang.L("Upload under a new name")
		if len(skipped) > 1 {
			words = lang.L("Upload the %s under new names", lang.Number(len(skipped)))
		}
		add(words, look.IconCopy, func() { p.on.OnMend(Mend{Do: cause.Rename, IDs: skipped}, func(error) {}) })
	}
	if len(inDarwin)+len(skipped) > 0 && p.on.OnOpenInDarwin != nil {
		add(lang.L("Open the dataset in Darwin"), look.IconExternalLink, p.on.OnOpenInDarwin)
	}
	if reasons := p.reasons(ids); reasons != "" {
		words := lang.L("Copy the reason")
		if len(ids) > 1 {
			words = lang.L("Copy the reasons")
		}
		add(words, look.IconCopy, func() { fyne.CurrentApp().Clipboard().SetContent(reasons) })
	}
	if len(ids) == 1 && p.on.OnShowFile != nil {
		e, _ := p.model.Entry(ids[0])
		add(lang.L("Show in the file manager"), look.IconFolder, func() { p.on.OnShowFile(e.File.Path) })
	}
	if n := p.removable(ids); n > 0 {
		words := lang.L("Take out of the queue")
		if n > 1 {
			words = lang.L("Take %s out of the queue", lang.Number(n))
		}
		add(words, look.IconTrash, func() { p.on.remove(p.model) })
	}
	return append(items, p.sorting())
}

func sendAgainWords(n int) string {
	if n == 1 {
		return lang.L("Send it again")
	}
	return lang.L("Send the %s again", lang.Number(n))
}

// removable counts what would be taken out: of a batch that runs also what has
// not begun, if somebody can take it out of the batch.
func (p *pane) removable(ids []ID) int {
	n := 0
	for _, id := range ids {
		e := p.model.get(id)
		if p.model.removable(e) || p.on.OnRemove != nil && e.group == Ready {
			n++
		}
	}
	return n
}

// maxReasons is how many reasons are copied at most.
const maxReasons = 1000

// reasons tells, a line each, why files are not in Darwin; "" if all may be yet.
func (p *pane) reasons(ids []ID) string {
	var lines []string
	for _, id := range ids {
		e, _ := p.model.Entry(id)
		if why := reasonOf(e.Status); why != "" && len(lines) < maxReasons {
			lines = append(lines, named(e.File.Path, why))
		}
	}
	return strings.Join(lines, "\n")
}

// sorting is the heads of the columns, for the keyboard.
func (p *pane) sorting() *fyne.MenuItem {
	key, _ := p.model.Sort()
	var items []*fyne.MenuItem
	for _, h := range (columns{}).heads() {
		if h.sortable {
			item := fyne.NewMenuItem(h.name, func() { sortBy(p.model, h.key) })
			item.Checked = h.key == key
			items = append(items, item)
		}
	}
	item := menuItem(lang.L("Sort by"), look.IconList, nil)
	item.ChildMenu = fyne.NewMenu("", items...)
	return item
}

// reasonOf is why a file is not in Darwin by this upload, "" if it may be yet.
func reasonOf(st uploader.Status) string {
	switch st.State {
	case uploader.Skipped, uploader.Blocked, uploader.Failed:
		return stateSentence(st)
	default:
		return ""
	}
}
