package external

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// maxKey is the longest key of S3, Google and Azure, in bytes.
const maxKey = 1024

// Root is the bucket that keys are of.
type Root struct {
	Storage darwin.StorageInfo

	// Endpoint is the host of an S3-compatible server, with its port if any, so
	// that https addresses of it are understood; "" for the providers' own.
	Endpoint string

	// AnyPrefix takes keys outside the storage's prefix too. The prefix is
	// where Darwin writes; that it reads only there is inferred, so that a
	// person who knows better may say so.
	AnyPrefix bool
}

// Key makes a key of what a person typed or pasted: a key as it is, or an
// address of the object (s3://, gs://, https:// in all forms of S3, Google and
// Azure). The key is relative to the bucket's root, with Azure to the
// container's, in exact case. Anything else, and an object that lies
// elsewhere, is a fault of kind Usage.
func (r Root) Key(text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", wrongKey("There is no key.", "Write the object's key, as the bucket shows it.")
	}
	key := text
	scheme, rest, isAddress := strings.Cut(text, "://")
	switch {
	case isAddress && isScheme(scheme):
		var err error
		if key, err = r.fromAddress(strings.ToLower(scheme), rest); err != nil {
			return "", err
		}
	case strings.TrimSpace(text) != text:
		return "", wrongKey(fmt.Sprintf("The key %q has a space at one of its ends.", text), "Delete it.")
	case len(text) > 2 && text[1] == ':' && (text[2] == '\\' || text[2] == '/') || strings.HasPrefix(text, `\\`):
		return "", wrongKey(fmt.Sprintf("%q is a path on a computer, not a key in the bucket.", text), "Upload the file, or write the key of the object.")
	case strings.HasPrefix(text, "/"):
		return "", wrongKey(fmt.Sprintf("The key %q begins with a slash, but keys begin with the name of their first folder.", text), "Delete the slash.")
	}
	return key, r.check(key)
}

func (r Root) check(key string) error {
	switch {
	case !utf8.ValidString(key) || strings.ContainsFunc(key, unicode.IsControl):
		return wrongKey("The key holds a character that cannot be shown.", "Copy it anew.")
	case key == "":
		return wrongKey("The address names a bucket, but no object in it.", "Add the object's key.")
	case strings.HasSuffix(key, "/"):
		return wrongKey(fmt.Sprintf("%q is a folder, not an object.", key), "Name the objects in it, or choose them by their prefix.")
	case len(key) > maxKey:
		return wrongKey("The key is longer than the 1,024 bytes that a key can have.", "Copy it anew.")
	}
	_, prefix := r.Storage.Container()
	if prefix != "" && !r.AnyPrefix && !strings.HasPrefix(key, prefix+"/") {
		return wrongKey(
			fmt.Sprintf("%q lies outside %q, where the storage %q begins.", key, prefix+"/", r.Storage.Name),
			"Write the key from the top of the bucket, or allow other prefixes if Darwin may read there.")
	}
	return nil
}

func isScheme(s string) bool {
	if s == "" {
		return false
	}
	for _, c := range s {
		if c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '+' && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

// fromAddress takes the key out of an address. s3:// and gs:// hold it as it
// is; in https:// it is escaped, and a query (a signature) is no part of it.
func (r Root) fromAddress(scheme, rest string) (string, error) {
	provider := r.Storage.Provider
	switch scheme {
	case "s3", "gs":
		if provider == darwin.ProviderAzure || scheme == "s3" && provider == darwin.ProviderGCP || scheme == "gs" && provider == darwin.ProviderAWS {
			return "", r.foreign(scheme + "://")
		}
		bucket, key, _ := strings.Cut(rest, "/")
		return key, r.sameBucket(bucket)
	case "https", "http":
		return r.fromWeb(scheme, rest)
	default:
		return "", r.foreign(scheme + "://")
	}
}

func (r Root) foreign(what string) error {
	return wrongKey(fmt.Sprintf("An address that begins with %q is none of the storage %q, %s.", what, r.Storage.Name, r.where()),
		"Write the key alone, as the bucket shows it.")
}

// where says what the storage is, for sentences.
func (r Root) where() string {
	s := r.Storage
	switch container, _ := s.Container(); {
	case s.Provider == darwin.ProviderAzure:
		return fmt.Sprintf("which is the container %q of the Azure account %q", container, s.Bucket)
	case s.Provider == darwin.ProviderGCP:
		return fmt.Sprintf("which is the Google bucket %q", s.Bucket)
	default:
		return fmt.Sprintf("which is the bucket %q", s.Bucket)
	}
}

// sameBucket is about bucket names, which have no case. Darwin may not name
// the storage's bucket; then there is nothing to compare.
func (r Root) sameBucket(bucket string) error {
	if bucket == "" {
		return wrongKey("The address names no bucket.", "Write the key alone, as the bucket shows it.")
	}
	if r.Storage.Bucket != "" && !strings.EqualFold(bucket, r.Storage.Bucket) {
		return wrongKey(fmt.Sprintf("The address is of the bucket %q, but the storage %q is the bucket %q.", bucket, r.Storage.Name, r.Storage.Bucket),
			"Choose the storage of that bucket, or other objects.")
	}
	return nil
}

func (r Root) fromWeb(scheme, rest string) (string, error) {
	u, err := url.Parse(scheme + "://" + rest)
	if err != nil || u.Host == "" {
		return "", wrongKey("The address of an object cannot be read.", "Write the key alone, as the bucket shows it.")
	}
	path := strings.TrimPrefix(u.Path, "/")
	host := strings.ToLower(u.Host)
	if r.Endpoint != "" && (host == strings.ToLower(r.Endpoint) || strings.HasSuffix(host, "."+strings.ToLower(r.Endpoint))) {
		return r.split(strings.TrimSuffix(strings.TrimSuffix(host, strings.ToLower(r.Endpoint)), "."), path)
	}
	if scheme != "https" {
		return "", r.foreign(scheme + "://" + u.Host)
	}
	switch r.Storage.Provider {
	case darwin.ProviderAzure:
		account, known := cutSuffixes(host, ".blob.core.windows.net", ".dfs.core.windows.net")
		if !known {
			return "", r.foreign("https://" + u.Host)
		}
		return r.fromAzure(account, path)
	case darwin.ProviderGCP:
		if host == "storage.googleapis.com" || host == "storage.cloud.google.com" {
			return r.split("", path)
		}
		if bucket, ok := strings.CutSuffix(host, ".storage.googleapis.com"); ok {
			return r.split(bucket, path)
		}
	default:
		if bucket, ok := amazonHost(host); ok {
			return r.split(bucket, path)
		}
	}
	return "", r.foreign("https://" + u.Host)
}

// split takes the bucket from the path where the host does not name it.
func (r Root) split(bucket, path string) (string, error) {
	if bucket == "" {
		bucket, path, _ = strings.Cut(path, "/")
	}
	return path, r.sameBucket(bucket)
}

func (r Root) fromAzure(account, path string) (string, error) {
	container, key, _ := strings.Cut(path, "/")
	own, _ := r.Storage.Container()
	switch {
	case r.Storage.Bucket != "" && !strings.EqualFold(account, r.Storage.Bucket):
		return "", wrongKey(fmt.Sprintf("The address is of the Azure account %q, but the storage %q is in the account %q.", account, r.Storage.Name, r.Storage.Bucket),
			"Choose the storage of that account, or other objects.")
	case container != own:
		return "", wrongKey(fmt.Sprintf("The address is of the container %q, but the storage %q is the container %q.", container, r.Storage.Name, own),
			"Choose the storage of that container, or other objects.")
	}
	return key, nil
}

// amazonHost tells a host of S3, and the bucket that stands before it, "" in
// the style that has it in the path.
func amazonHost(host string) (bucket string, ok bool) {
	rest, ok := cutSuffixes(host, ".amazonaws.com", ".amazonaws.com.cn")
	if !ok {
		return "", false
	}
	labels := strings.Split(rest, ".")
	// What follows the bucket: s3, s3-REGION, s3.REGION, s3.dualstack.REGION,
	// s3-accelerate, s3-accelerate.dualstack. The last such label counts, as a
	// bucket's own name may have dots and an "s3" in it.
	for i := len(labels) - 1; i >= 0; i-- {
		if labels[i] == "s3" || strings.HasPrefix(labels[i], "s3-") && len(labels)-i <= 2 {
			return strings.Join(labels[:i], "."), len(labels)-i <= 3
		}
	}
	return "", false
}

func cutSuffixes(s string, suffixes ...string) (string, bool) {
	for _, suffix := range suffixes {
		if before, ok := strings.CutSuffix(s, suffix); ok && before != "" {
			return before, true
		}
	}
	return "", false
}

func wrongKey(what, do string) error {
	return &fault.Error{Kind: fault.Usage, What: what, Do: do}
}
