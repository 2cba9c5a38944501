// Package header is the line above the queue: whose account, which dataset,
// a new dataset, and the dataset in the browser.
//
// It is a view with callbacks: the owner tells it the accounts and datasets,
// and does what the callbacks ask for. It asks Darwin nothing itself.
//
// Everything here belongs to the main thread. The only exception is the done
// function that OnNewDataset hands out: it may be called once from any
// goroutine, and reaches the view through the poster given to New.
package header
