package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// known is what an external sheet knows.
var known = []string{"key", "width", "folder", "tags"}

// read gives the rows as "line:key|width|folder|tags" or "line!problem".
func read(t *testing.T, s *Sheet) (rows []string) {
	t.Helper()
	for row, err := range s.Rows() {
		if err != nil {
			return append(rows, "end: "+err.Error())
		}
		if row.Problem != nil {
			rows = append(rows, fmt.Sprintf("%d! %s", row.Line, row.Problem.What))
			continue
		}
		rows = append(rows, fmt.Sprintf("%d: %s|%s|%s|%s", row.Line, row.Text("key"), row.Text("width"), row.Text("folder"), row.Text("tags")))
	}
	return rows
}

func want(t *testing.T, got, want []string) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTextSheetsAreReadInAllTheirForms(t *testing.T) {
	for name, tc := range map[string]struct {
		format Format
		text   string
		rows   []string
	}{
		"commas":                           {CSV, "key,width\na.jpg,8\nb.jpg,9\n", []string{"2: a.jpg|8||", "3: b.jpg|9||"}},
		"semicolons and a byte order mark": {CSV, "\ufeffkey;tags;folder\r\na.jpg;\"x;y=1,5\";c\r\n", []string{"2: a.jpg||c|x;y=1,5"}},
		"tabs":                             {CSV, "folder\tkey\nc d\ta.jpg", []string{"2: a.jpg||c d|"}},
		"a separator that is named":        {CSV, "sep=|\nkey|width\na.jpg|8\n", []string{"3: a.jpg|8||"}},
		"other spelling, any order":        {CSV, " Folder ,KEY\nc,a.jpg\n", []string{"2: a.jpg||c|"}},
		"one column":                       {CSV, "key\na;b.jpg\n", []string{"2: a;b.jpg|||"}},
		"quotes and lines inside":          {CSV, "key,folder\n\"a \"\"b\"\".jpg\",\"c\nd\"\nx.jpg,\n", []string{"2: a \"b\".jpg||c\nd|", "4: x.jpg|||"}},
		"short and empty lines":            {CSV, "key,width,folder\na.jpg\n\n,,\nb.jpg,1,c\n", []string{"2: a.jpg|||", "5: b.jpg|1|c|"}},
		"cells too many":                   {CSV, "key\na,b\nc,\n", []string{"2! The line has more cells than the first line names columns.", "3: c|||"}},
		"a stray quote":                    {CSV, "key,width\na\"b,1\nc,2\n", []string{"2! The line has a quotation mark where none can be.", "3: c|2||"}},
		"a quote that stays open": {CSV, "key,width\nx,1\n\"a,1\nb,2\n", []string{"2: x|1||",
			"end: A quotation mark in line 3 of the sheet is not closed. Nothing was sent. Close it, or delete it."}},
		"not UTF-8": {CSV, "key\nw\xf6lfe.jpg\nb.jpg\n", []string{
			"2! The line is not in UTF-8, so that its letters cannot be told for certain.", "3: b.jpg|||"}},
		"JSON lines": {JSONLines, `{"key":"a.jpg","Width":900,"tags":["x",{"bed;room":"a=b"}],"folder":null}` + "\n\n" + `{"key":"b.jpg","tags":"y;z=1"}`,
			[]string{`1: a.jpg|900||x;bed\;room=a\=b`, "3: b.jpg|||y;z=1"}},
		"JSON lines that are none": {JSONLines, "{\"key\":\"a\"}\nnull\n7\n{\"key\":{}}\n{\"key\":true}", []string{
			"1: a|||", "2! The line is not an object of JSON.", "3! The line is not an object of JSON.",
			"4! The value of key is of a kind that it cannot be.", "5: true|||"}},
		"JSON list": {JSONLines, `[{"key":"a"}]`, []string{
			"end: The file is one list of JSON, not JSON lines. Nothing was sent. Write one object on each line, without a list around them."}},
		"a long line of JSON": {JSONLines, `{"key":"` + strings.Repeat("a", MaxRow) + "\"}\n{\"key\":\"b\"}", []string{"1! The line is longer than 1024 KB.", "2: b|||"}},
		"a long line of CSV":  {CSV, "key\n" + strings.Repeat("a", MaxRow+1) + "\nb\n", []string{"2! The line is longer than 1024 KB.", "3: b|||"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := New(strings.NewReader(tc.text), tc.format, known...)
			if err != nil {
				t.Fatal(err)
			}
			want(t, read(t, s), tc.rows)
		})
	}
}

func TestUTF16IsReadWhereItsMarkSaysSo(t *testing.T) {
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		text, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String("key\tfolder\nwölfe.jpg\t猫\n")
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(strings.NewReader(text), CSV, known...)
		if err != nil {
			t.Fatal(err)
		}
		want(t, read(t, s), []string{"2: wölfe.jpg||猫|"})
	}
}

func TestUnknownColumnsAreNamedAndLeftOut(t *testing.T) {
	s, err := New(strings.NewReader("camera,key,Comment,\nx,a.jpg,y,z\n"), CSV, known...)
	if err != nil {
		t.Fatal(err)
	}
	want(t, s.Unknown(), []string{"camera", "Comment"})
	want(t, read(t, s), []string{"2: a.jpg|||"})
	if !s.Has("key") || s.Has("width") || s.Has("camera") {
		t.Error("it has other columns than it says")
	}
	j, err := New(strings.NewReader("{\"key\":\"a\",\"b\":1}\n{\"key\":\"a\",\"c\":1,\"b\":{}}"), JSONLines, known...)
	if err != nil {
		t.Fatal(err)
	}
	want(t, read(t, j), []string{"1: a|||", "2: a|||"})
	want(t, j.Unknown(), []string{"b", "c"})
	if !j.Has("width") || j.Has("b") {
		t.Error("JSON lines have other columns than they might")
	}
}

func TestSheetsThatCannotBeReadGetTheirSentence(t *testing.T) {
	for name, tc := range map[string]struct {
		format Format
		text   string
		says   string
	}{
		"empty":               {CSV, "", "The sheet is empty."},
		"no known column":     {CSV, "a,b\n1,2\n", "names no column that is known. Nothing was sent. Let the first line name them: key, width, folder, tags."},
		"a column twice":      {CSV, "key,Key\n", `two columns "key"`},
		"columns without end": {CSV, "key" + strings.Repeat(",x", MaxColumns) + "\n", "more than 1000 columns"},
		"a quote to the end":  {CSV, "key,\"x\n" + strings.Repeat("y\n", 2*MaxRow), "quotation mark that is not closed"},
		"a wrong separator":   {CSV, "sep=\"\nkey\n", "separator that cannot be one"},
		"not XLSX":            {XLSX, "PK\x03\x04 and no more", "The XLSX sheet cannot be read."},
	} {
		_, err := New(strings.NewReader(tc.text), tc.format, known...)
		if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	dir := t.TempDir()
	for _, name := range []string{"a.xls", "a.ods", "a", "folder.csv"} {
		path := filepath.Join(dir, name)
		if name == "folder.csv" {
			_ = os.Mkdir(path, 0o700)
		}
		if _, err := Open(path, known...); fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), "is not a sheet that can be read here") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(dir, "gone.csv"), known...); fault.KindOf(err) != fault.Vanished {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// workbook writes an XLSX file: a hidden sheet first, numbers with a format
// that would show them otherwise, a gap between the rows.
func workbook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 4}) // 1,200.00
	check := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	_, second := f.NewSheet("Second")
	check(err, second)
	check(f.SetSheetRow("Second", "A1", &[]any{"Key", "note", "Width", "Folder"}), f.SetSheetRow("Second", "A2", &[]any{"a.jpg", "n", 1200, "c"}),
		f.SetCellStyle("Second", "C2", "C2", style), f.SetSheetRow("Second", "A5", &[]any{"b.jpg", "", 7}))
	f.SetActiveSheet(1)
	check(f.SetSheetVisible("Sheet1", false))
	var b bytes.Buffer
	check(f.Write(&b))
	return b.Bytes()
}

func TestXLSXIsReadByItsFirstVisibleSheetAndRawNumbers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.XLSX")
	if err := os.WriteFile(path, workbook(t), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, known...)
	if err != nil {
		t.Fatal(err)
	}
	want(t, read(t, s), []string{"2: a.jpg|1200|c|", "5: b.jpg|7||"})
	want(t, s.Unknown(), []string{"note"})
	if _, err := s.Next(); err != io.EOF {
		t.Errorf("after the last row comes %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestTagsAreReadWithTheirTexts(t *testing.T) {
	for cell, want := range map[string][]darwin.Tag{
		"": nil, " ; ": nil, "a": {{Class: "a"}}, " a ; b c ": {{Class: "a"}, {Class: "b c"}},
		"a;bedroom=some text;c":      {{Class: "a"}, {Class: "bedroom", Text: "some text"}, {Class: "c"}},
		`a\;b;c\=d;e=f\;g=h;i\\`:     {{Class: "a;b"}, {Class: "c=d"}, {Class: "e", Text: "f;g=h"}, {Class: `i\`}},
		`bedroom={"camera":"A\n=1"}`: {{Class: "bedroom", Text: `{"camera":"A\n=1"}`}},
		"a;a;b=1;b=1":                {{Class: "a"}, {Class: "b", Text: "1"}},
	} {
		got, err := Tags(cell)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("Tags(%q) = %v, %v; want %v", cell, got, err, want)
		}
	}
	for cell, says := range map[string]string{"=x": "no name", "a=": "no text after the equals sign", "a=1;a=2": "two different texts", "a;a=2": "two different texts"} {
		if _, err := Tags(cell); fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), says) {
			t.Errorf("Tags(%q): %v", cell, err)
		}
	}
}

func FuzzTags(f *testing.F) {
	for _, s := range []string{"a;b;c=d", `\;\=\\=\;`, "=", ";;", `a\`, "a=b=c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		tags, err := Tags(cell)
		if err != nil {
			return
		}
		again, err := Tags(Cell(tags))
		if err != nil || !reflect.DeepEqual(again, tags) {
			t.Errorf("%q is %v, written as %q is %v, %v", cell, tags, Cell(tags), again, err)
		}
	})
}

func FuzzSheets(f *testing.F) {
	f.Add("key,width\na,1\n", false)
	f.Add("\xff\xfek\x00e\x00y\x00\n\x00", false)
	f.Add("sep=;\nkey;tags\n\"a\n\";b\n", false)
	f.Add("key\t\"\n", false)
	f.Add(`{"key":["a",{"b":"c"}]}`+"\n[", true)
	f.Fuzz(func(t *testing.T, text string, lines bool) {
		format := CSV
		if lines {
			format = JSONLines
		}
		s, err := New(strings.NewReader(text), format, known...)
		if err != nil {
			return
		}
		last := 0
		for row, err := range s.Rows() {
			if err != nil {
				return
			}
			if row.Line <= last || row.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+strings.Count(text, "\n\x00")+2 {
				t.Fatalf("line %d after line %d", row.Line, last)
			}
			last = row.Line
		}
	})
}

func FuzzXLSXNeverPanics(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add(workbook(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := New(bytes.NewReader(data), XLSX, known...)
		if err != nil {
			return
		}
		for _, err := range s.Rows() {
			if err != nil {
				break
			}
		}
		_ = s.Close()
	})
}
