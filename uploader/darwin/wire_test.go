package darwin

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"testing"

	"darwin-uploader/uploader/fault"
)

// cats is what the guide's first example registers.
func cats() []NewItem {
	var items []NewItem
	for _, r := range []struct{ folder, name, tag string }{
		{"/cats", "cat_1.jpg", "shorthair"}, {"/cats", "cat_2.jpg", "ragdoll"}, {"/cats", "cat_3.jpg", "persian"},
		{"/cats", "cat_4.jpg", "sphynx"}, {"/cats", "cat_5.jpg", "unknown"},
		{"/dogs", "dog_1.jpg", "labrador"}, {"/dogs", "dog_2.jpg", "unknown"}, {"/dogs", "dog_3.jpg", "german-shepherd"},
		{"/dogs", "dogs_4.jpg", "beagle"}, {"/dogs", "dogs_5.jpg", "bulldog"},
	} {
		items = append(items, NewItem{Name: r.name, Folder: r.folder, Tags: []Tag{{Class: r.tag}}})
	}
	return items
}

// cameras is what the guide's second example registers.
func cameras() []NewItem {
	const at = `","captured_at":"2021-06-30 16:20:50.445865"}`
	return []NewItem{
		{Name: "cam_1.mp4", Folder: "/", Tags: []Tag{{"bedroom", `{"camera_id":"A123` + at}}, Video: &Video{}},
		{Name: "cam_2.mp4", Folder: "/", Tags: []Tag{{"bedroom", `{"camera_id":"A124` + at}}},
	}
}

func TestV1SendsTheBodiesOfTheGuidesExamples(t *testing.T) {
	for file, items := range map[string][]NewItem{"example-1-images.json": cats(), "example-2-videos.json": cameras()} {
		t.Run(file, func(t *testing.T) {
			// The reference requests lie beside the repository, if anywhere.
			want, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "examples", file))
			if errors.Is(err, fs.ErrNotExist) {
				t.Skip("the reference requests are not beside the repository: ../shared/examples")
			}
			if err != nil {
				t.Fatal(err)
			}
			wantJSON(t, sentBody(t, datasetV1, items), string(want))
		})
	}
}

func TestV2SendsTheEquivalentOfTheGuidesExamples(t *testing.T) {
	slot := func(folder, name, rest string) string {
		return `{"name":"` + name + `","path":"` + folder + `","slots":[{"slot_name":"0","file_name":"` + name + `",` + rest + `}]}`
	}
	wantJSON(t, sentBody(t, datasetV2, cats()), `{"dataset_slug":"new","items":[`+
		slot("/cats", "cat_1.jpg", `"tags":["shorthair"]`)+","+slot("/cats", "cat_2.jpg", `"tags":["ragdoll"]`)+","+
		slot("/cats", "cat_3.jpg", `"tags":["persian"]`)+","+slot("/cats", "cat_4.jpg", `"tags":["sphynx"]`)+","+
		slot("/cats", "cat_5.jpg", `"tags":["unknown"]`)+","+slot("/dogs", "dog_1.jpg", `"tags":["labrador"]`)+","+
		slot("/dogs", "dog_2.jpg", `"tags":["unknown"]`)+","+slot("/dogs", "dog_3.jpg", `"tags":["german-shepherd"]`)+","+
		slot("/dogs", "dogs_4.jpg", `"tags":["beagle"]`)+","+slot("/dogs", "dogs_5.jpg", `"tags":["bulldog"]`)+`]}`)
	text := func(camera string) string {
		return `"tags":{"bedroom":"{\"camera_id\":\"` + camera + `\",\"captured_at\":\"2021-06-30 16:20:50.445865\"}"}`
	}
	wantJSON(t, sentBody(t, datasetV2, cameras()), `{"dataset_slug":"new","items":[`+
		slot("/", "cam_1.mp4", `"fps":"native","as_frames":false,`+text("A123"))+","+slot("/", "cam_2.mp4", text("A124"))+`]}`)
}

// sentBody is the body of Register as a server gets it.
func sentBody(t *testing.T, d Dataset, items []NewItem) string {
	t.Helper()
	s := always(t, 200, `{}`)
	if _, err := s.client(t).Uploads(d).Register(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	return s.last(t).body
}

func TestRegisterBodiesItemByItem(t *testing.T) {
	for name, tc := range map[string]struct {
		item   NewItem
		v1, v2 string
	}{
		"root": {
			NewItem{Name: "a.jpg", Folder: "/"},
			`{"filename":"a.jpg"}`, `{"name":"a.jpg","path":"/","slots":[{"slot_name":"0","file_name":"a.jpg"}]}`,
		},
		"no folder": {
			NewItem{Name: "a.jpg"},
			`{"filename":"a.jpg"}`, `{"name":"a.jpg","path":"/","slots":[{"slot_name":"0","file_name":"a.jpg"}]}`,
		},
		"deep folder, slashes to spare": {
			NewItem{Name: "a.jpg", Folder: "x//y z/"},
			`{"filename":"a.jpg","path":"x/y z"}`, `{"name":"a.jpg","path":"/x/y z","slots":[{"slot_name":"0","file_name":"a.jpg"}]}`,
		},
		"explicit type": {
			NewItem{Name: "IM0001", Type: "dicom"},
			`{"filename":"IM0001","type":"dicom"}`, `{"name":"IM0001","path":"/","slots":[{"slot_name":"0","file_name":"IM0001","type":"dicom"}]}`,
		},
		"video at a rate": {
			NewItem{Name: "a.mp4", Video: &Video{FPS: 29.97}},
			`{"filename":"a.mp4","fps":29.97}`, `{"name":"a.mp4","path":"/","slots":[{"slot_name":"0","file_name":"a.mp4","fps":29.97,"as_frames":false}]}`,
		},
		"video as frames": {
			NewItem{Name: "a.mp4", Video: &Video{AsFrames: true}},
			`{"filename":"a.mp4","fps":"native","as_frames":true}`, `{"name":"a.mp4","path":"/","slots":[{"slot_name":"0","file_name":"a.mp4","fps":"native","as_frames":true}]}`,
		},
		"video as frames at a rate": {
			NewItem{Name: "a.mp4", Video: &Video{FPS: 5, AsFrames: true}},
			`{"filename":"a.mp4","fps":5,"as_frames":true}`, `{"name":"a.mp4","path":"/","slots":[{"slot_name":"0","file_name":"a.mp4","fps":5,"as_frames":true}]}`,
		},
		"video at no real rate": {
			NewItem{Name: "a.mp4", Video: &Video{FPS: math.NaN()}},
			`{"filename":"a.mp4"}`, `{"name":"a.mp4","path":"/","slots":[{"slot_name":"0","file_name":"a.mp4","fps":"native","as_frames":false}]}`,
		},
		"video at an endless rate": {
			NewItem{Name: "a.mp4", Video: &Video{FPS: math.Inf(1)}},
			`{"filename":"a.mp4"}`, `{"name":"a.mp4","path":"/","slots":[{"slot_name":"0","file_name":"a.mp4","fps":"native","as_frames":false}]}`,
		},
		"plain and text tags": {
			NewItem{Name: "a.jpg", Tags: []Tag{{"deer", ""}, {"weather", "rain & <wind>"}, {"fox", ""}}},
			`{"filename":"a.jpg","tags":["deer",{"weather":"rain & <wind>"},"fox"]}`,
			`{"name":"a.jpg","path":"/","slots":[{"slot_name":"0","file_name":"a.jpg","tags":{"deer":"","weather":"rain & <wind>","fox":""}}]}`,
		},
		"one class twice": {
			NewItem{Name: "a.jpg", Tags: []Tag{{"deer", ""}, {"deer", ""}}},
			`{"filename":"a.jpg","tags":["deer","deer"]}`,
			`{"name":"a.jpg","path":"/","slots":[{"slot_name":"0","file_name":"a.jpg","tags":["deer"]}]}`,
		},
		"one class twice, once with text": {
			NewItem{Name: "a.jpg", Tags: []Tag{{"deer", ""}, {"deer", "old"}, {"deer", "new"}}},
			`{"filename":"a.jpg","tags":["deer",{"deer":"old"},{"deer":"new"}]}`,
			`{"name":"a.jpg","path":"/","slots":[{"slot_name":"0","file_name":"a.jpg","tags":{"deer":"old"}}]}`,
		},
		"quotes and other scripts": {
			NewItem{Name: `a"b\c é 鹿.jpg`},
			`{"filename":"a\"b\\c é 鹿.jpg"}`, `{"name":"a\"b\\c é 鹿.jpg","path":"/","slots":[{"slot_name":"0","file_name":"a\"b\\c é 鹿.jpg"}]}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			wantJSON(t, sentBody(t, datasetV1, []NewItem{tc.item}), `{"items":[`+tc.v1+`]}`)
			wantJSON(t, sentBody(t, datasetV2, []NewItem{tc.item}), `{"dataset_slug":"new","items":[`+tc.v2+`]}`)
		})
	}
}

func TestTagsWithTextKeepTheirOrderOnTheWire(t *testing.T) {
	got, err := encode(tagsV2([]Tag{{"zebra", ""}, {"ape <1>", "x"}, {"mole", ""}}))
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, string(got), `{"zebra":"","ape <1>":"x","mole":""}`)
}

func TestRegisterTakesNoMoreItemsThanItsLimit(t *testing.T) {
	s := always(t, 200, `{}`)
	for _, d := range []Dataset{datasetV1, datasetV2} {
		up := s.client(t).Uploads(d)
		_, err := up.Register(t.Context(), make([]NewItem, MaxRegister+1))
		asFault(t, err, fault.Usage)
		got, err := up.Register(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		wantEqual(t, got, Registration{})
	}
	wantEqual(t, len(s.requests()), 0)
	got, err := s.client(t).Uploads(datasetV2).Register(t.Context(), make([]NewItem, MaxRegister))
	if err != nil || len(got.Unanswered) != MaxRegister {
		t.Errorf("a full request gave %d unanswered, %v", len(got.Unanswered), err)
	}
}
