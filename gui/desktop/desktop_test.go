package desktop

import (
	"os"
	"path/filepath"
	"testing"

	"darwin-uploader/gui/desktop/session"
)

// needsWindow skips a test on a machine that was not asked to run windows.
func needsWindow(t *testing.T) {
	t.Helper()
	if os.Getenv("DARWIN_UPLOADER_WINDOW_TEST") == "" {
		t.Skip("set DARWIN_UPLOADER_WINDOW_TEST=1 to test the real window (packaging/test.sh does)")
	}
}

// picture keeps what the window shows, where pictures were asked for.
func picture(t *testing.T, w *session.Window, name string) {
	t.Helper()
	if dir := os.Getenv(session.Pictures); dir != "" {
		w.Picture(filepath.Join(dir, name+".png"))
	}
}
