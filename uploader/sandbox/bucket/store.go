package bucket

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
)

// stored is an object together with the status that its form asked for.
type stored struct {
	Object
	successStatus string
}

// Keep makes content the object of that key, as a body would that was sent to
// the bucket.
func (b *Bucket) Keep(key string, content []byte) error {
	in, f := b.take(bytes.NewReader(content), MaxObject)
	if f == nil {
		_, f = in.commit(key)
	}
	if f != nil {
		return fmt.Errorf("bucket: %s", f.message)
	}
	return nil
}

// incoming is a body on its way in: hashed, counted, and kept in a temporary
// file if the bucket keeps bodies. Either commit or drop ends it.
type incoming struct {
	bucket *Bucket
	file   *os.File // nil: discarded
	size   int64
	md5    string
	sha256 string
}

// take streams body to the disk. It fails with IncompleteBody when the body
// breaks off and with EntityTooLarge when it has more than limit bytes; then
// nothing is left on the disk.
func (b *Bucket) take(body io.Reader, limit int64) (*incoming, *failure) {
	in := &incoming{bucket: b}
	md, sha := md5.New(), sha256.New()
	writers := []io.Writer{md, sha}
	if b.dir != "" {
		f, err := os.CreateTemp(b.dir, "incoming-*")
		if err != nil {
			return nil, internal(err)
		}
		in.file = f
		writers = append(writers, f)
	}
	src := &sourceErr{r: io.LimitReader(body, limit+1)}
	n, err := io.Copy(io.MultiWriter(writers...), src)
	switch {
	case src.err != nil:
		in.drop()
		return nil, incompleteBody()
	case err != nil:
		in.drop()
		return nil, internal(err)
	case n > limit:
		in.drop()
		return nil, tooLarge(limit)
	}
	in.size = n
	in.md5, in.sha256 = hex.EncodeToString(md.Sum(nil)), hex.EncodeToString(sha.Sum(nil))
	return in, nil
}

// sourceErr remembers the reader's error, so that it can be told from the
// writers'.
type sourceErr struct {
	r   io.Reader
	err error
}

func (s *sourceErr) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// commit makes the body the object of that key.
func (in *incoming) commit(key string) (Object, *failure) {
	b := in.bucket
	if in.file != nil {
		if err := in.file.Close(); err != nil {
			in.drop()
			return Object{}, internal(err)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if in.file != nil {
		if err := os.Rename(in.file.Name(), b.path(key)); err != nil {
			in.drop()
			return Object{}, internal(err)
		}
	}
	o := Object{
		Key: key, Size: in.size, SHA256: in.sha256, MD5: in.md5,
		Stored: b.clock(), Puts: b.objects[key].Puts + 1,
	}
	b.objects[key] = o
	return o, nil
}

// drop forgets the body.
func (in *incoming) drop() {
	if in.file == nil {
		return
	}
	// Close may come second here; the file is to be removed in any case.
	_ = in.file.Close()
	_ = os.Remove(in.file.Name())
}

// path is where the body of key lies. A key may hold anything ("../x", names
// that differ by case only), so the file is called by the key's hash.
func (b *Bucket) path(key string) string {
	sum := sha256.Sum256([]byte(key))
	return filepath.Join(b.dir, hex.EncodeToString(sum[:])+".body")
}

func (b *Bucket) open(key string) (io.ReadCloser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.objects[key]; !ok || b.dir == "" {
		return nil, fmt.Errorf("bucket: no body of this key: %w", fs.ErrNotExist)
	}
	return os.Open(b.path(key))
}

func internal(err error) *failure {
	// The paths of this machine are nobody's business.
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		err = pe.Err
	}
	return fail(http.StatusInternalServerError, "InternalError", "The body could not be kept: %v", err)
}

func incompleteBody() *failure {
	return fail(http.StatusBadRequest, "IncompleteBody", "The request body terminated unexpectedly")
}

func tooLarge(limit int64) *failure {
	return fail(http.StatusBadRequest, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size").
		with("MaxSizeAllowed", fmt.Sprint(limit))
}
