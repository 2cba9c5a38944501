package bucket

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// policy is a form's policy document, parsed.
type policy struct {
	expiration time.Time
	conditions []condition
	limits     limits
}

// condition holds for one field: it equals a value or starts with it.
type condition struct {
	op    string // "eq" or "starts-with"
	field string // lower case, without "$"
	value string
}

// limits is the range of the file's size, in bytes.
type limits struct{ min, max int64 }

// checkForm verifies signature, expiry and conditions of a form's fields.
func (b *Bucket) checkForm(form map[string]string) (limits, *failure) {
	for _, name := range []string{"policy", "x-amz-signature", "x-amz-algorithm", "x-amz-credential", "x-amz-date"} {
		if form[name] == "" {
			return limits{}, denied("Access Denied: the form has no field %s", name)
		}
	}
	if form["key"] == "" {
		return limits{}, fail(http.StatusBadRequest, "InvalidArgument", "Bucket POST must contain a field named 'key'.")
	}
	sc, _, f := b.checkCredential(form["x-amz-algorithm"], form["x-amz-credential"], form["x-amz-date"])
	if f != nil {
		return limits{}, f
	}
	if !sameSignature(form["x-amz-signature"], b.signature(sc, form["policy"])) {
		return limits{}, signatureDiffers()
	}
	p, err := parsePolicy(form["policy"])
	if err != nil {
		return limits{}, fail(http.StatusBadRequest, "InvalidPolicyDocument", "Invalid Policy: %v", err)
	}
	if b.clock().After(p.expiration) {
		return limits{}, denied("Invalid according to Policy: Policy expired.")
	}
	return p.limits, p.check(form, b.name)
}

// check verifies that every condition holds and that every field has one.
func (p policy) check(form map[string]string, bucket string) *failure {
	for _, c := range p.conditions {
		value := form[c.field]
		if c.field == "bucket" && value == "" {
			value = bucket
		}
		holds := value == c.value
		if c.op == "starts-with" {
			holds = strings.HasPrefix(value, c.value)
		}
		if !holds {
			return denied("Invalid according to Policy: Policy Condition failed: [%q, %q, %q]", c.op, "$"+c.field, c.value)
		}
	}
	for name := range form {
		if !p.covers(name) {
			return denied("Invalid according to Policy: Extra input fields: %s", name)
		}
	}
	return nil
}

// covers says whether the form may have a field of that name.
func (p policy) covers(name string) bool {
	if name == "policy" || name == "x-amz-signature" || strings.HasPrefix(name, "x-ignore-") {
		return true
	}
	return slices.ContainsFunc(p.conditions, func(c condition) bool { return c.field == name })
}

// parsePolicy reads a policy document from its base64 text.
func parsePolicy(text string) (policy, error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return policy{}, fmt.Errorf("it is not base64")
	}
	var doc struct {
		Expiration string            `json:"expiration"`
		Conditions []json.RawMessage `json:"conditions"`
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		return policy{}, fmt.Errorf("it is not the JSON of a policy")
	}
	if _, err := dec.Token(); err != io.EOF {
		return policy{}, fmt.Errorf("something follows the JSON")
	}
	p := policy{limits: limits{0, MaxObject}}
	if p.expiration, err = time.Parse(time.RFC3339, doc.Expiration); err != nil {
		return policy{}, fmt.Errorf("the expiration is no ISO 8601 time")
	}
	if doc.Conditions == nil {
		return policy{}, fmt.Errorf("there are no conditions")
	}
	for _, c := range doc.Conditions {
		if err := p.add(c); err != nil {
			return policy{}, err
		}
	}
	return p, nil
}

// add takes one condition: an object of field and value, a list of operator,
// field and value, or the range of the file's size.
func (p *policy) add(raw json.RawMessage) error {
	var object map[string]string
	if json.Unmarshal(raw, &object) == nil && object != nil {
		if len(object) != 1 {
			return fmt.Errorf("a condition names one field")
		}
		for field, value := range object {
			p.conditions = append(p.conditions, condition{"eq", strings.ToLower(field), value})
		}
		return nil
	}
	var list []any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&list); err != nil || len(list) != 3 {
		return fmt.Errorf("a condition is an object or a list of three")
	}
	op, _ := list[0].(string)
	op = strings.ToLower(op)
	if op == "content-length-range" {
		return p.addRange(list[1], list[2])
	}
	field, _ := list[1].(string)
	value, isText := list[2].(string)
	name, isField := strings.CutPrefix(field, "$")
	if (op != "eq" && op != "starts-with") || !isField || name == "" || !isText {
		return fmt.Errorf("a condition is not understood")
	}
	p.conditions = append(p.conditions, condition{op, strings.ToLower(name), value})
	return nil
}

// addRange takes the bounds of the file's size. Numbers may be text.
func (p *policy) addRange(low, high any) error {
	from, err1 := strconv.ParseInt(fmt.Sprint(low), 10, 64)
	to, err2 := strconv.ParseInt(fmt.Sprint(high), 10, 64)
	if err1 != nil || err2 != nil || from < 0 || to < from {
		return fmt.Errorf("content-length-range takes two whole numbers, the smaller one first")
	}
	p.limits.min = max(p.limits.min, from)
	p.limits.max = min(p.limits.max, to)
	return nil
}
