package receipt

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// byteOrderMark tells Excel that the file is UTF-8.
const byteOrderMark = "\ufeff"

// timeLayout has the zone, because receipts travel.
const timeLayout = time.RFC3339

var inCSV = [outcomes]string{
	"Not sent", "Skipped", "Needs you", "Sent, Darwin is processing it", "In Darwin", "Darwin could not process it", "Missing in Darwin",
	"Sent again later",
}

// WriteCSV writes a receipt as a table with a header (RFC 4180, UTF-8 with a
// byte order mark, so that Excel reads it). No cell begins with a character
// that a spreadsheet takes for the beginning of a formula (= + - @, also
// behind spaces or in full width): an apostrophe stands before it. Control
// characters, which names may hold, become spaces; WriteJSON has names as they
// are. The first error of the lines or of w is the error.
func WriteCSV(w io.Writer, s Summary, lines iter.Seq2[Line, error]) error {
	buffered := bufio.NewWriter(w)
	if _, err := buffered.WriteString(byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(buffered)
	out.UseCRLF = true
	header := []string{"File", "Name in Darwin", "Folder in Darwin", "Size in bytes", "Outcome", "Reason", "Settled", "Item", "Dataset", "Ended"}
	if err := out.Write(header); err != nil {
		return err
	}
	dataset := cell(s.Dataset.TeamSlug + "/" + s.Dataset.Slug)
	for l, err := range lines {
		if err != nil {
			return err
		}
		row := []string{
			cell(l.Path), cell(l.Name), cell(l.Folder), strconv.FormatInt(l.Size, 10), l.Outcome.inCSV(),
			cell(l.Reason), when(l.At), cell(l.ItemID), dataset, when(l.Ended),
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return buffered.Flush()
}

func (o Outcome) inCSV() string {
	if int(o) < outcomes {
		return inCSV[o]
	}
	if o == LeftOut {
		return "Left out"
	}
	return o.String()
}

// cell is text that a spreadsheet takes for text.
func cell(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(text, skipped))
	if strings.ContainsRune("=+-@＝＋－＠", first) {
		return "'" + text
	}
	return text
}

// skipped are characters that a spreadsheet may pass over at the beginning.
func skipped(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(timeLayout)
}

type headJSON struct {
	Server      string         `json:"server"`
	Dataset     string         `json:"dataset"` // TEAM/DATASET
	DatasetName string         `json:"dataset_name"`
	Storage     string         `json:"storage,omitempty"`
	From        string         `json:"from,omitempty"`
	Began       string         `json:"began"`
	Ended       string         `json:"ended,omitempty"`
	Settled     string         `json:"settled,omitempty"`
	Files       int            `json:"files"`
	LeftOut     int            `json:"left_out,omitempty"`
	Bytes       int64          `json:"bytes"`
	Outcomes    map[string]int `json:"outcomes"`
	Lines       []lineJSON     `json:"lines"`
}

type lineJSON struct {
	File    string `json:"file"`
	Name    string `json:"name"`
	Folder  string `json:"folder"`
	Bytes   int64  `json:"bytes"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
	Ended   string `json:"ended,omitempty"`
	Settled string `json:"settled,omitempty"`
	Item    string `json:"item,omitempty"`
}

// Words gives the counts by the words of JSON receipts, such as "in_darwin";
// all words are there.
func (c Counts) Words() map[string]int {
	all := make(map[string]int, outcomes)
	for o, n := range c {
		all[Outcome(o).inJSON()] = n
	}
	return all
}

func (o Outcome) inJSON() string { return strings.ReplaceAll(o.String(), " ", "_") }

// WriteJSON writes a receipt as one JSON object, with one line of text for each
// file. The first error of the lines or of w is the error; what was written
// until then is no JSON.
func WriteJSON(w io.Writer, s Summary, lines iter.Seq2[Line, error]) error {
	out := bufio.NewWriter(w)
	head, err := encode(headJSON{
		Server: s.Server, Dataset: s.Dataset.TeamSlug + "/" + s.Dataset.Slug, DatasetName: s.Dataset.Name, Storage: s.Storage, From: s.From,
		Began: when(s.Began), Ended: when(s.Ended), Settled: when(s.Settled),
		Files: s.Files, LeftOut: s.LeftOut, Bytes: s.Bytes, Outcomes: s.Counts.Words(), Lines: []lineJSON{},
	})
	if err != nil {
		return err
	}
	before := strings.TrimSuffix(head, "]}")
	for l, err := range lines {
		if err != nil {
			return err
		}
		line, err := encode(lineJSON{
			File: l.Path, Name: l.Name, Folder: l.Folder, Bytes: l.Size,
			Outcome: l.Outcome.inJSON(), Reason: l.Reason, Ended: when(l.Ended), Settled: when(l.At), Item: l.ItemID,
		})
		if err != nil {
			return err
		}
		if _, err := out.WriteString(before + "\n" + line); err != nil {
			return err
		}
		before = ","
	}
	end := "\n]}\n"
	if before != "," {
		end = before + "]}\n"
	}
	if _, err := out.WriteString(end); err != nil {
		return err
	}
	return out.Flush()
}

// encode writes JSON as people would: without \u003c for "<".
func encode(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}
