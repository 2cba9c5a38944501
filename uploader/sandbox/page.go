package sandbox

import (
	"bytes"
	"cmp"
	_ "embed" // for the page's template and style
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// pageItems is how many items one page shows.
const pageItems = 200

//go:embed page.html
var pageSource string

//go:embed page.css
var pageStyle []byte

// The page runs no script and loads nothing from elsewhere, whatever an
// item's name says.
const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func parsePage() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{"size": sizeText}).Parse(pageSource))
}

type pageView struct {
	Title    string
	Team     string
	Moving   bool // something changes by itself, so the page comes again
	Datasets []datasetView
	Dataset  *datasetView
	Folders  []folderView
	Previous string // links, "" where there is no such page
	Next     string
	First    int
	Last     int
}

type datasetView struct {
	ID        int64
	Name      string
	Version   int
	Items     int
	Done      int
	Underway  int // confirmed, being processed
	Waiting   int // registered, no confirmation yet
	Failed    int
	Folders   int
	Bytes     int64
	Processed int // percent
}

type folderView struct {
	Path  string
	Items []itemView
}

type itemView struct {
	Item
	Thumbnail string // address of a picture, "" for an icon
	State     string
	Class     string
	TagList   []tagView
}

type tagView struct{ Name, Text string }

func (s *Sandbox) indexPage(x *exchange) {
	v := pageView{Title: s.cfg.Team.Name, Team: s.cfg.Team.Name}
	s.state.mu.Lock()
	for _, d := range s.state.datasets {
		if !d.archived {
			v.Datasets = append(v.Datasets, s.summary(d))
		}
	}
	s.state.mu.Unlock()
	s.render(x, http.StatusOK, v)
}

func (s *Sandbox) datasetPage(x *exchange) {
	from, err := strconv.Atoi(x.r.URL.Query().Get("from"))
	if err != nil || from < 0 {
		from = 0
	}
	s.state.mu.Lock()
	d := s.state.datasetByID(x.path("id"))
	if d == nil {
		s.state.mu.Unlock()
		s.render(x, http.StatusNotFound, pageView{Title: "There is no such dataset", Team: s.cfg.Team.Name})
		return
	}
	sum := s.summary(d)
	v := pageView{Title: d.name, Team: s.cfg.Team.Name, Dataset: &sum, Moving: sum.Underway+sum.Waiting > 0}
	v.Folders, v.First, v.Last = s.folders(d, from)
	s.state.mu.Unlock()

	self := "/datasets/" + strconv.FormatInt(d.id, 10) + "?from="
	if v.First > 1 {
		v.Previous = self + strconv.Itoa(max(0, v.First-1-pageItems))
	}
	if v.Last < sum.Items {
		v.Next = self + strconv.Itoa(v.Last)
	}
	s.render(x, http.StatusOK, v)
}

// summary counts a dataset's items. It needs the lock.
func (s *Sandbox) summary(d *dataset) datasetView {
	v := datasetView{ID: d.id, Name: d.name, Version: d.version, Items: len(d.items)}
	now := s.cfg.Clock()
	folders := map[string]bool{}
	for _, it := range d.items {
		folders[it.place.folder] = true
		switch it.state(now, s.cfg.ProcessAfter) {
		case complete:
			v.Done++
		case processing:
			v.Underway++
		case failed:
			v.Failed++
		default:
			v.Waiting++
		}
		for _, sl := range it.slots {
			if o, ok := s.objects.Object(sl.object); ok {
				v.Bytes += o.Size
			}
		}
	}
	v.Folders = len(folders)
	if v.Items > 0 {
		v.Processed = 100 * v.Done / v.Items
	}
	return v
}

// folders gives one page of items by folder and name, and the numbers of its
// first and last item, counted from 1. It needs the lock.
func (s *Sandbox) folders(d *dataset, from int) (out []folderView, head, tail int) {
	items := slices.Clone(d.items)
	slices.SortFunc(items, func(a, b *item) int {
		return cmp.Or(strings.Compare(a.place.folder, b.place.folder), strings.Compare(a.place.name, b.place.name))
	})
	from = min(from, len(items))
	page := items[from:min(from+pageItems, len(items))]
	now := s.cfg.Clock()
	for _, it := range page {
		if n := len(out); n == 0 || out[n-1].Path != it.place.folder {
			out = append(out, folderView{Path: it.place.folder})
		}
		v := itemView{Item: s.describe(it, now)}
		v.State, v.Class = stateWords(it.state(now, s.cfg.ProcessAfter))
		if s.cfg.Dir != "" && v.Size > 0 && v.Type == "image" && hasThumbnail(it.slots[0].fileName) {
			v.Thumbnail = "/thumbnails/" + url.PathEscape(it.slots[0].uploadID)
		}
		for _, name := range slices.Sorted(maps.Keys(v.Tags)) {
			v.TagList = append(v.TagList, tagView{name, v.Tags[name]})
		}
		f := &out[len(out)-1]
		f.Items = append(f.Items, v)
	}
	return out, from + 1, from + len(page)
}

func stateWords(state string) (words, class string) {
	switch state {
	case complete:
		return "In Darwin", "done"
	case processing:
		return "Being processed", "underway"
	case failed:
		return "Could not be processed", "failed"
	}
	return "Waiting for its file", "waiting"
}

func (s *Sandbox) render(x *exchange, status int, v pageView) {
	var b bytes.Buffer
	if err := s.page.Execute(&b, v); err != nil { // our own template and values: cannot happen
		x.detail(http.StatusInternalServerError, "Internal Server Error")
		return
	}
	pageHeader(x.w.Header(), "text/html; charset=utf-8")
	x.w.Header().Set("Cache-Control", "no-store")
	x.w.WriteHeader(status)
	_, _ = x.w.Write(b.Bytes())
}

func (s *Sandbox) stylesheet(x *exchange) {
	pageHeader(x.w.Header(), "text/css; charset=utf-8")
	_, _ = x.w.Write(pageStyle)
}

func pageHeader(h http.Header, kind string) {
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// sizeText is a size as people say it.
func sizeText(n int64) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10) + " bytes"
	}
	value, unit := float64(n)/1000, 0
	units := [...]string{"kB", "MB", "GB", "TB"}
	for value >= 999.5 && unit < len(units)-1 {
		value, unit = value/1000, unit+1
	}
	digits := 0
	if value < 9.95 {
		digits = 1
	}
	return strconv.FormatFloat(value, 'f', digits, 64) + " " + units[unit]
}
