package intake

import "testing"

func TestADriveOrShareIsAFolderOfItsName(t *testing.T) {
	for in, want := range map[string]string{
		`D:\`: "D", `D:\DCIM`: "DCIM", `\\server\scans\`: "scans", `\\server\scans`: "scans", `\\server\scans\2026`: "2026", `\\?\D:\`: "D",
	} {
		if got := rootName(in); got != want {
			t.Errorf("rootName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPathsThatDifferInCaseAreOne(t *testing.T) {
	root := tree(t, map[string]string{"cats/a.jpg": "x"})
	if got := scan(t, Options{}, root+`\cats`, root+`\CATS\A.JPG`, root+`/cats/`); len(got.Files) != 1 || got.Again != 1 {
		t.Errorf("taken %q, again %d", landed(got), got.Again)
	}
}
