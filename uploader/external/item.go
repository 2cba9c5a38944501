package external

import (
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sheet"
)

// Item is an object as it will be registered: darwin.ExternalItem, but with the
// pictures of a video as a pattern.
type Item struct {
	Key       string          `json:"k"`
	Name      string          `json:"-"`
	Folder    string          `json:"-"`
	Tags      []darwin.Tag    `json:"g,omitempty"`
	Type      string          `json:"t,omitempty"` // as the person stated it, or ""
	Thumbnail string          `json:"m,omitempty"`
	Width     int             `json:"w,omitempty"`
	Height    int             `json:"h,omitempty"`
	Video     *darwin.Video   `json:"v,omitempty"`
	Sequence  *Sequence       `json:"s,omitempty"`
	Compact   *darwin.Compact `json:"c,omitempty"`

	// Pattern is a naming pattern whose pictures have to be looked for in the
	// bucket, "" if there is none or Sequence holds them.
	Pattern string `json:"-"`
	// PatternLow is the one of smaller pictures.
	PatternLow string `json:"-"`
}

// Kind is the item's type, stated or told by its ending; "" if neither.
func (i Item) Kind() string {
	if i.Type != "" {
		return i.Type
	}
	return darwin.TypeOf(i.Name)
}

func (i Item) external() (darwin.ExternalItem, error) {
	frames, err := i.Sequence.frames(i.Width, i.Height)
	return darwin.ExternalItem{
		Name: i.Name, Folder: i.Folder, Tags: i.Tags, Type: i.Type, Key: i.Key, Thumbnail: i.Thumbnail,
		Width: i.Width, Height: i.Height, Video: i.Video, Frames: frames, Compact: i.Compact,
	}, err
}

// Rules says how entries become items.
type Rules struct {
	Root    Root
	Version int // of the dataset
	Folders Folders

	// Tags go on every item, before those of its row. Classes are the team's;
	// where there are any, each tag is held against them. An empty list proves
	// nothing, as Darwin gives it to keys without permission, too.
	Tags    []darwin.Tag
	Classes []darwin.TagClass

	// Manifest reads a file on this computer that an entry names. nil: none is
	// taken.
	Manifest func(path string) (*Manifest, error)
}

// most is the largest width and height in pixels, and the most frames a second,
// that are taken for real.
const (
	mostPixels = 1_000_000
	mostFPS    = 1000
)

// Item makes an item of an entry. A problem is of kind Usage; it concerns this
// entry only. What a read-only storage needs beyond that is told by Lacks.
func (r Rules) Item(e Entry) (Item, *fault.Error) {
	if e.Problem != nil {
		return Item{}, e.Problem
	}
	var item Item
	steps := []func(*Item, Entry) error{r.keys, r.place, r.tags, r.numbers, r.kind, r.frames}
	for _, step := range steps {
		if err := step(&item, e); err != nil {
			return item, fault.Of(err)
		}
	}
	return item, nil
}

func (r Rules) keys(item *Item, e Entry) (err error) {
	if item.Key, err = r.Root.Key(e.Key); err != nil {
		return err
	}
	if strings.TrimSpace(e.Thumbnail) == "" {
		return nil
	}
	item.Thumbnail, err = r.Root.Key(e.Thumbnail)
	if problem, ok := err.(*fault.Error); ok {
		return &fault.Error{Kind: problem.Kind, What: "The thumbnail is wrong: " + problem.What, Do: problem.Do}
	}
	return err
}

func (r Rules) place(item *Item, e Entry) (err error) {
	item.Name = norm.NFC.String(strings.TrimSpace(e.Name))
	if item.Name == "" {
		item.Name = norm.NFC.String(nameOf(item.Key))
	}
	switch {
	case strings.Contains(item.Name, "/"):
		return wrong("The name %q has a slash in it.|Write the folder into the column folder.", shortened(item.Name))
	case !utf8.ValidString(item.Name) || strings.ContainsFunc(item.Name, func(c rune) bool { return unicode.IsControl(c) || c == '\u2028' || c == '\u2029' }):
		return wrong("The name holds a character that cannot be shown.|Write another name.")
	case strings.TrimSpace(item.Name) == "":
		return wrong("The object's key gives no name.|Write one into the column name.")
	}
	item.Folder, err = r.Folders.Folder(item.Key, e.Folder)
	return err
}

func (r Rules) tags(item *Item, e Entry) error {
	own, err := sheet.Tags(e.Tags)
	if err != nil {
		return err
	}
	item.Tags = slices.Clip(r.Tags)
	for _, tag := range own {
		at := slices.IndexFunc(item.Tags, func(t darwin.Tag) bool { return t.Class == tag.Class })
		switch {
		case at < 0:
			if err := r.check(tag); err != nil {
				return err
			}
			item.Tags = append(item.Tags, tag)
		case tag.Text != "": // the row knows better
			if err := r.check(tag); err != nil {
				return err
			}
			item.Tags = slices.Clone(item.Tags)
			item.Tags[at] = tag
		}
	}
	return nil
}

func (r Rules) check(tag darwin.Tag) error {
	if len(r.Classes) == 0 {
		return nil
	}
	at := slices.IndexFunc(r.Classes, func(c darwin.TagClass) bool { return c.Name == tag.Class })
	switch {
	case at < 0:
		return &fault.Error{
			Kind: fault.UnknownTag, What: fmt.Sprintf("The team has no tag %q.", shortened(tag.Class)),
			Do: "Correct its spelling, create it, or take it off.",
		}
	case tag.Text != "" && !r.Classes[at].TakesText:
		return &fault.Error{Kind: fault.TagText, What: fmt.Sprintf("The tag %q takes no text.", shortened(tag.Class)), Do: "Leave the text out."}
	}
	return nil
}

func (r Rules) numbers(item *Item, e Entry) (err error) {
	if item.Width, err = pixels("width", e.Width); err != nil {
		return err
	}
	if item.Height, err = pixels("height", e.Height); err != nil {
		return err
	}
	if (item.Width == 0) != (item.Height == 0) {
		return wrong("Only one of width and height is there.|Write both, or none.")
	}
	return nil
}

// pixels reads a whole number; spreadsheets write 900 as 900.0 sometimes.
func pixels(name, text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n != math.Trunc(n) || n < 1 || n > mostPixels {
		return 0, wrong("The %s %q is not a number of pixels.|Write a whole number, such as 900.", name, shortened(text))
	}
	return int(n), nil
}

func (r Rules) kind(item *Item, e Entry) error {
	switch kind := strings.ToLower(strings.TrimSpace(e.Type)); kind {
	case "", "image", "video", "pdf", "dicom":
		item.Type = kind
	default:
		return wrong("The type %q is none that Darwin has.|Write image, video, pdf or dicom, or leave it out.", shortened(e.Type))
	}
	if item.Kind() == "" && !medical(item.Name) {
		return wrong("The name %q does not tell what the object is.|Write image, video, pdf or dicom into the column type.", shortened(item.Name))
	}
	fps, frames := strings.TrimSpace(e.FPS), strings.ToLower(strings.TrimSpace(e.AsFrames))
	if fps == "" && frames == "" {
		return nil
	}
	if item.Kind() != "video" {
		if (fps == "0" || fps == "1" || strings.EqualFold(fps, "native") || fps == "") && (frames == "" || falsehood(frames)) {
			return nil // says no more than what holds for a picture anyway
		}
		return wrong("A frame rate is for videos, and this is none.|Leave it out.")
	}
	item.Video = &darwin.Video{AsFrames: truth(frames)}
	if !truth(frames) && !falsehood(frames) && frames != "" {
		return wrong("as_frames is %q.|Write true or false.", shortened(e.AsFrames))
	}
	if fps == "" || strings.EqualFold(fps, "native") {
		return nil
	}
	n, err := strconv.ParseFloat(strings.Replace(fps, ",", ".", 1), 64)
	if err != nil || !(n >= 0) || n > mostFPS {
		return wrong("The frame rate %q is not a number of frames a second.|Write a number such as 10 or 29.97, or native.", shortened(fps))
	}
	item.Video.FPS = n
	return nil
}

func truth(s string) bool     { return s == "true" || s == "yes" || s == "1" }
func falsehood(s string) bool { return s == "false" || s == "no" || s == "0" }

// medical says that Darwin tells by itself what the object is, though this
// program cannot say whether it is called dicom or video.
func medical(name string) bool {
	lower := strings.ToLower(name)
	switch path.Ext(lower) {
	case ".nii", ".ndpi", ".rvg":
		return true
	}
	return strings.HasSuffix(lower, ".nii.gz")
}

func (r Rules) frames(item *Item, e Entry) error {
	if strings.TrimSpace(e.Manifest) != "" {
		if r.Manifest == nil {
			return wrong("A manifest cannot be read here.|Name the frames by a pattern.")
		}
		m, err := r.Manifest(strings.TrimSpace(e.Manifest))
		if err != nil {
			return err
		}
		return m.enter(item, r.Root)
	}
	if strings.TrimSpace(e.Frames) == "" {
		return nil
	}
	pattern, err := r.pattern(e.Frames)
	if err != nil {
		return err
	}
	var low Pattern
	if strings.TrimSpace(e.FramesLow) != "" {
		if low, err = r.pattern(e.FramesLow); err != nil {
			return err
		}
		item.PatternLow = low.String()
	}
	if strings.TrimSpace(e.FrameCount) == "" {
		item.Pattern = pattern.String()
		return nil
	}
	count, err := strconv.Atoi(strings.TrimSpace(e.FrameCount))
	if err != nil || count < 1 || count > maxFrames {
		return wrong("The number of frames %q is not one.|Write a whole number, at most %d.", shortened(e.FrameCount), maxFrames)
	}
	first := 1
	if text := strings.TrimSpace(e.FirstFrame); text != "" {
		if first, err = strconv.Atoi(text); err != nil || first < 0 {
			return wrong("The number of the first frame %q is not one.|Write 0 or 1.", shortened(text))
		}
	}
	item.Sequence = &Sequence{High: pattern.String(), Low: item.PatternLow, First: first, Count: count}
	item.PatternLow = ""
	return nil
}

// pattern reads a naming pattern, which may be an address as a key may.
func (r Rules) pattern(text string) (Pattern, error) {
	key, err := r.Root.Key(text)
	if err != nil {
		return Pattern{}, err
	}
	return ParsePattern(key)
}

// Lacks says what an item still needs to be registered from its storage, nil if
// nothing. Nothing is needed where Darwin may write: it finds out by itself.
func (r Rules) Lacks(item Item) *fault.Error {
	kind := item.Kind()
	if !r.Root.Storage.ReadOnly {
		return nil
	}
	var missing []string
	need := func(there bool, what string) {
		if !there {
			missing = append(missing, what)
		}
	}
	switch {
	case kind != "image" && kind != "video":
		return wrong("A read-only storage can give Darwin images and videos, and %q is none.|Use a storage that Darwin may write to, or write image or video into the column type.", shortened(item.Name))
	case kind == "video" && r.Version < 2:
		return wrong("A video of a read-only storage cannot be registered in a dataset of version 1.|Choose a dataset of version 2, or a storage that Darwin may write to.")
	}
	need(item.Thumbnail != "", "thumbnail_key")
	need(item.Width > 0, "width")
	need(item.Height > 0, "height")
	if kind == "video" && item.Sequence == nil && item.Compact == nil {
		if item.Pattern != "" {
			need(false, "frame_count")
		} else {
			need(false, "frames or manifest")
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return wrong("A read-only storage needs %s here.|Write it into the sheet, or let the program find it in the bucket.", listed(missing))
}

func listed(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
