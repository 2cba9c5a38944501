package queue

import (
	"strings"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
)

// trouble is the banner about what holds every file up, and not one: the
// network is gone, the key does not work, the disk is full. It is raised and
// not amber while nobody has to act.
type trouble struct {
	on      *Actions
	stopped *fault.Error // what ended the last upload as a whole
	waiting bool
	shown   troubleWords

	title, second *widget.TextSegment
	try           *widgets.Button
	notice        *widgets.Notice
}

func newTrouble(on *Actions) *trouble {
	t := &trouble{on: on}
	t.try = widgets.NewButton(widgets.Plain, lang.L("Try now"), look.Icon(look.IconRefresh), func() {
		if t.waiting {
			call(t.on.OnTryNow)
		} else {
			call(t.on.OnUpload)
		}
	})
	t.try.SetOnRaised(true)
	t.notice = widgets.NewNotice(widgets.NoticeNeutral, "", t.try)
	t.title = &widget.TextSegment{Style: widget.RichTextStyle{TextStyle: widgets.TextStyle{Bold: true}, SizeName: theme.SizeNameText, ColorName: theme.ColorNameForeground}}
	t.second = &widget.TextSegment{Style: widget.RichTextStyle{SizeName: theme.SizeNameText, ColorName: look.ColorMuted}}
	t.notice.Hide()
	return t
}

// update shows what there is to tell, and says whether the words are others.
func (t *trouble) update(m *Model, s uploader.Snapshot) bool {
	t.waiting = m.Sending() && s.Waiting != nil
	w := waitingWords(m, s)
	switch {
	case t.waiting:
	case t.stopped != nil && !m.Sending():
		w = stoppedWords(m, t.stopped)
	default:
		t.notice.Hidden = true
		return false
	}
	t.notice.Hidden = false
	if w == t.shown {
		return false
	}
	t.shown = w
	t.title.Text, t.second.Text = w.title, w.second
	t.notice.SetIcon(look.Icon(w.icon))
	t.notice.SetRich(t.title, t.second)
	return true
}

// troubleWords is what the banner says.
type troubleWords struct {
	icon          look.IconName
	title, second string
}

// waitingWords tells of a network that is gone.
func waitingWords(m *Model, s uploader.Snapshot) troubleWords {
	if s.Waiting == nil {
		return troubleWords{}
	}
	w := troubleWords{icon: look.IconWifiOff, title: lang.L("No network since %s", lang.Clock(s.Waiting.Since.Local()))}
	w.second = lang.N("%s of %s is sent.", "%s of %s are sent.", m.InBatch(), lang.Number(m.ArrivedInBatch()), lang.Number(m.InBatch()))
	if n := m.Waiting(); n > 0 {
		w.second = lang.Sentences(w.second, lang.N("%s more is safe on this computer and goes on by itself.", "%s more are safe on this computer and go on by themselves.", n))
	}
	return w
}

// stoppedWords tells what stopped an upload: what happened, what is safe, what
// to do.
func stoppedWords(m *Model, p *fault.Error) troubleWords {
	w := troubleWords{icon: look.IconTriangleAlert, title: strings.TrimRight(lang.S(p.What), ".。")}
	switch p.Kind {
	case fault.Key, fault.Permission:
		w.icon = look.IconKey
	case fault.Network, fault.Stalled:
		w.icon = look.IconWifiOff
	case fault.Disk, fault.Quota:
		w.icon = look.IconDatabase
	}
	if w.title == "" {
		w.title = lang.L("The upload stopped")
	}
	n, of := m.Total().Count(Done), m.Total().Files
	if m.Sending() || m.Processing() > 0 {
		w.second = lang.N("%s of %s is sent.", "%s of %s are sent.", of, lang.Number(n), lang.Number(of))
	} else {
		w.second = lang.N("%s of %s is in Darwin.", "%s of %s are in Darwin.", of, lang.Number(n), lang.Number(of))
	}
	w.second = lang.Sentences(w.second, lang.S(p.Safe), lang.S(p.Do))
	return w
}
