package external

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// maxManifest is the largest manifest in bytes. Its playlists grow with the
// video: about 60 bytes for each two seconds.
const maxManifest = 16 << 20

// Manifest describes a video whose pictures and segments were made beforehand,
// as Darwin's own extractor writes it (its metadata.json, with the item's
// fields in registration_payload or at the top).
type Manifest struct {
	Width         int     `json:"width"`
	Height        int     `json:"height"`
	NativeFPS     float64 `json:"native_fps"`
	VisibleFrames int     `json:"visible_frames"`
	TotalFrames   int     `json:"total_frames"`
	Segments      struct {
		High segments `json:"high_quality"`
		Low  segments `json:"low_quality"`
	} `json:"hls_segments"`
	Sections       string `json:"storage_sections_key_prefix"`
	LowSections    string `json:"storage_low_quality_sections_key_prefix"`
	Extension      string `json:"storage_sections_key_extension"`
	Thumbnail      string `json:"storage_thumbnail_key"`
	FramesManifest string `json:"storage_frames_manifest_key"`
	AudioPeaks     string `json:"storage_audio_peaks_key"`
	Size           int64  `json:"size_bytes"`
	TotalSize      int64  `json:"total_size_bytes"` // the extractor's name for it
}

type segments struct {
	Index   string  `json:"index"`
	Bitrate float64 `json:"bitrate"`
}

// ReadManifest reads a manifest from a file on this computer.
func ReadManifest(path string) (*Manifest, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &fault.Error{
			Kind: fault.Unreadable, What: fmt.Sprintf("The manifest %q cannot be read.", filepath.Base(path)),
			Do: "Check its name, and that you may open it.", Detail: err.Error(), Err: err,
		}
	}
	defer func() { _ = f.Close() }()
	return ParseManifest(f)
}

// ParseManifest reads a manifest from wherever it lies.
func ParseManifest(r io.Reader) (*Manifest, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	if err != nil {
		return nil, &fault.Error{Kind: fault.Unreadable, What: "The manifest cannot be read.", Detail: err.Error(), Err: err}
	}
	var top struct {
		Payload *Manifest `json:"registration_payload"`
	}
	m := &Manifest{}
	if len(data) > maxManifest || json.Unmarshal(data, &top) != nil || json.Unmarshal(data, m) != nil {
		return nil, wrong("The manifest is not one.|Use the metadata.json that the extractor of videos writes.")
	}
	if top.Payload != nil {
		m = top.Payload
	}
	return m, nil
}

// enter completes a video with what the manifest says; what the entry states
// itself counts more.
func (m *Manifest) enter(item *Item, root Root) error {
	if item.Kind() != "video" {
		return wrong("A manifest is for videos, and %q is none.|Leave it out.", shortened(item.Name))
	}
	if item.Width == 0 {
		item.Width, item.Height = m.Width, m.Height
	}
	if item.Thumbnail == "" {
		item.Thumbnail = m.Thumbnail
	}
	var missing []string
	for _, f := range []struct {
		there bool
		name  string
	}{
		{m.NativeFPS > 0, "native_fps"}, {m.VisibleFrames > 0, "visible_frames"}, {m.TotalFrames > 0, "total_frames"},
		{m.Segments.High.Index != "" && m.Segments.Low.Index != "", "hls_segments"},
		{m.Sections != "", "storage_sections_key_prefix"}, {m.FramesManifest != "", "storage_frames_manifest_key"},
	} {
		if !f.there {
			missing = append(missing, f.name)
		}
	}
	if len(missing) > 0 {
		return wrong("The manifest lacks %s.|Make it anew with the extractor of videos.", listed(missing))
	}
	for _, key := range []string{item.Thumbnail, m.FramesManifest, m.AudioPeaks} {
		if key == "" {
			continue
		}
		if err := root.check(key); err != nil {
			return err
		}
	}
	size := m.Size
	if size == 0 {
		size = m.TotalSize
	}
	item.Compact = &darwin.Compact{
		NativeFPS: m.NativeFPS, VisibleFrames: m.VisibleFrames, TotalFrames: m.TotalFrames,
		HighIndex: m.Segments.High.Index, HighBitrate: m.Segments.High.Bitrate,
		LowIndex: m.Segments.Low.Index, LowBitrate: m.Segments.Low.Bitrate,
		Sections: m.Sections, LowSections: m.LowSections, Extension: m.Extension,
		FramesManifest: m.FramesManifest, AudioPeaks: m.AudioPeaks, Size: size,
	}
	return nil
}
