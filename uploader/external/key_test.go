package external

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

var (
	onAWS    = darwin.StorageInfo{Name: "own", Provider: "aws", Bucket: "my.pictures"}
	onGoogle = darwin.StorageInfo{Name: "g", Provider: "gcp", Bucket: "pics"}
	onAzure  = darwin.StorageInfo{Name: "z", Provider: "azure", Bucket: "acct", Prefix: "box"}
	prefixed = darwin.StorageInfo{Name: "p", Provider: "aws", Bucket: "b", Prefix: "v7/in"}
)

func TestKeysAndAddressesBecomeKeysFromTheBucketsRoot(t *testing.T) {
	for _, tc := range []struct {
		root Root
		text string
		want string
	}{
		{Root{Storage: onAWS}, "cats/1.jpg", "cats/1.jpg"},
		{Root{Storage: onAWS}, "Cats/É 1+2%20?.JPG", "Cats/É 1+2%20?.JPG"},
		{Root{Storage: onAWS}, "a//b.jpg", "a//b.jpg"},
		{Root{Storage: onAWS}, "odd://", ""}, // checked below
		{Root{Storage: onAWS}, "s3://my.pictures/cats/1%202.jpg", "cats/1%202.jpg"},
		{Root{Storage: onAWS}, "S3://My.Pictures/cats/1.jpg", "cats/1.jpg"},
		{Root{Storage: onAWS}, "s3://my.pictures//cats/1.jpg", "/cats/1.jpg"},
		{Root{Storage: onAWS}, "https://my.pictures.s3.eu-west-1.amazonaws.com/cats/1%202.jpg?X-Amz-Signature=abc", "cats/1 2.jpg"},
		{Root{Storage: onAWS}, "https://my.pictures.s3.amazonaws.com/cats/1.jpg", "cats/1.jpg"},
		{Root{Storage: onAWS}, "https://my.pictures.s3-eu-west-1.amazonaws.com/a.jpg", "a.jpg"},
		{Root{Storage: onAWS}, "https://my.pictures.s3.dualstack.eu-west-1.amazonaws.com/a.jpg", "a.jpg"},
		{Root{Storage: onAWS}, "https://my.pictures.s3-accelerate.amazonaws.com/a.jpg", "a.jpg"},
		{Root{Storage: onAWS}, "https://s3.eu-west-1.amazonaws.com/my.pictures/cats/1.jpg", "cats/1.jpg"},
		{Root{Storage: onAWS}, "https://s3.cn-north-1.amazonaws.com.cn/my.pictures/cats/1.jpg", "cats/1.jpg"},
		{Root{Storage: darwin.StorageInfo{Name: "x", Provider: "aws", Bucket: "s3.x"}}, "https://s3.x.s3.eu-west-1.amazonaws.com/a.jpg", "a.jpg"},
		{Root{Storage: onAWS, Endpoint: "minio.local:9000"}, "http://minio.local:9000/my.pictures/a.jpg", "a.jpg"},
		{Root{Storage: onAWS, Endpoint: "minio.local:9000"}, "https://my.pictures.minio.local:9000/a.jpg", "a.jpg"},
		{Root{Storage: darwin.StorageInfo{Name: "x", Provider: "aws"}}, "s3://whatever/a.jpg", "a.jpg"},
		{Root{Storage: onGoogle}, "gs://pics/cats/1.jpg", "cats/1.jpg"},
		{Root{Storage: onGoogle}, "https://storage.googleapis.com/pics/a%2Bb.jpg", "a+b.jpg"},
		{Root{Storage: onGoogle}, "https://storage.cloud.google.com/pics/a.jpg?authuser=1", "a.jpg"},
		{Root{Storage: onGoogle}, "https://pics.storage.googleapis.com/a/b.jpg", "a/b.jpg"},
		{Root{Storage: onAzure}, "https://acct.blob.core.windows.net/box/a/b.jpg?sv=2022&sig=x", "a/b.jpg"},
		{Root{Storage: darwin.StorageInfo{Name: "z", Provider: "azure", Bucket: "acct"}}, "https://ACCT.blob.core.windows.net/data/b.jpg", "b.jpg"},
		{Root{Storage: prefixed}, "v7/in/a.jpg", "v7/in/a.jpg"},
		{Root{Storage: prefixed, AnyPrefix: true}, "other/a.jpg", "other/a.jpg"},
	} {
		got, err := tc.root.Key(tc.text)
		if tc.want == "" {
			if err == nil {
				t.Errorf("%q became %q", tc.text, got)
			}
			continue
		}
		if err != nil || got != tc.want {
			t.Errorf("%q became %q, %v; want %q", tc.text, got, err, tc.want)
		}
	}
}

func TestForeignAndWrongKeysGetTheirSentence(t *testing.T) {
	for _, tc := range []struct {
		storage    darwin.StorageInfo
		text, says string
	}{
		{onAWS, "", "There is no key."},
		{onAWS, "  ", "There is no key."},
		{onAWS, "a\nb", "cannot be shown"},
		{onAWS, "a\xff", "cannot be shown"},
		{onAWS, "https://my.pictures.s3.amazonaws.com/%00", "cannot be shown"},
		{onAWS, " a.jpg", `" a.jpg" has a space at one of its ends`},
		{onAWS, "/cats/1.jpg", `"/cats/1.jpg" begins with a slash`},
		{onAWS, `C:\cats\1.jpg`, "a path on a computer"},
		{onAWS, `\\server\cats\1.jpg`, "a path on a computer"},
		{onAWS, "cats/", `"cats/" is a folder`},
		{onAWS, strings.Repeat("a", 1025), "longer than the 1,024 bytes"},
		{onAWS, "s3://my.pictures", "names a bucket, but no object"},
		{onAWS, "s3:///a.jpg", "names no bucket"},
		{onAWS, "s3://other/a.jpg", `of the bucket "other", but the storage "own" is the bucket "my.pictures"`},
		{onAWS, "gs://my.pictures/a.jpg", `"gs://" is none of the storage "own", which is the bucket "my.pictures"`},
		{onAWS, "ftp://my.pictures/a.jpg", `"ftp://" is none of the storage`},
		{onAWS, "file:///a.jpg", `"file://" is none`},
		{onAWS, "https://example.com/my.pictures/a.jpg", `"https://example.com" is none of the storage`},
		{onAWS, "http://my.pictures.s3.amazonaws.com/a.jpg", `"http://my.pictures.s3.amazonaws.com" is none`},
		{onAWS, "https://other.s3.amazonaws.com/a.jpg", `of the bucket "other"`},
		{onAWS, "https://s3.eu-west-1.amazonaws.com/other/a.jpg", `of the bucket "other"`},
		{onAWS, "https://ec2.eu-west-1.amazonaws.com/my.pictures/a.jpg", "is none of the storage"},
		{onAWS, "https://acct.blob.core.windows.net/box/a.jpg", "is none of the storage"},
		{onAWS, "https://%zz/", "cannot be read"},
		{onGoogle, "s3://pics/a.jpg", `which is the Google bucket "pics"`},
		{onGoogle, "https://storage.googleapis.com/other/a.jpg", `of the bucket "other"`},
		{onAzure, "gs://acct/a.jpg", `which is the container "box" of the Azure account "acct"`},
		{onAzure, "https://other.blob.core.windows.net/box/a.jpg", `of the Azure account "other"`},
		{onAzure, "https://acct.blob.core.windows.net/data/a.jpg", `of the container "data", but the storage "z" is the container "box"`},
		{onAzure, "https://acct.blob.core.windows.net/box/", "no object in it"},
		{prefixed, "other/a.jpg", `"other/a.jpg" lies outside "v7/in/", where the storage "p" begins`},
		{prefixed, "v7/inside.jpg", "lies outside"},
		{prefixed, "s3://b/V7/in/a.jpg", "lies outside"},
	} {
		_, err := Root{Storage: tc.storage}.Key(tc.text)
		if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%q in %s: %v; want %q", tc.text, tc.storage.Name, err, tc.says)
		}
	}
}

func FuzzKeys(f *testing.F) {
	for _, s := range []string{"a/b.jpg", "s3://my.pictures/a", "https://my.pictures.s3.amazonaws.com/a%20b?x", "gs://pics//x", "https://acct.blob.core.windows.net/box/%2e", "://", "a://b/c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, storage := range []darwin.StorageInfo{onAWS, onGoogle, onAzure, prefixed} {
			key, err := Root{Storage: storage}.Key(text)
			if err != nil {
				if f := fault.Of(err); f.Kind != fault.Usage || f.What == "" || f.Do == "" {
					t.Errorf("%q: %v", text, err)
				}
				continue
			}
			if key == "" || strings.HasSuffix(key, "/") || len(key) > maxKey || !utf8.ValidString(key) || strings.ContainsFunc(key, unicode.IsControl) {
				t.Errorf("%q became %q in %s", text, key, storage.Name)
			}
			if !strings.Contains(text, "://") && key != text {
				t.Errorf("the key %q became %q", text, key)
			}
		}
	})
}
