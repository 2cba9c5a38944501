package sandbox

import (
	"net/http"
	"strconv"
)

type itemV1 struct {
	ID        int64  `json:"id"`
	Name      string `json:"filename"`
	Path      string `json:"path"`
	Status    string `json:"status"`
	Archived  bool   `json:"archived"`
	FileSize  int64  `json:"file_size"`
	Seq       int64  `json:"seq"`
	DatasetID int64  `json:"dataset_id"`
	Inserted  string `json:"inserted_at"` // without a zone, unlike version 2's
}

func (s *Sandbox) listV1(x *exchange) {
	var body struct {
		Filter struct {
			Names  []string `json:"filenames"`
			States []string `json:"statuses"`
			Path   string   `json:"path"`
			IDs    []int64  `json:"dataset_item_ids"`
		} `json:"filter"`
	}
	if x.refused(x.body(&body)) {
		return
	}
	from, size, err := paging(x.r.URL.Query())
	if x.refused(err) {
		return
	}
	f := filter{names: body.Filter.Names, states: body.Filter.States}
	if body.Filter.Path != "" {
		f.folders = []string{body.Filter.Path}
	}
	for _, id := range body.Filter.IDs {
		f.ids = append(f.ids, strconv.FormatInt(id, 10))
	}
	answer, err := s.pageV1(x.path("id"), f, from, size)
	if x.refused(err) {
		return
	}
	x.json(http.StatusOK, answer)
}

type listAnswerV1 struct {
	Items    []itemV1 `json:"items"`
	Metadata struct {
		Next *string `json:"next"`
	} `json:"metadata"`
}

func (s *Sandbox) pageV1(datasetID string, f filter, from int64, size int) (listAnswerV1, error) {
	answer := listAnswerV1{Items: []itemV1{}}
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	d := s.state.datasetByID(datasetID)
	if d == nil {
		return answer, &refusal{status: http.StatusNotFound, text: "Not Found"}
	}
	if d.version != 1 {
		return answer, invalid("dataset", "has version 2, use the calls of that version")
	}
	page, next := s.pick([]*dataset{d}, f, from, size)
	now := s.cfg.Clock()
	for _, it := range page {
		info := s.describe(it, now)
		answer.Items = append(answer.Items, itemV1{
			ID: it.seq, Name: info.Name, Path: info.Folder, Status: info.Status,
			FileSize: info.Size, Seq: it.seq, DatasetID: d.id,
			Inserted: it.registered.UTC().Format("2006-01-02T15:04:05"),
		})
	}
	if next != "" {
		answer.Metadata.Next = &next
	}
	return answer, nil
}
