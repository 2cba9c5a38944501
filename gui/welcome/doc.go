// Package welcome is the first screen: it asks for the API key, tries it,
// says whose it is, and keeps it; or it opens the demo.
//
// The Presenter holds what happens, the View shows it. Both belong to the main
// thread. Trying and keeping a key run in goroutines of the presenter, with a
// context that Close cancels; their outcome comes back through the injected
// poster, and one that came too late (the key was changed meanwhile, the screen
// is gone) is dropped. After Close no callback is called any more.
//
// The key is held in memory only, and is in no log and no message.
package welcome
