package settings

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// sessionEnv is set where a Secret Service of the tests' own runs, by
// packaging/keyring-session.sh.
const sessionEnv = "DARWIN_UPLOADER_KEYRING_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(sessionEnv) == "1" {
		os.Exit(m.Run()) // the D-Bus library keeps its connection until the program ends
	}
	goleak.VerifyTestMain(m)
}
