// Package settings keeps what the program knows about its user between two
// runs: preferences and accounts in a file, API keys and other secrets in the
// system's keychain.
//
// The file is settings.json in DefaultDir. It never holds a secret, only an API
// key's last four characters, and where the secrets for buckets are kept. It is written whole or not at all. A file that
// cannot be understood is set aside under another name, never deleted.
//
// The package knows neither the engine nor the window. Its problems are
// *FileError and *KeychainError, with sentences for the person.
//
// # Concurrency
//
// Store and Keys may be used from any goroutine.
//
// Store.Get only copies memory; Store.Update and Open touch the disk. Two
// programs may use the same folder: Update starts from what the file holds at
// that moment.
//
// The system's keychain can hang for good (a locked or frozen service) and
// cannot be cancelled. Keys therefore runs each call in a goroutine of its own,
// one at a time, and gives up waiting after its time-out. The goroutine that is
// left behind ends when the keychain answers, or with the program; there is
// never more than one of them for one Keys.
package settings
