package bucket

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// failure is one refusal in S3's words.
type failure struct {
	status  int
	code    string
	message string
	extra   []element // further elements of the XML answer
}

type element struct{ name, text string }

func fail(status int, code, format string, args ...any) *failure {
	return &failure{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

func denied(format string, args ...any) *failure {
	return fail(http.StatusForbidden, "AccessDenied", format, args...)
}

func (f *failure) with(name, text string) *failure {
	f.extra = append(f.extra, element{name, text})
	return f
}

func (f *failure) write(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/xml")
	// The rest of the body is unread; the connection cannot be used again.
	w.Header().Set("Connection", "close")
	w.WriteHeader(f.status)
	if r.Method == http.MethodHead {
		return
	}
	elements := append([]element{{"Code", f.code}, {"Message", f.message}}, f.extra...)
	writeXML(w, "Error", elements)
}

// answer tells that obj is stored: 201 with XML or 204 for a form, as the form
// asked for, 200 for a PUT.
func answer(w http.ResponseWriter, r *http.Request, bucket string, o stored) {
	etag := `"` + o.MD5 + `"`
	w.Header().Set("ETag", etag)
	if r.Method == http.MethodPut {
		w.WriteHeader(http.StatusOK)
		return
	}
	location := (&url.URL{Scheme: "http", Host: r.Host, Path: "/" + bucket + "/" + o.Key}).String()
	w.Header().Set("Location", location)
	switch o.successStatus {
	case "201":
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusCreated)
		writeXML(w, "PostResponse", []element{
			{"Location", location}, {"Bucket", bucket}, {"Key", o.Key}, {"ETag", etag},
		})
	case "200":
		w.WriteHeader(http.StatusOK)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

func writeXML(w io.Writer, root string, elements []element) {
	// The answer's status is out already: a write that fails means that the
	// client is gone.
	fmt.Fprintf(w, "%s<%s>", xml.Header, root)
	for _, e := range elements {
		fmt.Fprintf(w, "<%s>", e.name)
		_ = xml.EscapeText(w, []byte(e.text))
		fmt.Fprintf(w, "</%s>", e.name)
	}
	fmt.Fprintf(w, "</%s>", root)
}
