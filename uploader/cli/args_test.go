package cli

import "testing"

func TestTheRateOfRequestsIsTheRuleANumberOrNone(t *testing.T) {
	for word, want := range map[string]int{"": 0, "0": -1, "120": 120} {
		args := []string{"-d", "x", "file.jpg"}
		if word != "" {
			args = append([]string{"--requests-per-minute", word}, args...)
		}
		a, err := parseUpload(args)
		if err != nil || a.perMinute != want {
			t.Errorf("%q gives %d, %v, want %d", word, a.perMinute, err, want)
		}
	}
}
