package cli

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"darwin-uploader/uploader/sandbox"
)

// animalSheets writes the third example as sheets of all sorts.
func animalSheets(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	var columns []string
	var lines strings.Builder
	for i, line := range strings.Split(strings.TrimSpace(animals), "\n") {
		fields := strings.Split(line, ";")
		row, object := make([]any, len(fields)), map[string]any{}
		if i == 0 {
			columns = fields
		}
		for n, text := range fields {
			row[n] = text
			if number, err := strconv.Atoi(text); err == nil {
				row[n] = number
			}
			object[columns[n]] = row[n]
		}
		if err := book.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			text, err := json.Marshal(object)
			if err != nil {
				t.Fatal(err)
			}
			lines.Write(append(text, '\n'))
		}
	}
	xlsx := filepath.Join(dir, "animals.xlsx")
	if err := book.SaveAs(xlsx); err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"xlsx": xlsx, "csv": write(t, filepath.Join(dir, "animals.csv"), []byte(animals)), "jsonl": write(t, filepath.Join(dir, "animals.jsonl"), []byte(lines.String())),
	}
}

// In a dataset of version 2 the third example is a request for a storage that
// Darwin may write to, and another one for a read-only storage, which tells
// Darwin all that it does not find out by itself.
func TestRegisterSendsTheThirdExamplesEquivalentsOfVersion2(t *testing.T) {
	sheets := animalSheets(t)
	for _, tc := range []struct {
		storage, sheet string
		readOnly       bool
	}{
		{"team-uploads", "csv", false}, {"field-archive", "csv", true}, {"field-archive", "xlsx", true}, {"field-archive", "jsonl", true},
	} {
		s := newStage(t, sandbox.Config{})
		s.sandbox.AddStorage(sandbox.Storage{Name: tc.storage, Provider: "aws", Bucket: "alder-valley-archive", ReadOnly: tc.readOnly})
		l, address := listen(t, s.sandbox.URL())
		s.vars["DARWIN_BASE_URL"] = address
		if code := s.register("--storage", tc.storage, "--dataset", "radiographs", "--sheet", sheets[tc.sheet]); code != ExitDone {
			t.Fatalf("exit %d: %s%s", code, s.out.String(), s.errout.String())
		}
		var items []any
		for line := range strings.Lines(animals) {
			if f := strings.Split(strings.TrimSpace(line), ";"); f[0] != "filename number" {
				item := map[string]any{
					"name": f[5], "path": "/" + f[6], "type": "image", "storage_key": strings.TrimPrefix(f[1], "s3://alder-valley-archive/"), "tags": []any{f[7]},
				}
				if tc.readOnly {
					w, _ := strconv.Atoi(f[3])
					h, _ := strconv.Atoi(f[4])
					item["storage_thumbnail_key"], item["width"], item["height"] = f[2], float64(w), float64(h)
				}
				items = append(items, item)
			}
		}
		want := map[string]any{"dataset_slug": "radiographs", "storage_slug": tc.storage, "items": items}
		path := "/api/v2/teams/alder-valley-wildlife/items/register_existing"
		if tc.readOnly {
			path += "_readonly"
		}
		if got := l.registered(t); !reflect.DeepEqual(got, want) || !slices.Equal(l.paths, []string{path}) {
			t.Errorf("%s, %s: registered with %q\n%v\nwant\n%v", tc.storage, tc.sheet, l.paths, got, want)
		}
	}
}
