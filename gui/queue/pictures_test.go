package queue_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/scenes"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// scenery writes the six scenes as PNG files and gives their paths.
func scenery(t *testing.T, dir string) []string {
	t.Helper()
	var paths []string
	for i, scene := range scenes.All() {
		c := software.NewCanvas()
		c.SetPadded(false)
		c.SetContent(canvas.NewImageFromResource(scene))
		c.Resize(fyne.NewSize(240, 186))
		path := filepath.Join(dir, fmt.Sprintf("scene%d.png", i))
		looktest.Write(t, path, c.Capture())
		paths = append(paths, path)
	}
	return paths
}

// survey is the queue of the design: 412 files in four folders.
func survey(pictures []string) *queue.Model {
	m := queue.New()
	m.StartAdding()
	var f intake.Found
	for _, part := range []struct {
		folder, prefix string
		files          int
		size           int64
	}{{"Alder Creek", "AC", 128, 11_700_000}, {"North Ridge", "NR", 164, 12_200_000}, {"Old Quarry", "OQ", 24, 8_100_000}, {"River Bend", "RB", 96, 12_500_000}} {
		for i := range part.files {
			name := fmt.Sprintf("%s_%04d.jpg", part.prefix, i+1)
			kind := intake.Image
			size := part.size + int64(i%7)*100_000
			if i == 4 {
				name, kind, size = fmt.Sprintf("%s_%04d.mp4", part.prefix, i+1), intake.Video, 155_000_000
			}
			file := intake.File{Path: "/cards/" + part.folder + "/" + name, Name: name, Folder: "/May 2026/" + part.folder, Size: size, Kind: kind}
			if pictures != nil && kind == intake.Image {
				file.Path = pictures[i%len(pictures)]
			}
			f.Files = append(f.Files, file)
		}
	}
	for _, name := range []string{"notes.txt", "track.gpx", "IMG_2201.HEIC", "report.docx"} {
		f.LeftOut = append(f.LeftOut, intake.LeftOut{Path: "/cards/" + name, Reason: intake.Unsupported, Fault: &fault.Error{
			Kind: fault.Unsupported, What: "Darwin does not take files of this type.", Do: "Save it as JPEG or PNG and add it again."}})
	}
	m.Add(f)
	m.EndAdding()
	var quarry, ridge []queue.ID
	for _, id := range m.IDs() {
		switch e, _ := m.Entry(id); e.Folder {
		case "/May 2026/Old Quarry":
			quarry = append(quarry, id)
		case "/May 2026/North Ridge":
			ridge = append(ridge, id)
		}
	}
	m.AddTag(ridge, darwin.Tag{Class: "deer"})
	m.AddTag(quarry[:3], darwin.Tag{Class: "fox"})
	m.AddTag(quarry[:2], darwin.Tag{Class: "night"})
	m.AddTag(quarry[2:5], darwin.Tag{Class: "dawn"})
	m.AddTag(quarry[2:5], darwin.Tag{Class: "weather", Text: "light rain"})
	return m
}

func open(m *queue.Model, name string) {
	for i := range m.Rows() {
		if r := m.Row(i); r.IsFolder && r.Name == name {
			m.SetOpen(i, true)
			return
		}
	}
}

// send puts the first done files into Darwin, has the next four under way, and
// lets some of them need the person.
func send(m *queue.Model, done, failed int, ended bool) uploader.Snapshot {
	items := m.Begin(m.Unsent())
	s := uploader.Snapshot{Files: len(items), Elapsed: 5 * time.Minute, Left: 4 * time.Minute, Speed: 9_800_000, Ended: ended}
	statuses := make([]uploader.Status, len(items))
	for i, it := range items {
		s.Bytes += it.Size
		st := &statuses[i]
		switch {
		case i < done:
			*st = confirmed(strconv.Itoa(i))
			st.Sent = it.Size
		case i < done+failed:
			st.State = uploader.Blocked
			st.Problem = &fault.Error{Kind: fault.UnknownTag, What: "The tag “pine marten” is new: your team does not have it.", Safe: "The file is unchanged on this computer.", Do: "Create the tag, then send the file again."}
			if i%3 == 0 {
				st.State = uploader.Failed
				st.Problem = &fault.Error{Kind: fault.Vanished, What: "The file is no longer where it was.", Do: "Put the card back in, then send it again."}
			}
		case i < done+failed+4 && !ended:
			st.State, st.Sent = uploader.Sending, it.Size*int64(84-25*(i-done-failed))/100
		}
		s.Sent += st.Sent
		s.Counts[st.State]++
	}
	m.ApplyStatuses(statuses)
	if ended {
		m.End()
		processed(m, done)
	}
	return s
}

// running shows the seconds up to a snapshot, in which a batch went on as it does.
func running(v *queue.View, s uploader.Snapshot) {
	for before := 12 * time.Second; before >= 0; before -= 500 * time.Millisecond {
		then := s
		then.Elapsed, then.Sent = s.Elapsed-before, s.Sent-int64(before.Seconds()*s.Speed)
		v.SetSnapshot(then)
	}
}

func TestEveryScreenIsDrawnInBothThemesAndSizes(t *testing.T) {
	var pictures []string
	var loader *thumbs.Loader
	ready := make(chan func(), 1)
	if looktest.Folder() != "" {
		test.NewTempApp(t)
		pictures = scenery(t, t.TempDir())
		loader = thumbs.New(func(f func()) { ready <- f })
		defer loader.Close()
	}
	from := time.Date(2026, 5, 14, 14, 2, 0, 0, time.UTC)
	outcome := queue.Outcome{Dataset: "Camera traps 2026", From: from, To: from.Add(9 * time.Minute)}
	screens := map[string]func() (*queue.Model, func(*queue.View)){
		"empty": func() (*queue.Model, func(*queue.View)) { return queue.New(), func(*queue.View) {} },
		"queue": func() (*queue.Model, func(*queue.View)) {
			m := survey(pictures)
			open(m, "Old Quarry")
			return m, func(*queue.View) {}
		},
		"selected": func() (*queue.Model, func(*queue.View)) {
			m := survey(pictures)
			open(m, "Old Quarry")
			m.Select(rowOf(t, m, "OQ_0003.jpg"))
			m.Extend(rowOf(t, m, "OQ_0005.mp4"))
			return m, func(*queue.View) {}
		},
		"leftout": func() (*queue.Model, func(*queue.View)) {
			m := survey(pictures)
			m.SetCursor(2)
			return m, func(v *queue.View) { v.ShowLeftOut() }
		},
		"sending": func() (*queue.Model, func(*queue.View)) {
			m := survey(pictures)
			open(m, "North Ridge")
			s := send(m, 128+3, 0, false)
			return m, func(v *queue.View) { running(v, s) }
		},
		"needs": func() (*queue.Model, func(*queue.View)) {
			m := survey(pictures)
			open(m, "North Ridge")
			s := send(m, 128+3, 24, false)
			return m, func(v *queue.View) {
				running(v, s)
				m.Select(rowOf(t, m, "NR_0005.mp4"))
			}
		},
		"done": func() (*queue.Model, func(*queue.View)) {
			m := survey(pictures)
			send(m, 412, 0, true)
			return m, func(v *queue.View) { v.ShowDone(outcome) }
		},
		"after": func() (*queue.Model, func(*queue.View)) {
			m := survey(pictures)
			open(m, "River Bend")
			send(m, 318, 24, true)
			return m, func(v *queue.View) {
				v.ShowDone(outcome)
				v.ShowList(queue.All)
				m.Select(rowOf(t, m, "RB_0005.mp4"))
			}
		},
		"menu": func() (*queue.Model, func(*queue.View)) {
			m := survey(pictures)
			open(m, "Alder Creek")
			send(m, 3, 24, true)
			return m, func(v *queue.View) {
				m.Select(rowOf(t, m, "AC_0005.mp4"))
				_, rows := rowsOf(t, v)
				at := fyne.NewPos(400, 300)
				rows.(fyne.SecondaryTappable).TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(10, 10), AbsolutePosition: at})
			}
		},
		"partly": func() (*queue.Model, func(*queue.View)) {
			m := survey(pictures)
			send(m, 388, 24, true)
			return m, func(v *queue.View) { v.ShowDone(outcome) }
		},
	}
	for name, screen := range screens {
		for _, variant := range variants() {
			full := name + "-" + variant.name()
			t.Run(full, func(t *testing.T) {
				variant.use(t)
				m, prepare := screen()
				v := queue.NewView(m, loader, queue.Actions{OnPaste: func(string) {}, OnRetry: func([]queue.ID) {}, OnShowFile: func(string) {}, OnPause: func(bool) {}, OnSaveReceipt: func() {}})
				v.SetDataset("Camera traps 2026")
				w := variant.window(t, shell(v, m, variant.size))
				prepare(v)
				w.SetContent(shell(v, m, variant.size))
				w.Resize(variant.size)
				settle(loader, ready)
				looktest.Fits(t, w, variant.size)
				looktest.Reads(t, w)
				looktest.Save(t, full, w)
			})
		}
	}
}

// variant is one way in which a screen is drawn.
type variant struct {
	size     fyne.Size
	look     look.Choice
	language string
	scale    float32
}

func variants() []variant {
	var all []variant
	low := fyne.NewSize(900, 600)
	if looktest.Watched {
		return []variant{{low, look.Light, "en", 1}}
	}
	drawn := looktest.Folder() != ""
	for _, choice := range []look.Choice{look.Light, look.Dark} {
		if choice == look.Light || drawn { // what is not drawn takes the same room in both
			all = append(all, variant{fyne.NewSize(1180, 760), choice, "en", 1}, variant{low, choice, "en", 1})
		}
	}
	for _, l := range lang.Languages()[1:] {
		all = append(all, variant{low, look.Light, l.Tag, 1})
	}
	if !drawn {
		return all // and at every scale
	}
	for _, scale := range []float32{1.25, 1.5, 2} {
		all = append(all, variant{low, look.Light, "en", scale}, variant{fyne.NewSize(1180, 760), look.Light, "en", scale})
	}
	return all
}

// use makes an app in the variant's look and language.
func (v variant) use(t *testing.T) {
	t.Helper()
	if err := lang.Use(v.language); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lang.Use("en") })
	test.NewTempApp(t).Settings().SetTheme(look.Theme(v.look))
}

// window shows content in the variant's size and scale.
func (v variant) window(t *testing.T, content fyne.CanvasObject) fyne.Window {
	t.Helper()
	w := looktest.Window(t, content, v.size)
	if c, ok := w.Canvas().(interface{ SetScale(float32) }); ok {
		c.SetScale(v.scale)
	}
	return w
}

func (v variant) name() string {
	name := fmt.Sprintf("%.0f-%s", v.size.Width, v.look)
	if v.language != "en" {
		name += "-" + v.language
	}
	if v.scale != 1 {
		name += fmt.Sprintf("-%.0f", v.scale*100)
	}
	return name
}

// settle waits for the thumbnails that the screen asked for.
func settle(loader *thumbs.Loader, ready <-chan func()) {
	for loader != nil && !loader.Idle() {
		select {
		case f := <-ready:
			f()
		case <-time.After(50 * time.Millisecond):
		}
	}
	select {
	case f := <-ready:
		f()
	default:
	}
}

// shell stands for the rest of the window: header, rail and inspector.
func shell(v *queue.View, m *queue.Model, size fyne.Size) fyne.CanvasObject {
	room := func(w, h float32) fyne.CanvasObject {
		r := canvas.NewRectangle(theme.Color(look.ColorSurface))
		r.SetMinSize(fyne.NewSize(w, h))
		return r
	}
	right, bar := room(0, 0), v.Bar()
	right.Hide()
	if v.Page() == queue.PageList {
		right = room(look.InspectorWidth, 0)
		if size.Width < look.NarrowBelow {
			right = room(look.InspectorNarrow, 0)
		}
		if m.Sending() {
			right.Hide()
		}
	}
	bar.Show()
	if v.Page() != queue.PageList {
		bar.Hide()
	}
	ground := canvas.NewRectangle(theme.Color(theme.ColorNameBackground))
	body := container.New(tight{}, room(0, look.HeaderHeight), bar, room(look.RailWidth, 0), right, v.Body())
	return container.NewStack(ground, body)
}

// tight is a border layout without gaps: top, bottom, left, right, middle.
type tight struct{}

func (tight) MinSize(o []fyne.CanvasObject) fyne.Size {
	width, height := o[4].MinSize().Width, o[4].MinSize().Height
	for _, i := range []int{0, 1} {
		if o[i].Visible() {
			height += o[i].MinSize().Height
		}
	}
	for _, i := range []int{2, 3} {
		if o[i].Visible() {
			width += o[i].MinSize().Width
		}
	}
	return fyne.NewSize(width, height)
}

func (tight) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, top, right, bottom := o[2].MinSize().Width, o[0].MinSize().Height, float32(0), float32(0)
	if o[3].Visible() {
		right = o[3].MinSize().Width
	}
	if o[1].Visible() {
		bottom = o[1].MinSize().Height
	}
	put := func(i int, x, y, w, h float32) {
		o[i].Move(fyne.NewPos(x, y))
		o[i].Resize(fyne.NewSize(w, h))
	}
	put(2, 0, 0, left, size.Height)
	put(0, left, 0, size.Width-left, top)
	put(1, left, size.Height-bottom, size.Width-left, bottom)
	put(3, size.Width-right, top, right, size.Height-top-bottom)
	put(4, left, top, size.Width-left-right, size.Height-top-bottom)
}
