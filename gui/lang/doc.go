// Package lang gives the window's words in the language of the person.
//
// Texts are written in English where they are used, and are the keys of the catalogues in the folder texts: one file for each
// room of the window and each language, "queue.de.json". A catalogue maps the English text to its translation; where a number
// decides about the words, to an object of CLDR plural forms:
//
//	{
//	  "Open in Darwin": "In Darwin öffnen",
//	  "%s files": {"one": "%s Datei", "other": "%s Dateien"}
//	}
//
// Texts take their arguments as fmt does. A translation that needs another order numbers them: "%[2]s".
//
// The catalogues have the form, and L and N the names, of Fyne's own lang package. That one takes the language from the system once
// and cannot be told another, so a language could not be chosen in the settings; what Fyne itself writes is handed to it by Use.
//
// Sentences that the engine makes arrive in English, since the journal keeps them and they have to make sense in every language
// later on. S finds the text that a sentence was made from, in the catalogues named "engine", and fills the translation with what
// stood in it.
//
// All functions may be called from any goroutine. Use is called once before the window is built, and again when the person has
// chosen another language; it is the one thing here that changes, and what has been asked for before keeps its language.
package lang
