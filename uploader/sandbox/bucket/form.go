package bucket

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
)

// maxPreData is how many bytes S3 takes before the file, fields and names.
const maxPreData = 20_000

// receiveForm verifies and stores a form POST.
func (b *Bucket) receiveForm(r *http.Request) (stored, *failure) {
	if r.ContentLength < 0 {
		return stored{}, missingLength()
	}
	if r.ContentLength > MaxObject+maxPreData {
		return stored{}, tooLarge(MaxObject)
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return stored{}, fail(http.StatusPreconditionFailed, "PreconditionFailed",
			"Bucket POST must be of the enclosure-type multipart/form-data")
	}
	form, file, f := readFields(parts)
	if f != nil {
		return stored{}, f
	}
	limits, f := b.checkForm(form)
	if f != nil {
		return stored{}, f
	}
	in, f := b.take(file, limits.max)
	if f != nil {
		return stored{}, f
	}
	if f := checkEnd(parts, r.Body); f != nil {
		in.drop()
		return stored{}, f
	}
	if in.size < limits.min {
		in.drop()
		return stored{}, fail(http.StatusBadRequest, "EntityTooSmall",
			"Your proposed upload is smaller than the minimum allowed object size.")
	}
	o, f := in.commit(strings.ReplaceAll(form["key"], "${filename}", file.FileName()))
	return stored{Object: o, successStatus: form["success_action_status"]}, f
}

// readFields reads the form up to the file. Names are lower-cased: S3 does not
// tell their case apart.
func readFields(parts *multipart.Reader) (map[string]string, *multipart.Part, *failure) {
	form := map[string]string{}
	room := int64(maxPreData)
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil, nil, fail(http.StatusBadRequest, "InvalidArgument", "POST requires exactly one file upload per request.")
		}
		if err != nil {
			return nil, nil, malformed()
		}
		name := strings.ToLower(part.FormName())
		if name == "" {
			return nil, nil, malformed()
		}
		if name == "file" {
			return form, part, nil
		}
		value, err := io.ReadAll(io.LimitReader(part, room+1))
		if err != nil {
			return nil, nil, malformed()
		}
		room -= int64(len(name) + len(value))
		if room < 0 {
			return nil, nil, fail(http.StatusBadRequest, "MaxPostPreDataLengthExceeded",
				"Your POST request fields preceding the upload file were too large.")
		}
		if _, ok := form[name]; ok {
			return nil, nil, fail(http.StatusBadRequest, "InvalidArgument", "The field %q is there twice.", name)
		}
		form[name] = string(value)
	}
}

// checkEnd makes sure that the file was the form's last field and that the
// body came whole.
func checkEnd(parts *multipart.Reader, body io.Reader) *failure {
	_, err := parts.NextRawPart()
	switch {
	case err == nil:
		return fail(http.StatusBadRequest, "InvalidArgument", "The file must be the last field of the form.")
	case !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return incompleteBody()
	}
	if _, err := io.Copy(io.Discard, body); err != nil {
		return incompleteBody()
	}
	return nil
}

func malformed() *failure {
	return fail(http.StatusBadRequest, "MalformedPOSTRequest",
		"The body of your POST request is not well-formed multipart/form-data.")
}
