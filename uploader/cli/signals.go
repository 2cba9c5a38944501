package cli

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"time"
)

// lastResort is how long after it was told to stop a command ends in any case,
// whatever holds it up: a drive that does not answer, for one. What was not
// written down by then is looked up by the next run, as after a crash. Windows
// gives a program whose console is closed about five seconds.
const lastResort = 4 * time.Second

// Ends are the two ways in which a person or the system asks a command to end.
type Ends struct {
	// Now ends when everything is to stop at once.
	Now context.Context
	// Soon ends when what is on its way is to be finished, and nothing else.
	Soon context.Context
}

// Listen turns signals into Ends until release is called. The first Ctrl+C
// asks to end soon, the second to end now, and the third ends the program on
// the spot. SIGTERM and SIGHUP ask to end now; on Windows these are the closing
// of the console, logging out and shutting down. A command that was told to end
// now and does not within 4 s is ended. What the program was started without,
// as nohup does it, it does not listen to.
func Listen() (e Ends, release func()) {
	heard := make(chan os.Signal, 3)
	for _, s := range endSignals {
		if !signal.Ignored(s) {
			signal.Notify(heard, s)
		}
	}
	e, forget := obey(heard, func() { os.Exit(ExitSome) })
	return e, func() {
		signal.Stop(heard)
		forget()
	}
}

// obey is Listen for signals that come from heard.
func obey(heard <-chan os.Signal, exit func()) (e Ends, release func()) {
	now, stop := context.WithCancel(context.Background())
	soon, finish := context.WithCancel(context.Background())
	over := make(chan struct{})
	var listener sync.WaitGroup
	listener.Go(func() {
		var late <-chan time.Time
		for {
			select {
			case <-over:
				return
			case <-late:
				exit()
				return
			case s := <-heard:
				switch {
				case s == os.Interrupt && now.Err() != nil:
					exit()
					return
				case s == os.Interrupt && soon.Err() == nil:
					finish()
				case now.Err() == nil:
					stop()
					late = time.After(lastResort)
				}
			}
		}
	})
	return Ends{Now: now, Soon: soon}, func() {
		close(over)
		listener.Wait()
		finish()
		stop()
	}
}
