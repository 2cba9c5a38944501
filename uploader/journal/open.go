package journal

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"darwin-uploader/uploader/dbfile"
)

const (
	fileName = "journal.db"
	lockName = "journal.lock"
)

// applicationID marks the file as ours ("DarU").
const applicationID = 0x44617255

// busy is how long what holds the file without being a Darwin Uploader, such as
// a program that saves copies, is waited for.
const busy = 5 * time.Second

//go:embed migrations/*.sql
var migrations embed.FS

// errDamaged says that what was read makes no sense.
var errDamaged = errors.New("damaged")

// openFile opens the file; one that cannot be understood makes room for a new one.
func (j *Journal) openFile(path string) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	kind := dbfile.Kind{
		ID: applicationID, Steps: steps, Check: true, Busy: busy,
		Ready: func(ctx context.Context, db *sql.DB) (err error) {
			j.statements, err = prepareStatements(ctx, db)
			return err
		},
	}
	db, aside, err := kind.Open(context.Background(), path, time.Now())
	if aside.Name != "" {
		j.warn(setAsideWords(aside))
	}
	j.db = db
	return err
}

func setAsideWords(aside dbfile.Aside) string {
	what := "The journal of earlier uploads is damaged."
	if aside.Newer {
		what = "The journal of earlier uploads was written by a newer Darwin Uploader."
	}
	return fmt.Sprintf("%s It was set aside as %s, and a new one was begun. What is in Darwin stays there; "+
		"to finish an upload that was interrupted, add its files once more.", what, aside.Name)
}
