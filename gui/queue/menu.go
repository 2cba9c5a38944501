package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
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
	var again []ID
	for _, id := range ids {
		if e := p.model.get(id); e.group == NeedsYou {
			again = append(again, id)
		}
	}
	if len(again) > 0 && !p.model.Sending() && p.on.OnRetry != nil {
		words := "Send it again"
		if len(again) > 1 {
			words = "Send the " + Number(len(again)) + " again"
		}
		add(words, look.IconRefresh, func() { p.on.OnRetry(again) })
	}
	if len(ids) == 1 {
		e, _ := p.model.Entry(ids[0])
		if why := reasonOf(e.Status); why != "" {
			add("Copy the reason", look.IconCopy, func() { fyne.CurrentApp().Clipboard().SetContent(e.File.Path + ": " + why) })
		}
		if p.on.OnShowFile != nil {
			add("Show the folder", look.IconFolder, func() { p.on.OnShowFile(e.File.Path) })
		}
	}
	if p.model.Removable(ids) > 0 {
		add("Take out of the queue", look.IconTrash, func() { p.on.remove(p.model) })
	}
	return items
}

// reasonOf is why a file is not in Darwin by this upload, "" if it may be yet.
func reasonOf(st uploader.Status) string {
	switch st.State {
	case uploader.Skipped, uploader.Blocked, uploader.Failed:
		return StateSentence(st)
	default:
		return ""
	}
}
