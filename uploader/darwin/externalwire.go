package darwin

import (
	"strconv"
	"strings"

	"darwin-uploader/uploader/fault"
)

// The bodies of External.Register. Version 1 follows the guide's third example;
// version 2 follows Darwin's own client: the simple form for all but compact
// videos, booleans as text, tags at the item (its example for objects of a
// storage has them there).

type externalBodyV1 struct {
	StorageName string           `json:"storage_name"`
	Items       []externalItemV1 `json:"items"`
}

type externalItemV1 struct {
	Filename  string `json:"filename"`
	Key       string `json:"key"`
	Thumbnail string `json:"thumbnail_key,omitempty"`
	Width     int    `json:"width,omitempty"`
	Height    int    `json:"height,omitempty"`
	Path      string `json:"path,omitempty"` // "cats", nothing for the root
	Type      string `json:"type,omitempty"` // as given; the example has none, though the guide's text asks for it
	FPS       any    `json:"fps,omitempty"`
	AsFrames  bool   `json:"as_frames,omitempty"`
	Tags      []any  `json:"tags,omitempty"`
}

func externalV1(s StorageInfo, items []ExternalItem) (externalBodyV1, error) {
	body := externalBodyV1{StorageName: s.Name, Items: make([]externalItemV1, len(items))}
	for i, item := range items {
		if s.ReadOnly && (item.Frames != nil || item.Compact != nil || typeOf(item) == typeVideo) {
			return body, noVideoV1(item)
		}
		w := externalItemV1{
			Filename: item.Name, Key: item.Key, Thumbnail: item.Thumbnail, Width: item.Width, Height: item.Height,
			Path: strings.TrimPrefix(cleanFolder(item.Folder), "/"), Type: item.Type, Tags: tagsV1(item.Tags),
		}
		if v := item.Video; v != nil && (v.AsFrames || rate(v.FPS) != native) {
			w.FPS, w.AsFrames = rate(v.FPS), v.AsFrames
		}
		body.Items[i] = w
	}
	return body, nil
}

func noVideoV1(item ExternalItem) error {
	return &fault.Error{
		Kind: fault.Unsupported,
		What: "A video of a read-only storage cannot be registered in a dataset of version 1.",
		Safe: "Nothing was registered.",
		Do:   "Choose a dataset of version 2, or a storage that Darwin may write to.", Detail: item.Key,
	}
}

type externalBodyV2 struct {
	DatasetSlug string `json:"dataset_slug"`
	StorageSlug string `json:"storage_slug"`
	Items       []any  `json:"items"`
}

// existingItemV2 is an item of register_existing.
type existingItemV2 struct {
	Name       string `json:"name"`
	Path       string `json:"path"`
	Type       string `json:"type,omitempty"`
	StorageKey string `json:"storage_key"`
	FPS        any    `json:"fps,omitempty"`
	AsFrames   string `json:"as_frames,omitempty"` // "true" or "false"
	Tags       any    `json:"tags,omitempty"`
}

func existingV2(dataset, storage string, items []ExternalItem) (externalBodyV2, error) {
	body := externalBodyV2{DatasetSlug: dataset, StorageSlug: storage, Items: make([]any, len(items))}
	for i, item := range items {
		w := existingItemV2{
			Name: item.Name, Path: cleanFolder(item.Folder), Type: typeOf(item), StorageKey: item.Key, Tags: tagsV2(item.Tags),
		}
		if v := item.Video; v != nil {
			w.FPS, w.AsFrames = rate(v.FPS), strconv.FormatBool(v.AsFrames)
		}
		body.Items[i] = w
	}
	return body, nil
}

// readOnlyItemV2 is an item of register_existing_readonly in the simple form.
type readOnlyItemV2 struct {
	existingItemV2
	Thumbnail string      `json:"storage_thumbnail_key"`
	Width     int         `json:"width"`
	Height    int         `json:"height"`
	Sections  []sectionV2 `json:"sections,omitempty"`
}

type sectionV2 struct {
	Index  int    `json:"section_index"` // from 1
	Width  int    `json:"width"`
	Height int    `json:"height"`
	High   string `json:"storage_hq_key"`
	Low    string `json:"storage_lq_key,omitempty"`
}

// readOnlyVideoV2 is a sequence. Darwin's own client states no size beside its
// sections.
type readOnlyVideoV2 struct {
	existingItemV2
	Thumbnail string      `json:"storage_thumbnail_key"`
	Sections  []sectionV2 `json:"sections"`
}

type compactItemV2 struct {
	Name  string           `json:"name"`
	Path  string           `json:"path"`
	Slots [1]compactSlotV2 `json:"slots"`
	Tags  any              `json:"tags,omitempty"`
}

// compactSlotV2 must have neither fps nor as_frames.
type compactSlotV2 struct {
	SlotName       string  `json:"slot_name"`
	FileName       string  `json:"file_name"`
	Type           string  `json:"type"`
	StorageKey     string  `json:"storage_key"`
	Thumbnail      string  `json:"storage_thumbnail_key"`
	Width          int     `json:"width"`
	Height         int     `json:"height"`
	NativeFPS      float64 `json:"native_fps"`
	VisibleFrames  int     `json:"visible_frames"`
	TotalFrames    int     `json:"total_frames"`
	Segments       hlsV2   `json:"hls_segments"`
	Sections       string  `json:"storage_sections_key_prefix"`
	LowSections    string  `json:"storage_low_quality_sections_key_prefix,omitempty"`
	Extension      string  `json:"storage_sections_key_extension,omitempty"`
	FramesManifest string  `json:"storage_frames_manifest_key"`
	AudioPeaks     string  `json:"storage_audio_peaks_key,omitempty"`
	Size           int64   `json:"size_bytes,omitempty"`
}

type hlsV2 struct {
	High segmentsV2 `json:"high_quality"`
	Low  segmentsV2 `json:"low_quality"`
}

type segmentsV2 struct {
	Index   string  `json:"index"`
	Bitrate float64 `json:"bitrate"`
}

func readOnlyV2(dataset, storage string, items []ExternalItem) (externalBodyV2, error) {
	body := externalBodyV2{DatasetSlug: dataset, StorageSlug: storage, Items: make([]any, len(items))}
	for i, item := range items {
		if item.Compact != nil {
			body.Items[i] = compactV2(item)
			continue
		}
		base := existingItemV2{
			Name: item.Name, Path: cleanFolder(item.Folder), Type: typeOf(item), StorageKey: item.Key, Tags: tagsV2(item.Tags),
		}
		if base.Type == "" {
			return body, noType(item)
		}
		if len(item.Frames) == 0 {
			body.Items[i] = readOnlyItemV2{existingItemV2: base, Thumbnail: item.Thumbnail, Width: item.Width, Height: item.Height}
			continue
		}
		if v := item.Video; v != nil {
			base.FPS = rate(v.FPS)
		}
		w := readOnlyVideoV2{existingItemV2: base, Thumbnail: item.Thumbnail, Sections: make([]sectionV2, len(item.Frames))}
		for n, f := range item.Frames {
			w.Sections[n] = sectionV2{Index: n + 1, Width: f.Width, Height: f.Height, High: f.High, Low: f.Low}
		}
		body.Items[i] = w
	}
	return body, nil
}

func compactV2(item ExternalItem) compactItemV2 {
	c := item.Compact
	return compactItemV2{
		Name: item.Name, Path: cleanFolder(item.Folder), Tags: tagsV2(item.Tags),
		Slots: [1]compactSlotV2{{
			SlotName: slotName, FileName: item.Name, Type: typeVideo, StorageKey: item.Key, Thumbnail: item.Thumbnail,
			Width: item.Width, Height: item.Height, NativeFPS: c.NativeFPS, VisibleFrames: c.VisibleFrames, TotalFrames: c.TotalFrames,
			Segments: hlsV2{segmentsV2{c.HighIndex, c.HighBitrate}, segmentsV2{c.LowIndex, c.LowBitrate}},
			Sections: c.Sections, LowSections: c.LowSections, Extension: c.Extension,
			FramesManifest: c.FramesManifest, AudioPeaks: c.AudioPeaks, Size: c.Size,
		}},
	}
}

func noType(item ExternalItem) error {
	return &fault.Error{
		Kind: fault.Usage,
		What: "The name of a file does not tell its type, and a read-only storage needs one.",
		Safe: "Nothing was registered.",
		Do:   "State the type: image or video.", Detail: item.Key,
	}
}

const typeVideo = "video"

// typeOf is the item's type, from its ending if none is stated; "" if that
// tells nothing, or nothing certain: V7's own programs do not agree about the
// medical formats.
func typeOf(item ExternalItem) string {
	if item.Type != "" {
		return item.Type
	}
	return TypeOf(item.Name)
}

// TypeOf is Darwin's type for a name's ending in any case, or "" where it
// tells nothing, or nothing certain: V7's own programs call NIfTI, NDPI and
// RVG files "dicom" in one place and "video" in another.
func TypeOf(name string) string {
	dot := strings.LastIndexByte(name, '.')
	switch strings.ToLower(name[dot+1:]) {
	case "png", "jpeg", "jpg", "jfif", "tif", "tiff", "qtiff", "bmp", "svs", "webp":
		return "image"
	case "mp4", "mov", "avi", "mkv", "hevc":
		return typeVideo
	case "pdf":
		return "pdf"
	case "dcm":
		return "dicom"
	}
	return ""
}
