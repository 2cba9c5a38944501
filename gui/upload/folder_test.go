package upload

import "testing"

func TestAFolderOfAnySystemHasAnAddress(t *testing.T) {
	for folder, want := range map[string]string{
		"/home/ada/May 2026":     "file:///home/ada/May%202026",
		"C:/Users/Ada":           "file:///C:/Users/Ada",
		"//server/share/Käfer #": "file://server/share/K%C3%A4fer%20%23",
		"/":                      "file:///",
	} {
		if got := folderAddress(folder); got != want {
			t.Errorf("%s is %s, want %s", folder, got, want)
		}
	}
}
