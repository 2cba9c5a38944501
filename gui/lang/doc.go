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
// later on. S finds the texts that they were made from, in the catalogues named "engine", and fills the translations with what stood
// in them; Fault tells a whole problem so. The catalogues' keys are what the engine's source says: whole sentences with the verbs of
// fmt for gaps. %s is left as it stands, since it may be a name that looks like words, unless it is a number of bytes; %q gets the
// language's quotation marks, %d its way of writing numbers and, where a translation has plural forms, decides about them; %v is a
// phrase or a sentence that is in the catalogue itself ("the disk is full"). A test reads the engine's source and says what is
// missing; it wants sentences that can be followed from where they are written to the field that shows them.
//
// The command line (package cli), the files of receipts and the log stay English: they are read by programs and by support, and
// are compared with each other.
//
// All functions may be called from any goroutine. Use is called once before the window is built, and again when the person has
// chosen another language; what has been asked for before keeps its language. Besides the language only what S remembers changes
// here, and that is bounded.
package lang
