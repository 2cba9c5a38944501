package darwin

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

var (
	writable = StorageInfo{Name: "own-bucket", Provider: ProviderAWS, Bucket: "pictures"}
	readOnly = StorageInfo{Name: "archive", Provider: ProviderAWS, Bucket: "old-pictures", ReadOnly: true}
)

// animals is what the guide's third example registers.
func animals() []ExternalItem {
	var items []ExternalItem
	for _, r := range []struct {
		name, folder, file, tag string
		width, height           int
	}{
		{"cat_1.jpg", "cats", "1", "shorthair", 900, 675}, {"cat_2.jpg", "cats", "2", "ragdoll", 800, 400},
		{"cat_3.jpg", "cats", "3", "persian", 800, 533}, {"cat_4.jpg", "cats", "4", "sphynx", 700, 780},
		{"cat_5.jpg", "cats", "5", "unknown", 500, 333}, {"dog_1.jpg", "dogs", "1", "labrador", 1200, 791},
		{"dog_2.jpg", "dogs", "2", "unknown", 2592, 1944}, {"dog_3.jpg", "dogs", "3", "german-shepherd", 583, 485},
		{"dog_4.jpg", "dogs", "4", "beagle", 645, 380}, {"dogs_5.jpg", "dogs", "5", "bulldog", 868, 588},
	} {
		at := r.folder + "/" + r.file + ".jpg"
		items = append(items, ExternalItem{
			Name: r.name, Folder: "/" + r.folder, Tags: []Tag{{Class: r.tag}}, Width: r.width, Height: r.height,
			Key: "animals/originals/" + at, Thumbnail: "animals/thumbnails/" + at,
		})
	}
	return items
}

func sentExternal(t *testing.T, d Dataset, s StorageInfo, items ...ExternalItem) seen {
	t.Helper()
	srv := always(t, 200, `{}`)
	if _, err := srv.client(t).External(d, s).Register(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	return srv.last(t)
}

func TestV1RegistersTheGuidesThirdExample(t *testing.T) {
	// The reference requests lie beside the repository, if anywhere.
	want, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "examples", "example-3-external.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the reference requests are not beside the repository: ../shared/examples")
	}
	if err != nil {
		t.Fatal(err)
	}
	got := sentExternal(t, datasetV1, StorageInfo{Name: "my-own-storage", ReadOnly: true}, animals()...)
	wantEqual(t, got.method+" "+got.path, "PUT /api/teams/alder/datasets/old/data")
	wantJSON(t, got.body, string(want))
}

func TestV2RegistersTheEquivalentOfTheGuidesThirdExample(t *testing.T) {
	got := sentExternal(t, datasetV2, writable, animals()[:2]...)
	wantEqual(t, got.method+" "+got.path, "POST /api/v2/teams/alder/items/register_existing")
	wantJSON(t, got.body, `{"dataset_slug":"new","storage_slug":"own-bucket","items":[
		{"name":"cat_1.jpg","path":"/cats","type":"image","storage_key":"animals/originals/cats/1.jpg","tags":["shorthair"]},
		{"name":"cat_2.jpg","path":"/cats","type":"image","storage_key":"animals/originals/cats/2.jpg","tags":["ragdoll"]}]}`)

	got = sentExternal(t, datasetV2, readOnly, animals()[:1]...)
	wantEqual(t, got.method+" "+got.path, "POST /api/v2/teams/alder/items/register_existing_readonly")
	wantJSON(t, got.body, `{"dataset_slug":"new","storage_slug":"archive","items":[
		{"name":"cat_1.jpg","path":"/cats","type":"image","storage_key":"animals/originals/cats/1.jpg","tags":["shorthair"],
		 "storage_thumbnail_key":"animals/thumbnails/cats/1.jpg","width":900,"height":675}]}`)
}

func TestExternalBodiesItemByItem(t *testing.T) {
	compact := &Compact{
		NativeFPS: 25, VisibleFrames: 150, TotalFrames: 150, HighIndex: "#EXTM3U\nhigh", LowIndex: "#EXTM3U\nlow",
		HighBitrate: 1e6, LowBitrate: 2e5, Sections: "v/sections", FramesManifest: "v/frames.txt",
	}
	for name, tc := range map[string]struct {
		d    Dataset
		s    StorageInfo
		item ExternalItem
		want string
	}{
		"version 1, only what is known": {
			datasetV1, writable, ExternalItem{Name: "a.jpg", Key: "x/a.jpg"}, `{"filename":"a.jpg","key":"x/a.jpg"}`,
		},
		"version 1, a stated type and a video's rate": {
			datasetV1, writable, ExternalItem{Name: "a", Folder: "/v/w", Key: "a", Type: "video", Video: &Video{FPS: 5, AsFrames: true}},
			`{"filename":"a","path":"v/w","key":"a","type":"video","fps":5,"as_frames":true}`,
		},
		"a video that may be written beside": {
			datasetV2, writable, ExternalItem{Name: "a.mp4", Key: "a.mp4", Video: &Video{FPS: 10}, Tags: []Tag{{"weather", "rain"}}},
			`{"name":"a.mp4","path":"/","type":"video","storage_key":"a.mp4","fps":10,"as_frames":"false","tags":{"weather":"rain"}}`,
		},
		"a video at its own rate, as frames": {
			datasetV2, writable, ExternalItem{Name: "a.mp4", Key: "a.mp4", Video: &Video{AsFrames: true}},
			`{"name":"a.mp4","path":"/","type":"video","storage_key":"a.mp4","fps":"native","as_frames":"true"}`,
		},
		"an ending that tells nothing certain": {
			datasetV2, writable, ExternalItem{Name: "a.nii.gz", Key: "a.nii.gz"}, `{"name":"a.nii.gz","path":"/","storage_key":"a.nii.gz"}`,
		},
		"a read-only video as a sequence": {
			datasetV2, readOnly, ExternalItem{
				Name: "a.mp4", Key: "v/a.mp4", Thumbnail: "v/t.jpg", Width: 8, Height: 6,
				Frames: []Frame{{High: "v/1.png", Low: "v/1s.jpg", Width: 8, Height: 6}, {High: "v/2.png", Width: 8, Height: 6}},
			},
			`{"name":"a.mp4","path":"/","type":"video","storage_key":"v/a.mp4","storage_thumbnail_key":"v/t.jpg","sections":[
				{"section_index":1,"width":8,"height":6,"storage_hq_key":"v/1.png","storage_lq_key":"v/1s.jpg"},
				{"section_index":2,"width":8,"height":6,"storage_hq_key":"v/2.png"}]}`,
		},
		"a read-only video in the compact form": {
			datasetV2, readOnly, ExternalItem{
				Name: "a.mp4", Folder: "/films", Key: "v/a.mp4", Thumbnail: "v/t.jpg", Width: 8, Height: 6, Compact: compact,
				Video: &Video{FPS: 5, AsFrames: true}, Tags: []Tag{{Class: "deer"}},
			},
			`{"name":"a.mp4","path":"/films","tags":["deer"],"slots":[{"slot_name":"0","file_name":"a.mp4","type":"video","storage_key":"v/a.mp4",
				"storage_thumbnail_key":"v/t.jpg","width":8,"height":6,"native_fps":25,"visible_frames":150,"total_frames":150,
				"hls_segments":{"high_quality":{"index":"#EXTM3U\nhigh","bitrate":1000000},"low_quality":{"index":"#EXTM3U\nlow","bitrate":200000}},
				"storage_sections_key_prefix":"v/sections","storage_frames_manifest_key":"v/frames.txt"}]}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var body struct{ Items []json.RawMessage }
			if err := json.Unmarshal([]byte(sentExternal(t, tc.d, tc.s, tc.item).body), &body); err != nil || len(body.Items) != 1 {
				t.Fatalf("%v, %d items", err, len(body.Items))
			}
			wantJSON(t, string(body.Items[0]), tc.want)
		})
	}
}

func TestWhatNoRequestCanSayIsRefusedBeforeItIsSent(t *testing.T) {
	s := always(t, 200, `{}`)
	for name, tc := range map[string]struct {
		d     Dataset
		items []ExternalItem
		kind  fault.Kind
	}{
		"more than Darwin takes":             {datasetV2, make([]ExternalItem, MaxExternal+1), fault.Usage},
		"a read-only video in version 1":     {datasetV1, []ExternalItem{{Name: "a.mp4", Key: "a.mp4"}}, fault.Unsupported},
		"a read-only object of unknown type": {datasetV2, []ExternalItem{{Name: "a", Key: "a"}}, fault.Usage},
	} {
		_, err := s.client(t).External(tc.d, readOnly).Register(t.Context(), tc.items)
		if e := asFault(t, err, tc.kind); e.Kind != tc.kind {
			t.Errorf("%s: %v", name, e)
		}
	}
	got, err := s.client(t).External(datasetV2, writable).Register(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, Registration{})
	wantEqual(t, len(s.requests()), 0)
}

func TestRepliesAboutObjectsAreMatchedWithoutUploads(t *testing.T) {
	items := []ExternalItem{{Name: "a.jpg", Folder: "/x", Key: "a"}, {Name: "b.jpg", Key: "b"}, {Name: "c.jpg", Key: "c"}}
	s := always(t, 200, `{"items":[{"id":"018c-a","name":"a.jpg","path":"/x","slots":[{"slot_name":"a.jpg","type":"image"}]}],
		"blocked_items":[{"id":"018c-b","name":"b.jpg","path":"/","slots":[{"slot_name":"b.jpg","reason":"already_exists"}]}]}`)
	got, err := s.client(t).External(datasetV2, writable).Register(t.Context(), items)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, Registration{
		Registered: []Registered{{0, Upload{"018c-a", "018c-a"}}}, Blocked: []Blocked{{1, "018c-b", ReasonAlreadyExists}}, Unanswered: []int{2},
	})

	s = always(t, 200, `{"items":[{"dataset_item_id":7,"filename":"a.jpg","path":"/x"},{"dataset_item_id":9,"filename":"c.jpg","path":"/"}],
		"blocked_items":[{"dataset_item_id":8,"filename":"b.jpg","path":"/","reason":"UNKNOWN_TAG"}]}`)
	got, err = s.client(t).External(datasetV1, writable).Register(t.Context(), items)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, Registration{
		Registered: []Registered{{0, Upload{"7", "7"}}, {2, Upload{"9", "9"}}}, Blocked: []Blocked{{1, "8", ReasonUnknownTag}},
	})
}

func TestRefusalsOfARegistrationAreExplained(t *testing.T) {
	for status, want := range map[int]struct {
		kind  fault.Kind
		words string
	}{
		400: {fault.Refused, "did not accept this list"},
		401: {fault.Permission, "for registering files of a storage"},
		403: {fault.Permission, "may not register files of a storage"},
		404: {fault.Missing, `the dataset "new", or the storage "archive"`},
		413: {fault.TooLarge, "fewer files in a request"},
		429: {fault.Busy, "asks for a pause"},
		503: {fault.Busy, "problem of its own"},
	} {
		s := always(t, status, `{}`)
		_, err := s.client(t).External(datasetV2, readOnly).Register(t.Context(), []ExternalItem{{Name: "a.jpg", Key: "a.jpg"}})
		e := asFault(t, err, want.kind)
		if !strings.Contains(e.Error(), want.words) || strings.Contains(e.Error(), "on this computer") {
			t.Errorf("%d says %q", status, e)
		}
		wantEqual(t, e.Status, status)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := always(t, 200, `{}`).client(t).External(datasetV2, readOnly).Register(ctx, []ExternalItem{{Name: "a.jpg", Key: "a.jpg"}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a request that was cancelled gives %v", err)
	}
}

func TestStoragesAreListedWithWhatDarwinSaysOfThem(t *testing.T) {
	s := answers(t, map[string]string{"GET /api/teams/alder/storage": `[
		{"name":"zoo","prefix":null,"readonly":true,"provider":"AWS","default":false,"bucket":"b","region":"eu-west-1"},
		{"name":"","provider":"aws"},
		{"name":"main","prefix":"/v7/","readonly":false,"provider":"gcp","default":true},
		{"name":"blue","prefix":"box/thumbs","provider":"azure","bucket":"account"},
		{"name":"azure-plain","prefix":"","provider":"azure","bucket":"account"}]`})
	got, err := s.client(t).Storages(t.Context(), "alder")
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, []StorageInfo{
		{Name: "main", Provider: ProviderGCP, Prefix: "v7", Default: true},
		{Name: "azure-plain", Provider: ProviderAzure, Bucket: "account"},
		{Name: "blue", Provider: ProviderAzure, Bucket: "account", Prefix: "box/thumbs"},
		{Name: "zoo", Provider: ProviderAWS, Bucket: "b", Region: "eu-west-1", ReadOnly: true},
	})
	for i, want := range []string{"|v7", "data|", "box|thumbs", "|"} {
		container, below := got[i].Container()
		wantEqual(t, container+"|"+below, want)
	}
	_, err = s.client(t).Storages(t.Context(), "beech")
	asFault(t, err, fault.Missing)
}
