package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// statements are those that are run for each item.
type statements struct{ insert, update, settle, miss *sql.Stmt }

func prepareStatements(ctx context.Context, db *sql.DB) (s statements, err error) {
	s.insert, err = db.PrepareContext(ctx, `
		INSERT INTO items (batch, place, path, size, mtime, mtime_nanos, kind, type, name, folder, tags, video,
			state, item_id, upload_id, stored, asked_from, asked_until)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return s, err
	}
	s.update, err = db.PrepareContext(ctx, `
		UPDATE items SET size = ?, mtime = ?, mtime_nanos = ?, state = ?, stage = ?, reason = ?, problem = ?, attempts = attempts + ?,
			item_id = ?, upload_id = ?, stored = ?, asked_from = ?, asked_until = ?, over = ?, outcome = '', verdict = '', settled = NULL
		WHERE batch = ? AND place = ?`)
	if err != nil {
		return s, err
	}
	s.settle, err = db.PrepareContext(ctx, `
		UPDATE items SET outcome = ?, verdict = ?, settled = ?
		WHERE batch = ? AND place = ? AND state = 'in darwin' AND outcome = '' RETURNING size`)
	if err != nil {
		return s, err
	}
	s.miss, err = db.PrepareContext(ctx, `
		UPDATE items SET outcome = 'missing', verdict = ?1, settled = ?2, stored = 0,
			state = CASE WHEN ?3 THEN 'registered' ELSE 'ready' END, upload_id = CASE WHEN ?3 THEN upload_id ELSE '' END
		WHERE batch = ?4 AND place = ?5 AND state = 'in darwin' AND outcome = '' RETURNING size`)
	return s, err
}

// The words that the file uses. They are its format: a new name in the engine
// must not change them.
var stateWords = map[uploader.State]string{
	uploader.Ready: "ready", uploader.Registering: "registering", uploader.Registered: "registered",
	uploader.Signing: "signing", uploader.Sending: "sending", uploader.Confirming: "confirming",
	uploader.InDarwin: "in darwin", uploader.Skipped: "skipped", uploader.Blocked: "blocked",
	uploader.Failed: "failed", uploader.Stopped: "stopped",
}

var kindWords = map[intake.Kind]string{
	intake.Image: "image", intake.Video: "video", intake.Document: "document", intake.Medical: "medical",
}

func wordOf(s uploader.State) (string, error) {
	word, ok := stateWords[s]
	if !ok {
		return "", fmt.Errorf("no word for state %d", s)
	}
	return word, nil
}

func stateOf(word string) (uploader.State, error) { return keyOf(stateWords, word) }

func keyOf[K comparable](words map[K]string, word string) (key K, err error) {
	for k, w := range words {
		if w == word {
			return k, nil
		}
	}
	return key, fmt.Errorf("%w: it says %q", errDamaged, word)
}

type tagRow struct {
	Class string `json:"class"`
	Text  string `json:"text,omitempty"`
}

type videoRow struct {
	FPS      float64 `json:"fps"`
	AsFrames bool    `json:"as_frames"`
}

// valuesOf is an item as its columns, from path on.
func valuesOf(item uploader.Item) ([]any, error) {
	kind, ok := kindWords[item.Kind]
	if !ok {
		return nil, fmt.Errorf("no word for kind %d", item.Kind)
	}
	rows := make([]tagRow, len(item.Tags))
	for i, t := range item.Tags {
		rows[i] = tagRow(t)
	}
	tags, err := json.Marshal(rows)
	if err != nil {
		return nil, err
	}
	var video sql.NullString
	if item.Video != nil {
		text, err := json.Marshal(videoRow(*item.Video))
		if err != nil {
			return nil, err
		}
		video = sql.NullString{String: string(text), Valid: true}
	}
	r := item.Reached
	state := uploader.Ready
	if r.Confirmed {
		state = uploader.InDarwin
	}
	word, err := wordOf(state)
	return []any{
		item.Path, item.Size, item.ModTime.Unix(), item.ModTime.Nanosecond(), kind, item.Type,
		item.Name, item.Folder, string(tags), video,
		word, r.Upload.ItemID, r.Upload.UploadID, r.Stored || r.Confirmed, micros(r.Asked.From), micros(r.Asked.Until),
	}, err
}

// itemColumns are those that itemOf reads.
const itemColumns = `path, size, mtime, mtime_nanos, kind, type, name, folder, tags, video,
	state, item_id, upload_id, stored, asked_from, asked_until`

func itemOf(scan func(...any) error) (uploader.Item, error) {
	var (
		item              uploader.Item
		kind, tags, state string
		video             sql.NullString
		seconds, nanos    int64
		from, until       sql.NullInt64
	)
	err := scan(&item.Path, &item.Size, &seconds, &nanos, &kind, &item.Type, &item.Name, &item.Folder, &tags, &video,
		&state, &item.Reached.Upload.ItemID, &item.Reached.Upload.UploadID, &item.Reached.Stored, &from, &until)
	if err != nil {
		return item, err
	}
	item.ModTime = time.Unix(seconds, nanos)
	item.Reached.Asked = uploader.Asked{From: timeOf(from), Until: timeOf(until)}
	var tagErr, videoErr error
	item.Tags, tagErr = tagsOf(tags)
	item.Video, videoErr = videoOf(video)
	kindKey, kindErr := keyOf(kindWords, kind)
	stateKey, stateErr := stateOf(state)
	item.Kind = kindKey
	item.Reached.Confirmed = stateKey == uploader.InDarwin
	if !item.Reached.Confirmed && item.Reached.Upload.UploadID == "" {
		item.Reached.Upload = darwin.Upload{} // of an item that Darwin has lost
	}
	return item, errors.Join(tagErr, videoErr, kindErr, stateErr)
}

func tagsOf(text string) ([]darwin.Tag, error) {
	var rows []tagRow
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil, fmt.Errorf("%w: tags", errDamaged)
	}
	var tags []darwin.Tag
	for _, r := range rows {
		tags = append(tags, darwin.Tag(r))
	}
	return tags, nil
}

func videoOf(text sql.NullString) (*darwin.Video, error) {
	if !text.Valid {
		return nil, nil
	}
	var row videoRow
	if err := json.Unmarshal([]byte(text.String), &row); err != nil {
		return nil, fmt.Errorf("%w: video", errDamaged)
	}
	video := darwin.Video(row)
	return &video, nil
}

// micros is a time as a column, NULL if there is none.
func micros(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: !t.IsZero()}
}

func timeOf(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.UnixMicro(n.Int64)
}
