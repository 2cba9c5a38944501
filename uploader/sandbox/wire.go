package sandbox

import (
	"encoding/json"
	"path"
	"strconv"
	"strings"
)

// maxRegister is the most items of one registration; that the real API has
// this limit is inferred from its own client.
const maxRegister = 500

// tagsV2 is an array of class names, or an object of class and text.
type tagsV2 map[string]string

// UnmarshalJSON takes either form.
func (t *tagsV2) UnmarshalJSON(raw []byte) error {
	var names []string
	if json.Unmarshal(raw, &names) == nil {
		*t = plain(names)
		return nil
	}
	texts, ok := textsOf(raw)
	if !ok {
		return invalid("tags", "is invalid")
	}
	*t = texts
	return nil
}

// tagsV1 is an array whose elements are class names or one-key objects of
// class and text.
type tagsV1 map[string]string

// UnmarshalJSON takes both kinds of element, also mixed.
func (t *tagsV1) UnmarshalJSON(raw []byte) error {
	var elements []json.RawMessage
	if json.Unmarshal(raw, &elements) != nil {
		return invalid("tags", "is invalid")
	}
	all := map[string]string{}
	for _, e := range elements {
		var name string
		if json.Unmarshal(e, &name) == nil && string(e) != "null" {
			all[name] = ""
			continue
		}
		texts, ok := textsOf(e)
		if !ok || len(texts) != 1 {
			return invalid("tags", "is invalid")
		}
		for name, text := range texts {
			all[name] = text
		}
	}
	*t = all
	return nil
}

func plain(names []string) map[string]string {
	all := make(map[string]string, len(names))
	for _, name := range names {
		all[name] = ""
	}
	return all
}

func textsOf(raw []byte) (map[string]string, bool) {
	var texts map[string]*string
	if json.Unmarshal(raw, &texts) != nil {
		return nil, false
	}
	all := make(map[string]string, len(texts))
	for name, text := range texts {
		if text == nil {
			return nil, false
		}
		all[name] = *text
	}
	return all, true
}

// frameRate is "native" or a number of frames per second, as it was sent.
type frameRate string

// UnmarshalJSON takes a number from 0, or the word.
func (f *frameRate) UnmarshalJSON(raw []byte) error {
	text := string(raw)
	if text == "null" {
		return nil
	}
	if text == `"native"` {
		*f = "native"
		return nil
	}
	if n, err := strconv.ParseFloat(text, 64); err != nil || n < 0 {
		return invalid("fps", "is invalid")
	}
	*f = frameRate(text)
	return nil
}

// folderOf is a folder with a leading slash and no other slash too many.
func folderOf(p string) string {
	parts := strings.FieldsFunc(p, func(r rune) bool { return r == '/' })
	return "/" + strings.Join(parts, "/")
}

func checkName(field, name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return invalid(field, "can't be blank")
	case strings.Contains(name, "/"):
		return invalid(field, "can't contain a slash")
	}
	return nil
}

var kinds = map[string]string{
	"png": "image", "jpeg": "image", "jpg": "image", "jfif": "image", "tif": "image", "tiff": "image",
	"qtiff": "image", "bmp": "image", "svs": "image", "webp": "image", "gif": "image",
	"mp4": "video", "mov": "video", "avi": "video", "mkv": "video", "hevc": "video",
	"pdf": "pdf",
	"dcm": "dicom", "nii": "dicom", "gz": "dicom", "ndpi": "dicom", "rvg": "dicom",
}

// kindOf is the given type, or the one that the file's extension tells. It is
// "" if the extension tells nothing.
func kindOf(given, fileName string) (string, error) {
	switch given {
	case "image", "video", "pdf", "dicom":
		return given, nil
	case "":
	default:
		return "", invalid("type", "is invalid")
	}
	lower := strings.ToLower(fileName)
	ext := strings.TrimPrefix(path.Ext(lower), ".")
	if ext == "gz" && !strings.HasSuffix(lower, ".nii.gz") {
		return "", nil
	}
	return kinds[ext], nil
}
