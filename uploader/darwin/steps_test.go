package darwin

import (
	"testing"

	"darwin-uploader/uploader/fault"
)

const form = `{"X-amz-algorithm":"AWS4-HMAC-SHA256","X-amz-signature":"PLANTEDSIGNATURE","acl":"private","key":"k/1","policy":"PLANTEDPOLICY","success_action_status":201}`

func fields() map[string]string {
	return map[string]string{
		"X-amz-algorithm": "AWS4-HMAC-SHA256", "X-amz-signature": "PLANTEDSIGNATURE", "acl": "private", "key": "k/1",
		"policy": "PLANTEDPOLICY", "success_action_status": "201",
	}
}

func TestSignTakesBothOfItsAnswers(t *testing.T) {
	for name, tc := range map[string]struct {
		answer string
		want   Destination
	}{
		"form": {
			`{"postEndpoint":"//s3-eu-west-1.amazonaws.com/bucket","signature":` + form + `}`,
			Destination{"https://s3-eu-west-1.amazonaws.com/bucket", fields()},
		},
		"url": {
			`{"upload_url":"https://b.s3.eu-west-1.amazonaws.com/k%2F1?X-Amz-Signature=abc%2B&x=%20"}`,
			Destination{"https://b.s3.eu-west-1.amazonaws.com/k%2F1?X-Amz-Signature=abc%2B&x=%20", nil},
		},
		"both: the form": {
			`{"upload_url":"https://b.s3.amazonaws.com/k","postEndpoint":"//s3.amazonaws.com/bucket","signature":` + form + `}`,
			Destination{"https://s3.amazonaws.com/bucket", fields()},
		},
		"url and half a form": {
			`{"upload_url":"https://b.s3.amazonaws.com/k","postEndpoint":"//s3.amazonaws.com/bucket","signature":{}}`,
			Destination{"https://b.s3.amazonaws.com/k", nil},
		},
		"form with its scheme": {
			`{"postEndpoint":"https://s3.amazonaws.com/bucket","signature":` + form + `}`,
			Destination{"https://s3.amazonaws.com/bucket", fields()},
		},
		"form on this computer takes the scheme of the API": {
			`{"postEndpoint":"//127.0.0.1:4000/bucket","signature":` + form + `}`,
			Destination{"http://127.0.0.1:4000/bucket", fields()},
		},
		"url on this computer": {
			`{"upload_url":"http://localhost:4000/bucket?x=1"}`, Destination{"http://localhost:4000/bucket?x=1", nil},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := always(t, 200, tc.answer).client(t)
			for _, up := range []struct {
				Uploads
				Upload
			}{{c.Uploads(datasetV1), uploadV1}, {c.Uploads(datasetV2), uploadV2}} {
				got, err := up.Sign(t.Context(), up.Upload)
				if err != nil {
					t.Fatal(err)
				}
				if got.URL != tc.want.URL {
					t.Errorf("URL %q, want %q", got.URL, tc.want.URL)
				}
				wantEqual(t, got.Fields, tc.want.Fields)
			}
		})
	}
}

func TestSignRefusesPlacesThatAreNotProtected(t *testing.T) {
	for _, body := range []string{
		`{}`, `{"upload_url":""}`, `{"upload_url":null}`, `{"upload_url":"http://b.s3.amazonaws.com/k?PLANTED"}`, `{"upload_url":"/k"}`, `{"upload_url":"bucket/k"}`,
		`{"upload_url":"ftp://b.example.org/k"}`, `{"upload_url":"https://user:PLANTED@b.example.org/k"}`, `{"upload_url":"https:///k"}`,
		`{"upload_url":"https://a b/PLANTED"}`, `{"postEndpoint":"http://s3.amazonaws.com/b","signature":` + form + `}`, `{"postEndpoint":"///","signature":` + form + `}`,
		`{"signature":` + form + `}`, `[]`, `null`, `<html>PLANTED</html>`, ``,
	} {
		_, err := always(t, 200, body).client(t).Uploads(datasetV2).Sign(t.Context(), uploadV2)
		wantNoSecret(t, asFault(t, err, fault.Unexpected))
	}
}

func TestAPublicDarwinMayNotSendFilesToThisComputerUnprotected(t *testing.T) {
	c := newClient(t, PublicServer)
	for address, want := range map[string]string{
		"//127.0.0.1/b": "https://127.0.0.1/b", "http://127.0.0.1/b": "", "//s3.amazonaws.com/b": "https://s3.amazonaws.com/b",
	} {
		if got, ok := c.resolve(address); got != want || ok != (want != "") {
			t.Errorf("resolve(%q) = %q, %v, want %q", address, got, ok, want)
		}
	}
}

func TestConfirmSendsAnEmptyObjectAndTakesAnyJSONOrNothing(t *testing.T) {
	for _, body := range []string{`{}`, `{"id":1}`, ``, `null`, `"ok"`, `{"errors":[]}`, `{"errors":null}`} {
		s := always(t, 200, body)
		if err := everyCall["confirm v1"](t.Context(), s.client(t)); err != nil {
			t.Errorf("V1, %q: %v", body, err)
		}
		wantEqual(t, s.last(t).body, `{}`)
		if err := everyCall["confirm v2"](t.Context(), s.client(t)); err != nil {
			t.Errorf("V2, %q: %v", body, err)
		}
		wantEqual(t, s.last(t).body, `{}`)
	}
	if err := everyCall["confirm v2"](t.Context(), always(t, 204, ``).client(t)); err != nil {
		t.Error(err)
	}
	asFault(t, everyCall["confirm v2"](t.Context(), always(t, 200, `<html>Welcome</html>`).client(t)), fault.Unexpected)
}
