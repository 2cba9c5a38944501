package cloud

import (
	"bytes"
	"context"
	"iter"
	"path/filepath"
	"strings"

	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/objects"
)

// frameRule says how the frames of a video are called by the video's key, with
// "{n}" for their number; or, where it ends in .json, how its manifest is.
type frameRule string

func (r frameRule) manifest() bool { return strings.HasSuffix(strings.ToLower(string(r)), ".json") }

// check refuses a rule that names no number.
func (r frameRule) check() error {
	if r == "" || r.manifest() {
		return nil
	}
	_, err := external.ParsePattern(r.of("a/b.mp4"))
	return err
}

// of is the pattern of the frames, or the key of the manifest, of one video.
func (r frameRule) of(key string) string { return r.rule().Key(key) }

func (r frameRule) rule() finder.Rule { return finder.Rule{Template: string(r)} }

// isVideo tells a video by its type or its name.
func isVideo(e external.Entry) bool {
	if e.Type != "" {
		return strings.EqualFold(strings.TrimSpace(e.Type), "video")
	}
	name := e.Name
	if name == "" {
		name = e.Key
	}
	return darwin.TypeOf(name) == "video"
}

// framed gives the videos of a source that say nothing of their frames those
// of the rule.
func (o order) framed(from iter.Seq2[external.Entry, error]) iter.Seq2[external.Entry, error] {
	rule := o.frames()
	if rule == "" {
		return from
	}
	root := external.Root{Storage: o.storage}
	return func(yield func(external.Entry, error) bool) {
		for entry, err := range from {
			if err == nil && entry.Frames == "" && entry.Manifest == "" && isVideo(entry) {
				if key, wrong := root.Key(entry.Key); wrong == nil && rule.manifest() {
					entry.Manifest = inBucket + rule.of(key)
				} else if wrong == nil {
					entry.Frames = rule.of(key)
				}
			}
			if !yield(entry, err) {
				return
			}
		}
	}
}

// frames is the rule that counts for this order.
func (o order) frames() frameRule {
	if !o.lookup.on || !o.storage.ReadOnly {
		return ""
	}
	return o.lookup.frames
}

// inBucket begins the path of a manifest that lies in the bucket.
const inBucket = "bucket:"

// largestManifest is how many bytes of a manifest are read.
const largestManifest = 16 << 20

// manifests reads what entries name: a file beside the sheet, or an object.
func (o order) manifests(ctx context.Context, store objects.Store) func(string) (*external.Manifest, error) {
	return func(name string) (*external.Manifest, error) {
		if key, ok := strings.CutPrefix(name, inBucket); ok && store != nil {
			data, err := store.Read(ctx, key, 0, largestManifest)
			if err != nil {
				return nil, err
			}
			return external.ParseManifest(bytes.NewReader(data))
		}
		if !filepath.IsAbs(name) { // beside the sheet that names it
			name = filepath.Join(filepath.Dir(o.source.path), name)
		}
		return external.ReadManifest(name)
	}
}

// films is what became of the videos of a draft.
type films struct {
	sequences   int // that have all their frames
	least, most int // frames of one of them
	compact     int
	lacking     int      // videos that cannot be imported
	reasons     []string // of the first of them
}

// mostReasons is how many videos without frames are told of beside the number.
const mostReasons = 3

func (f *films) add(row ledger.Row) {
	item := itemOf(row)
	switch {
	case row.State == ledger.Unfit:
		if darwin.TypeOf(item.Key) != "video" && darwin.TypeOf(row.Name) != "video" {
			return
		}
		if f.lacking++; len(f.reasons) < mostReasons {
			f.reasons = append(f.reasons, row.Reason)
		}
	case item.Sequence != nil:
		if n := item.Sequence.Count; f.sequences == 0 {
			f.least, f.most = n, n
		} else {
			f.least, f.most = min(f.least, n), max(f.most, n)
		}
		f.sequences++
	case item.Compact != nil:
		f.compact++
	}
}

// words say how many sequences of how many frames there are, and which videos
// have gaps.
func (f films) words() string {
	var lines []string
	if f.sequences > 0 {
		span := lang.N("%s frame", "%s frames", f.most)
		if f.least < f.most {
			span = lang.N("%s to %s frame", "%s to %s frames", f.most, lang.Number(f.least), lang.Number(f.most))
		}
		lines = append(lines, lang.N("%s sequence of %s.", "%s sequences of %s.", f.sequences, lang.Number(f.sequences), span))
	}
	if f.compact > 0 {
		lines = append(lines, lang.N("%s video in the compact form.", "%s videos in the compact form.", f.compact))
	}
	if f.lacking > 0 {
		lines = append(lines, lang.N("%s video cannot be imported:", "%s videos cannot be imported:", f.lacking))
		for _, reason := range f.reasons {
			lines = append(lines, lang.S(reason))
		}
	}
	if len(lines) == 0 {
		return lang.L("There is no video among the objects.")
	}
	return strings.Join(lines, "\n")
}
