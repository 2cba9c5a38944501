package transport

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"os"

	"darwin-uploader/uploader/fault"
)

// maxRoots is the most bytes of a certificate file: a system's whole list has
// a quarter of a mebibyte.
const maxRoots = 4 << 20

// readRoots is the system's certificates and those of a file.
func readRoots(path string) (*x509.CertPool, error) {
	content, err := readFile(path)
	if err != nil {
		return nil, err
	}
	found := certificates(content)
	if len(found) == 0 {
		return nil, &fault.Error{
			Kind: fault.Usage, What: "The certificate file holds no certificate.",
			Do: "Ask your IT department for the certificate as a .pem, .crt or .cer file.",
		}
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool() // a system without any: those of the file count all the same
	}
	for _, c := range found {
		pool.AddCert(c)
	}
	return pool, nil
}

// certificates reads all that can be read, as PEM or, without any, as DER.
func certificates(content []byte) []*x509.Certificate {
	var found []*x509.Certificate
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")) // Windows editors put it there
	for rest := content; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		if c, err := x509.ParseCertificate(block.Bytes); err == nil {
			found = append(found, c)
		}
	}
	if len(found) > 0 {
		return found
	}
	if all, err := x509.ParseCertificates(content); err == nil {
		return all
	}
	return nil
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() { // opening a pipe would wait for good
		err = &fs.PathError{Op: "open", Path: path, Err: fs.ErrInvalid}
	}
	if err != nil {
		return nil, unreadable(err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(f, maxRoots+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if len(content) > maxRoots {
		return nil, &fault.Error{
			Kind: fault.Usage, What: "The certificate file is larger than any list of certificates.",
			Do: "Look whether the right file was chosen.",
		}
	}
	return content, nil
}

// unreadable keeps the path out of Detail, where support would see it.
func unreadable(err error) *fault.Error {
	f := &fault.Error{
		Kind: fault.Unreadable, What: "The certificate file cannot be read.",
		Do: "Look whether it is still where it was, or choose it again.", Err: err,
	}
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		f.Detail = p.Op + ": " + p.Err.Error()
	}
	return f
}
