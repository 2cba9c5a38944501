package darwin

import (
	"fmt"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

// items makes items of "folder/name".
func items(paths ...string) []NewItem {
	var list []NewItem
	for _, p := range paths {
		at := strings.LastIndex(p, "/")
		list = append(list, NewItem{Folder: p[:at+1], Name: p[at+1:]})
	}
	return list
}

// told writes a Registration as "0:id 1!REASON 2?".
func told(r Registration) string {
	out := map[int]string{}
	for _, x := range r.Registered {
		out[x.Index] += ":" + x.Upload.ItemID + "/" + x.Upload.UploadID
	}
	for _, x := range r.Blocked {
		out[x.Index] += "!" + string(x.Reason) + "/" + x.ItemID
	}
	for _, i := range r.Unanswered {
		out[i] += "?"
	}
	var parts []string
	for i := range len(out) {
		parts = append(parts, fmt.Sprint(i)+out[i])
	}
	return strings.Join(parts, " ")
}

func TestV1RepliesFindTheirItems(t *testing.T) {
	for name, tc := range map[string]struct {
		items        []NewItem
		answer, want string
	}{
		"with folders, in another order": {
			items("/cats/1.jpg", "/dogs/1.jpg", "/1.jpg"),
			`{"items":[{"dataset_item_id":3,"filename":"1.jpg","path":"/"},{"dataset_item_id":2,"filename":"1.jpg","path":"dogs"},{"dataset_item_id":"1","filename":"1.jpg","path":"/cats/"}],"blocked_items":[]}`,
			"0:1/1 1:2/2 2:3/3",
		},
		"without folders, as in the guide": {
			items("/cats/1.jpg", "/cats/2.jpg"),
			`{"items":[{"dataset_item_id":2,"filename":"2.jpg"},{"dataset_item_id":1,"filename":"1.jpg"}]}`,
			"0:1/1 1:2/2",
		},
		"an empty folder is the root": {
			items("/a/1.jpg", "/1.jpg"),
			`{"items":[{"dataset_item_id":2,"filename":"1.jpg","path":""},{"dataset_item_id":1,"filename":"1.jpg","path":"a"}]}`,
			"0:1/1 1:2/2",
		},
		"same names, no folders, all registered: the order tells": {
			items("/cats/1.jpg", "/dogs/1.jpg", "/x.jpg"),
			`{"items":[{"dataset_item_id":9,"filename":"x.jpg"},{"dataset_item_id":1,"filename":"1.jpg"},{"dataset_item_id":2,"filename":"1.jpg"}]}`,
			"0:1/1 1:2/2 2:9/9",
		},
		"same names, no folders, one blocked: nobody can tell": {
			items("/cats/1.jpg", "/dogs/1.jpg"),
			`{"items":[{"dataset_item_id":1,"filename":"1.jpg"}],"blocked_items":[{"filename":"1.jpg","reason":"ALREADY_EXISTS"}]}`,
			"0? 1?",
		},
		"same names, no folders, one silent: nobody can tell": {
			items("/cats/1.jpg", "/dogs/1.jpg"), `{"items":[{"dataset_item_id":1,"filename":"1.jpg"}]}`, "0? 1?",
		},
		"same names, the blocked one with its folder": {
			items("/cats/1.jpg", "/dogs/1.jpg"),
			`{"items":[{"dataset_item_id":1,"filename":"1.jpg"}],"blocked_items":[{"dataset_item_id":7,"filename":"1.jpg","path":"/cats","reason":"already_exists"}]}`,
			"0!ALREADY_EXISTS/7 1:1/1",
		},
		"neither names nor folders: the order tells": {
			items("/cats/1.jpg", "/dogs/2.jpg"), `{"items":[{"dataset_item_id":1},{"dataset_item_id":2}]}`, "0:1/1 1:2/2",
		},
		"neither names nor folders, one missing": {
			items("/cats/1.jpg", "/dogs/2.jpg"), `{"items":[{"dataset_item_id":1}]}`, "0? 1?",
		},
		"names changed a little, in order": {
			items("/A.JPG", "/b.jpg ", "/c.jpg"),
			`{"items":[{"dataset_item_id":1,"filename":"a.jpg"},{"dataset_item_id":2,"filename":"b.jpg"},{"dataset_item_id":3,"filename":"c.jpg","path":"/"}]}`,
			"0:1/1 1:2/2 2:3/3",
		},
		"names changed a little, out of order": {
			items("/A.JPG", "/b.jpg ", "/c.jpg"),
			`{"items":[{"dataset_item_id":3,"filename":"c.jpg","path":"/"},{"dataset_item_id":2,"filename":"b.jpg"},{"dataset_item_id":1,"filename":"a.jpg"}]}`,
			"0? 1? 2:3/3",
		},
		"one name changed altogether: it is the one left over": {
			items("/a:b.jpg", "/c.jpg"), `{"items":[{"dataset_item_id":2,"filename":"c.jpg"},{"dataset_item_id":1,"filename":"a_b.jpg"}]}`, "0:1/1 1:2/2",
		},
		"two names changed altogether": {
			items("/a:b.jpg", "/c:d.jpg"), `{"items":[{"dataset_item_id":2,"filename":"a_b.jpg"},{"dataset_item_id":1,"filename":"c_d.jpg"}]}`, "0? 1?",
		},
		"one item twice in the request": {
			items("/a/1.jpg", "/a/1.jpg"),
			`{"items":[{"dataset_item_id":1,"filename":"1.jpg","path":"/a"}],"blocked_items":[{"dataset_item_id":1,"filename":"1.jpg","path":"/a","reason":"ALREADY_EXISTS"}]}`,
			"0:1/1 1!ALREADY_EXISTS/1",
		},
		"one reply twice": {
			items("/a.jpg", "/b.jpg"),
			`{"items":[{"dataset_item_id":1,"filename":"a.jpg","path":"/"},{"dataset_item_id":8,"filename":"a.jpg","path":"/"},{"dataset_item_id":2,"filename":"b.jpg","path":"/"}]}`,
			"0:1/1 1:2/2",
		},
		"replies about nobody": {
			items("/a.jpg"), `{"items":[{"dataset_item_id":5,"filename":"z.jpg","path":"/"},{"dataset_item_id":1,"filename":"a.jpg","path":"/"}]}`, "0:1/1",
		},
		"composed and decomposed letters": {
			items("/é/ä.jpg"), `{"items":[{"dataset_item_id":1,"filename":"a\u0308.jpg","path":"/e\u0301"}]}`, "0:1/1",
		},
		"bytes that are no text": {
			items("/a\xff\xfe/b\xff.jpg", "/c.jpg", "/d.jpg"),
			`{"items":[{"dataset_item_id":1,"filename":"b\ufffd.jpg","path":"/a\ufffd\ufffd"}]}`, "0:1/1 1? 2?",
		},
		"without an id, or with one that is none": {
			items("/a.jpg", "/b.jpg", "/c.jpg"),
			`{"items":[{"filename":"a.jpg","path":"/"},{"dataset_item_id":"../../x","filename":"b.jpg","path":"/"},{"dataset_item_id":null,"filename":"c.jpg"}]}`,
			"0? 1? 2?",
		},
		"reasons in all forms": {
			items("/a.jpg", "/b.jpg", "/c.jpg", "/d.jpg"),
			`{"blocked_items":[{"filename":"a.jpg","path":"/","reason":"unknown_tags"},{"filename":"b.jpg","path":"/"},{"filename":"c.jpg","path":"/","reason":{"x":1}},{"filename":"d.jpg","path":"/","reason":42}]}`,
			"0!UNKNOWN_TAGS/ 1!/ 2!/ 3!42/",
		},
		"nothing":        {items("/a.jpg"), `{}`, "0?"},
		"strange fields": {items("/a.jpg", "/b.jpg"), `{"items":{"a":1},"blocked_items":[{"filename":"b.jpg","path":["x"],"reason":"X"}]}`, "0? 1!X/"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := always(t, 200, tc.answer).client(t).Uploads(datasetV1).Register(t.Context(), tc.items)
			if err != nil {
				t.Fatal(err)
			}
			wantEqual(t, told(got), tc.want)
		})
	}
}

func TestV2RepliesFindTheirItems(t *testing.T) {
	for name, tc := range map[string]struct {
		items        []NewItem
		answer, want string
	}{
		"registered and blocked": {
			items("/cats/1.jpg", "/2.jpg", "/dogs/1.jpg"),
			`{"items":[{"id":"c","name":"1.jpg","path":"dogs","slots":[{"slot_name":"0","upload_id":"u-c","as_frames":false}]},
			           {"id":"a","name":"1.jpg","path":"/cats","slots":[{"slot_name":"0","upload_id":"u-a"}]}],
			  "blocked_items":[{"id":"b","name":"2.jpg","path":"/","slots":[{"slot_name":"0","reason":"ALREADY_EXISTS"}]}]}`,
			"0:a/u-a 1!ALREADY_EXISTS/b 2:c/u-c",
		},
		"blocked without id, reason beside the slot": {
			items("/1.jpg", "/2.jpg"),
			`{"blocked_items":[{"name":"1.jpg","path":"/","slots":[{"reason":"item_count_limit_exceeded"}]},{"name":"2.jpg","path":"/","reason":"UNKNOWN_TAG"}]}`,
			"0!ITEM_COUNT_LIMIT_EXCEEDED/ 1!UNKNOWN_TAG/",
		},
		"other slots of the item are not ours": {
			items("/1.jpg"),
			`{"items":[{"id":"a","name":"1.jpg","path":"/","slots":[{"slot_name":"1","upload_id":"no"},{"slot_name":"0","upload_id":"yes"}]}]}`,
			"0:a/yes",
		},
		"a slot without its name": {
			items("/1.jpg"), `{"items":[{"id":"a","name":"1.jpg","path":"/","slots":[{"upload_id":"u"}]}]}`, "0:a/u",
		},
		"no slots, no upload": {
			items("/1.jpg", "/2.jpg"), `{"items":[{"id":"a","name":"1.jpg","path":"/"},{"id":"b","name":"2.jpg","path":"/","slots":[{"slot_name":"0"}]}]}`, "0? 1?",
		},
		"an upload without its item's id": {
			items("/1.jpg"), `{"items":[{"name":"1.jpg","path":"/","slots":[{"upload_id":"u"}]}]}`, "0:/u",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := always(t, 200, tc.answer).client(t).Uploads(datasetV2).Register(t.Context(), tc.items)
			if err != nil {
				t.Fatal(err)
			}
			wantEqual(t, told(got), tc.want)
		})
	}
}

func TestRegisterWithoutTeamUsesTheKeysOwn(t *testing.T) {
	s := answers(t, map[string]string{
		"GET /api/users/token_info":                      `{"selected_team":{"slug":"alder"}}`,
		"POST /api/v2/teams/alder/items/register_upload": `{}`,
		"GET /api/v2/teams/alder/items/uploads/u/sign":   `{"upload_url":"https://b.example.org/k"}`,
	})
	up := s.client(t).Uploads(Dataset{Slug: "new", Version: 2})
	if _, err := up.Register(t.Context(), items("/a.jpg")); err != nil {
		t.Fatal(err)
	}
	if _, err := up.Sign(t.Context(), Upload{UploadID: "u"}); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, len(s.requests()), 3)
}

func TestAnswersToRegisterThatAreNoObjectAreUnexpected(t *testing.T) {
	for _, body := range []string{`[]`, `"x"`, `null`, `1`, ``, `{`, `<html>`} {
		for _, d := range []Dataset{datasetV1, datasetV2} {
			_, err := always(t, 200, body).client(t).Uploads(d).Register(t.Context(), items("/a.jpg"))
			asFault(t, err, fault.Unexpected)
		}
	}
}

func FuzzRegistration(f *testing.F) {
	f.Add("a.jpg\nb.jpg", `{"items":[{"dataset_item_id":1,"filename":"a.jpg","path":"/"}],"blocked_items":[{"filename":"b.jpg"}]}`)
	f.Add("x/a.jpg\ny/a.jpg", `{"items":[{"id":"u","name":"a.jpg","slots":[{"upload_id":"v"}]},{"id":"u","name":"a.jpg"}]}`)
	f.Add("a\na\na", `{"items":[{"filename":"a"},{"filename":"a"}],"blocked_items":[{"name":"a","path":null}]}`)
	f.Add("a", `{"items":[null,1,"x",[],{}],"blocked_items":{"a":[]}}`)
	f.Add("a\nb", `{"items":[{"dataset_item_id":1},{"dataset_item_id":2}]}`)
	f.Fuzz(func(t *testing.T, paths, body string) {
		var list []NewItem
		for p := range strings.SplitSeq(paths, "\n") {
			list = append(list, items("/"+p)...)
		}
		if len(list) > 50 {
			list = list[:50]
		}
		scrub := scrubber(testKey)
		for _, read := range []func([]byte, func(string) string) replies{readV1, readV2} {
			r := match(list, read([]byte(body), scrub))
			times := make([]int, len(list))
			for _, x := range r.Registered {
				times[x.Index]++
				if x.Upload.UploadID == "" || !anIdentity.MatchString(x.Upload.UploadID) {
					t.Fatalf("registered with the upload %+v", x.Upload)
				}
			}
			for _, x := range r.Blocked {
				times[x.Index]++
			}
			for _, i := range r.Unanswered {
				times[i]++
			}
			for i, n := range times {
				if n != 1 {
					t.Fatalf("item %d of %d is told %d times: %+v", i, len(list), n, r)
				}
			}
		}
	})
}
