package conformance

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox/bucket"
	"darwin-uploader/uploader/storage"
)

// upload is one way to ask for storing, right or wrong.
type upload struct {
	name string
	// target makes the permission; sign signs with the right secret now.
	target func(sign signer, key string) storage.Target
	key    string     // "" = a plain one
	want   fault.Kind // fault.Unknown: stored
	// also is taken for want, where the gateway uses a status of its own: with
	// one account only, it answers 404 for an access key that S3 answers 403 for.
	also fault.Kind
}

// signer makes permissions for one judge.
type signer struct {
	base  *url.URL
	right *bucket.Bucket
	wrong *bucket.Bucket // knows another secret
	late  *bucket.Bucket // its clock is a day behind
}

func (s signer) form(by *bucket.Bucket, key string, lifetime time.Duration) storage.Target {
	endpoint, fields := by.SignForm(s.base, key, lifetime)
	return storage.Target{URL: s.base.Scheme + ":" + endpoint, Fields: fields}
}

func (s signer) put(by *bucket.Bucket, key string, lifetime time.Duration) storage.Target {
	return storage.Target{URL: by.SignPut(s.base, key, lifetime)}
}

// with changes one field of a form; "" takes it away.
func with(t storage.Target, name, value string) storage.Target {
	fields := maps.Clone(t.Fields)
	fields[name] = value
	if value == "" {
		delete(fields, name)
	}
	return storage.Target{URL: t.URL, Fields: fields}
}

// withQuery changes one parameter of a presigned URL; "" takes it away.
func withQuery(t storage.Target, name, value string) storage.Target {
	u, err := url.Parse(t.URL)
	if err != nil {
		panic(err) // the signer made it
	}
	q := u.Query()
	q.Set(name, value)
	if value == "" {
		q.Del(name)
	}
	u.RawQuery = q.Encode()
	return storage.Target{URL: u.String()}
}

// flip changes one digit of a hex text.
func flip(s string) string {
	if strings.HasSuffix(s, "0") {
		return s[:len(s)-1] + "1"
	}
	return s[:len(s)-1] + "0"
}

func signatureOf(t storage.Target) string {
	u, err := url.Parse(t.URL)
	if err != nil {
		panic(err)
	}
	return u.Query().Get("X-Amz-Signature")
}

// laterPolicy moves a policy's expiration without signing it again.
func laterPolicy(policy string) string {
	raw, err := base64.StdEncoding.DecodeString(policy)
	if err != nil {
		panic(err)
	}
	year := fmt.Sprint(time.Now().Year())
	return base64.StdEncoding.EncodeToString(bytes.Replace(raw, []byte(year), []byte("2999"), 1))
}

var uploads = []upload{
	{name: "form, valid", target: func(s signer, key string) storage.Target { return s.form(s.right, key, time.Hour) }},
	{name: "form, valid, awkward key", key: `a b/ünï +%&'"(1)~$.jpg`,
		target: func(s signer, key string) storage.Target { return s.form(s.right, key, time.Hour) }},
	{name: "form, expired", want: fault.Expired,
		target: func(s signer, key string) storage.Target { return s.form(s.right, key, -time.Minute) }},
	{name: "form, signed a day ago for an hour", want: fault.Expired,
		target: func(s signer, key string) storage.Target { return s.form(s.late, key, time.Hour) }},
	{name: "form, signed with another secret", want: fault.Expired,
		target: func(s signer, key string) storage.Target { return s.form(s.wrong, key, time.Hour) }},
	{name: "form, signature tampered", want: fault.Expired, target: func(s signer, key string) storage.Target {
		t := s.form(s.right, key, time.Hour)
		return with(t, "X-amz-signature", flip(t.Fields["X-amz-signature"]))
	}},
	{name: "form, policy tampered", want: fault.Expired, target: func(s signer, key string) storage.Target {
		t := s.form(s.right, key, time.Hour)
		return with(t, "policy", laterPolicy(t.Fields["policy"]))
	}},
	{name: "form, another key", want: fault.Expired, target: func(s signer, key string) storage.Target {
		return with(s.form(s.right, "elsewhere.jpg", time.Hour), "key", key)
	}},
	{name: "form, another acl", want: fault.Expired, target: func(s signer, key string) storage.Target {
		return with(s.form(s.right, key, time.Hour), "acl", "public-read")
	}},
	{name: "form, a field too many", want: fault.Expired, target: func(s signer, key string) storage.Target {
		return with(s.form(s.right, key, time.Hour), "Content-Type", "image/jpeg")
	}},
	{name: "form, a field too few", want: fault.Expired, target: func(s signer, key string) storage.Target {
		return with(s.form(s.right, key, time.Hour), "acl", "")
	}},
	{name: "form, unknown access key", want: fault.Expired, also: fault.Refused, target: func(s signer, key string) storage.Target {
		t := s.form(s.right, key, time.Hour)
		return with(t, "X-amz-credential", strings.Replace(t.Fields["X-amz-credential"], accessKey, "NOBODY", 1))
	}},
	{name: "form, another bucket", want: fault.Refused, target: func(s signer, key string) storage.Target {
		t := s.form(s.right, key, time.Hour)
		return storage.Target{URL: strings.Replace(t.URL, bucketName, "another-bucket", 1), Fields: t.Fields}
	}},

	{name: "PUT, valid", target: func(s signer, key string) storage.Target { return s.put(s.right, key, time.Hour) }},
	{name: "PUT, valid, awkward key", key: `a b/ünï +%&'"(1)~$.jpg`,
		target: func(s signer, key string) storage.Target { return s.put(s.right, key, time.Hour) }},
	{name: "PUT, expired", want: fault.Expired,
		target: func(s signer, key string) storage.Target { return s.put(s.right, key, -time.Minute) }},
	{name: "PUT, signed a day ago for an hour", want: fault.Expired,
		target: func(s signer, key string) storage.Target { return s.put(s.late, key, time.Hour) }},
	{name: "PUT, signed with another secret", want: fault.Expired,
		target: func(s signer, key string) storage.Target { return s.put(s.wrong, key, time.Hour) }},
	{name: "PUT, signature tampered", want: fault.Expired, target: func(s signer, key string) storage.Target {
		t := s.put(s.right, key, time.Hour)
		return withQuery(t, "X-Amz-Signature", flip(signatureOf(t)))
	}},
	{name: "PUT, another key", want: fault.Expired, target: func(s signer, key string) storage.Target {
		t := s.put(s.right, "elsewhere.jpg", time.Hour)
		return storage.Target{URL: strings.Replace(t.URL, "elsewhere.jpg", key, 1)}
	}},
	{name: "PUT, lifetime stretched", want: fault.Expired, target: func(s signer, key string) storage.Target {
		return withQuery(s.put(s.right, key, time.Hour), "X-Amz-Expires", "7200")
	}},
	{name: "PUT, a parameter too many", want: fault.Expired, target: func(s signer, key string) storage.Target {
		return withQuery(s.put(s.right, key, time.Hour), "x-id", "PutObject")
	}},
	{name: "PUT, unknown access key", want: fault.Expired, also: fault.Refused, target: func(s signer, key string) storage.Target {
		day := time.Now().UTC().Format("20060102")
		return withQuery(s.put(s.right, key, time.Hour), "X-Amz-Credential", "NOBODY/"+day+"/"+region+"/s3/aws4_request")
	}},
	{name: "PUT, a lifetime of eight days", want: fault.Refused,
		target: func(s signer, key string) storage.Target { return s.put(s.right, key, 8*24*time.Hour) }},
	{name: "PUT, no signature", want: fault.Expired, target: func(s signer, key string) storage.Target {
		u, _, _ := strings.Cut(s.put(s.right, key, time.Hour).URL, "?")
		return storage.Target{URL: u}
	}},
}

func TestBothJudgesComeToTheSameVerdict(t *testing.T) {
	for _, judge := range []judge{startBucket(t), startGateway(t)} {
		t.Run(judge.name, func(t *testing.T) {
			sign := signer{
				base:  judge.base,
				right: newBucket(t, bucket.Config{}),
				wrong: newBucket(t, bucket.Config{Secret: "a secret of someone else"}),
				late:  newBucket(t, bucket.Config{Clock: func() time.Time { return time.Now().Add(-24 * time.Hour) }}),
			}
			client := storage.New(storage.Config{})
			t.Cleanup(client.Close)
			for i, up := range uploads {
				key := fmt.Sprintf("uploads/%d.jpg", i)
				if up.key != "" {
					key = fmt.Sprintf("%d/%s", i, up.key)
				}
				t.Run(up.name, func(t *testing.T) { try(t, judge, client, up, up.target(sign, key), key) })
			}
		})
	}
}

// try sends one file and compares the verdict, and what is stored afterwards.
func try(t *testing.T, judge judge, client *storage.Client, up upload, target storage.Target, key string) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 5000)
	body := storage.Body{Name: "picture.jpg", Size: int64(len(content)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}
	stored, err := client.Send(t.Context(), target, body, nil)
	held, missing := judge.content(key)
	if up.want == fault.Unknown {
		if err != nil {
			f := fault.Of(err)
			t.Fatalf("not stored: %v (%v: %s)", err, f.Kind, f.Detail)
		}
		if missing != nil || !bytes.Equal(held, content) {
			t.Errorf("what is stored is not what was sent: %d bytes, %v", len(held), missing)
		}
		if stored.Verdict() != storage.Same {
			t.Errorf("the ETag %q was judged %v, want same as %s", stored.ETag, stored.Verdict(), stored.MD5)
		}
		return
	}
	if err == nil {
		t.Fatalf("stored, want a fault of kind %v", up.want)
	}
	if f := fault.Of(err); f.Kind != up.want && (up.also == fault.Unknown || f.Kind != up.also) {
		t.Errorf("refused as %v (%s), want %v", f.Kind, f.Detail, up.want)
	}
	if missing == nil {
		t.Errorf("refused, yet %d bytes are stored", len(held))
	}
}
