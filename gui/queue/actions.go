package queue

// Actions is what a person can ask for in the queue's views. All are called on
// the main thread; those that are nil do nothing.
type Actions struct {
	OnBrowseFiles  func()
	OnBrowseFolder func()
	OnStopLooking  func()            // through folders that were added
	OnPaste        func(text string) // what the clipboard holds, see ParseClipboard
	OnUpload       func()            // send m.Unsent()
	OnStop         func()
	OnPause        func(on bool) // no new file begins, or it goes on
	OnTryNow       func()        // the network may be back
	OnOpenInDarwin func()
	OnSaveReceipt  func()            // of the upload that has ended
	OnLookAgain    func()            // ask Darwin about what it has not settled
	OnUploadMore   func()            // after the end: a queue of what is not in Darwin, new if all is
	OnRetry        func(ids []ID)    // send these again
	OnShowFile     func(path string) // in the computer's file manager
	OnRemoved      func(n int)       // files were taken out of the queue; Model.Undo brings them back
	OnReport       func()            // copy a report for support
	OnSendAdded    func()            // send with the batch that runs what was added since it began

	// OnRemove takes files out of the queue, and out of a batch that runs; nil
	// is Model.Remove, which leaves alone what may be on its way.
	OnRemove func(ids []ID) (removed int)
	// OnMend does what a person chose about the files of one cause. done is
	// told, once and on the main thread, why it could not be done, or nil.
	OnMend func(m Mend, done func(error))
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// remove takes the selection out of the queue.
func (a *Actions) remove(m *Model) {
	take := m.Remove
	if a.OnRemove != nil {
		take = a.OnRemove
	}
	if n := take(m.Selected()); n > 0 && a.OnRemoved != nil {
		a.OnRemoved(n)
	}
}
