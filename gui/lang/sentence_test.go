package lang

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"darwin-uploader/uploader/fault"
)

func TestSentencesOfTheEngineAreToldOneByOne(t *testing.T) {
	for _, c := range []struct{ tag, in, want string }{
		{"de", "The file is empty.", "Die Datei ist leer."},
		{"de", "The file is empty. Copy it anew from the camera or drive that it came from.",
			"Die Datei ist leer. Kopieren Sie sie neu von der Kamera oder dem Laufwerk, von dem sie kam."},
		{"ja", "The file is empty. Send it again.", "ファイルが空です。再送信してください。"},
		{"de", "Darwin could not process the file: a. b. Send it again. c. Check the file, delete the item in Darwin, and send it again.",
			"Darwin konnte die Datei nicht verarbeiten: a. b. Send it again. c. Prüfen Sie die Datei, löschen Sie das Element in Darwin, und senden Sie die Datei erneut."},
		{"de", "No file has this name. v1. Final cut.mov is written with other capital letters.",
			"Keine Datei hat diesen Namen. v1. Final cut.mov ist in Groß- und Kleinbuchstaben anders geschrieben."},
		{"fr", "The journal cannot be read: the disk is full. What is in Darwin stays there, and all files are safe on this computer.",
			"Le journal ne peut pas être lu : le disque est plein. Ce qui est dans Darwin y reste, et tous les fichiers sont en sécurité sur cet ordinateur."},
		{"es", "The file is too large: it has 6.1 GiB, and at most 5 GiB can be sent.",
			"El archivo es demasiado grande: tiene 6,1 GiB, y se pueden enviar como máximo 5 GiB."},
		{"pt", "The sheet has more than 500000 lines. Cut it in two.", "A planilha tem mais de 500.000 linhas. Divida-a em duas."},
		{"de", `"a \"b\". c" lies outside "x/", where the storage "s" begins.`, `„a "b". c“ liegt außerhalb von „x/“, wo der Speicher „s“ beginnt.`},
		{"de", `"C:\\a\n" is a folder, not an object.`, `„C:\\a\n“ ist ein Ordner, kein Objekt.`},
		{"de", `"C:\\a" is a folder, not an object.`, `„C:\a“ ist ein Ordner, kein Objekt.`},
		{"de", "Another file already takes this name in the folder /a. b/the top of the dataset of the dataset: /home/me/x: y.jpg.",
			"Eine andere Datei hat diesen Namen bereits im Ordner /a. b/the top of the dataset des Datensatzes: /home/me/x: y.jpg."},
		{"de", "A read-only storage needs thumbnail_key, width and height here.", "Ein schreibgeschützter Speicher braucht hier thumbnail_key, width und height."},
		{"de", "The thumbnail is wrong: There is no key. Write the object's key, as the bucket shows it.",
			"Das Vorschaubild ist falsch: Es gibt keinen Schlüssel. Schreiben Sie den Schlüssel des Objekts, wie der Bucket ihn zeigt."},
		{"de", "The settings file was damaged, so the program starts with fresh ones. The old file is kept as /home/a. b/settings.old.",
			"Die Einstellungsdatei war beschädigt, daher beginnt das Programm mit neuen. Die alte Datei bleibt als /home/a. b/settings.old erhalten."},
		{"de", "Another file already takes this name in the folder a: b of the dataset: x.jpg.", "Eine andere Datei hat diesen Namen bereits im Ordner a: b des Datensatzes: x.jpg."},
		{"de", "The file is empty. Nobody knows this.", "The file is empty. Nobody knows this."},
		{"de", "", ""},
		{"en", "The file is empty.", "The file is empty."},
	} {
		speak(t, c.tag)
		if got := S(c.in); got != c.want {
			t.Errorf("%s: %q is\n%q, want\n%q", c.tag, c.in, got, c.want)
		}
	}
}

func TestANameThatIsAPhraseStaysAName(t *testing.T) {
	speak(t, "de")
	if got, want := S("The tag cats and dogs is there with two different texts."), "Das Tag cats and dogs ist mit zwei verschiedenen Texten angegeben."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestACountDecidesAboutTheFormOfASentence(t *testing.T) {
	present.Store(&tongue{tag: english.tag, style: styleOf("de"), phrases: newPhrasebook(map[string]forms{
		"%d files of %q wait.": {one: "Von %[2]q wartet %[1]d Datei.", other: "Von %[2]q warten %[1]d Dateien."},
		"There are %v here.":   {other: "Hier gibt es %v."},
		"%d folders":           {one: "%d Ordner (nur)", other: "%d Ordner"},
	})})
	t.Cleanup(func() { present.Store(nil) })
	for in, want := range map[string]string{
		`1 files of "a" wait.`:      "Von „a“ wartet 1 Datei.",
		`12345 files of "a" wait.`:  "Von „a“ warten 12.345 Dateien.",
		"There are 1 folders here.": "Hier gibt es 1 Ordner (nur).",
		"There are 7 folders here.": "Hier gibt es 7 Ordner.",
		"7 folders":                 "7 folders", // a phrase is no sentence
	} {
		if got := S(in); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAProblemIsToldInItsThreeSentences(t *testing.T) {
	problem := &fault.Error{What: "The file is empty.", Safe: "Nothing was sent.", Do: "Send it again."}
	around := fmt.Errorf("around: %w", problem)
	if got := Fault(around); got != problem.Error() {
		t.Errorf("in English %q, want %q", got, problem.Error())
	}
	speak(t, "de")
	for _, c := range []struct {
		err  error
		want string
	}{
		{around, "Die Datei ist leer. Es wurde nichts gesendet. Senden Sie sie erneut."},
		{&fault.Error{What: "Nobody knows this.", Do: "Send it again."}, "Nobody knows this. Senden Sie sie erneut."},
		{&fault.Error{Kind: fault.Busy}, "Etwas ist schiefgegangen (busy)."},
		{errors.New("The file is empty. Send it again."), "Die Datei ist leer. Senden Sie sie erneut."},
		{errors.New("open x: no such file"), "open x: no such file"},
		{nil, ""},
	} {
		if got := Fault(c.err); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestSentencesStandBesideEachOtherAsTheLanguageWants(t *testing.T) {
	for want, all := range map[string][]string{
		"One. Two.": {"One.", "", "Two."},
		"一。二。":      {"一。", "二。", ""},
		"一。 はい。":    {"一。 はい。"},
		"One. 二。三。": {"", "One.", "二。", "三。"},
		"":          {"", ""},
	} {
		if got := Sentences(all...); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// odd are arguments that are hard to tell from the sentence around them.
var odd = []string{"a. b.jpg", "The file is empty.", `say "hi"`, "100 % of %s", "日本語。写真.png", "C:\\Fotos\\neu\\", "(x); y: z", "don’t", " ", "1.204"}

func TestWhatStoodInASentenceStandsInItsTranslation(t *testing.T) {
	for _, l := range Languages()[1:] {
		speak(t, l.Tag)
		here := speaking()
		for text := range catalogue(t, engineRoom, l.Tag) {
			p, ok := patternOf(here, text)
			if !ok {
				continue
			}
			for first := range odd {
				args, want := make([]any, len(p.gaps)), make([]string, len(p.gaps))
				for i, gap := range p.gaps {
					arg := odd[(first+i)%len(odd)]
					switch gap {
					case 'd':
						args[i], want[i] = first+10, strconv.Itoa(first+10)
					case 'q':
						args[i] = arg
						want[i] = here.style.quotes[0] + arg + here.style.quotes[1]
					case 'v':
						args[i], want[i] = "this bucket", here.phrases.whole["this bucket"]
					default:
						args[i], want[i] = arg, arg
					}
				}
				english := fmt.Sprintf(text, args...)
				if !p.sentence {
					english = "Here is " + english + "."
					here = with(here, "Here is %v.", "%v")
				}
				got, ok := here.translated(english, 0)
				if !ok || got != put(p.other.of(here.tag, first+10), want) {
					t.Errorf("%s: %q is %q, want %q with %q", l.Tag, english, got, p.other.other, want)
				}
			}
		}
	}
}

func patternOf(t *tongue, text string) (pattern, bool) {
	one := newPhrasebook(map[string]forms{text: {other: "x"}})
	if len(one.patterns) == 0 {
		return pattern{}, false
	}
	for _, p := range t.phrases.patterns {
		if strings.Join(p.parts, "\x00") == strings.Join(one.patterns[0].parts, "\x00") && string(p.gaps) == string(one.patterns[0].gaps) {
			return p, true
		}
	}
	return pattern{}, false
}

// with is a language with one more sentence.
func with(t *tongue, text, other string) *tongue {
	more := *t
	more.phrases.patterns = append(newPhrasebook(map[string]forms{text: {other: other}}).patterns, t.phrases.patterns...)
	return &more
}

func TestALongTextEndsSoonAndStaysAsItIs(t *testing.T) {
	speak(t, "de")
	for _, text := range []string{
		strings.Repeat("Darwin did not accept this: ", 290),
		strings.Repeat("Darwin could not process the file: x. ", 215) + "y",
		strings.Repeat(`"`, longest),
		strings.Repeat("Send it again. ", longest),
	} {
		if got := S(text); got != text {
			t.Errorf("%.40q… became %.40q…", text, got)
		}
	}
}

func TestTranslationsAreKeptForThoseWhoAskAgainAndNotForEver(t *testing.T) {
	var l lately
	for i := range 10 * kept {
		l.put(strconv.Itoa(i), "x")
		if _, ok := l.get("0"); !ok {
			t.Fatalf("what is asked for all the time is gone after %d others", i)
		}
	}
	if n := len(l.fresh) + len(l.old); n > 2*kept {
		t.Errorf("%d are kept, want %d at most", n, 2*kept)
	}
	if _, ok := l.get("1"); ok {
		t.Error("what nobody asks for is kept")
	}
}

func TestAnyGoroutineMayAsk(t *testing.T) {
	speak(t, "de")
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 300 {
				if got := S(fmt.Sprintf("The tag %d is there with two different texts.", g*i)); !strings.HasPrefix(got, "Das Tag ") {
					t.Errorf("%q", got)
				}
			}
		})
	}
	all.Wait()
}

func FuzzSKeepsWhatItDoesNotKnow(f *testing.F) {
	for _, text := range append([]string{
		"The file is empty. Send it again.", `"a" lies outside "b", where the storage "c" begins.`, "%d files are called %s.", "\xff. \xff",
		"The journal cannot be read: the disk is full.", "Line 3 is about the same file.", "%[9]s %!", `"\`,
	}, odd...) {
		f.Add(text)
	}
	german, _, err := load("de")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { present.Store(nil) })
	f.Fuzz(func(t *testing.T, text string) {
		present.Store(german)
		if other, ok := german.translated(text, 0); !ok && (other != "" || S(text) != text) {
			t.Errorf("%q is not known and became %q", text, S(text))
		}
		if text == "" || strings.Contains(text, ". ") {
			return
		}
		if told, ok := german.translated("The thumbnail is wrong: "+text, 0); !ok || !strings.HasPrefix(told, "Das Vorschaubild ist falsch: ") {
			t.Errorf("%q in a sentence became %q", text, told)
		}
	})
}

func BenchmarkS(b *testing.B) {
	if err := Use("de"); err != nil {
		b.Fatal(err)
	}
	defer func() { _ = Use("en") }()
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			S("The file is empty.")
		}
	})
	b.Run("asked for again", func(b *testing.B) {
		for b.Loop() {
			S("Darwin does not take HEIC pictures. Save it as JPEG and add that file.")
		}
	})
	for name, text := range map[string]string{
		"three sentences": "Darwin did not accept this: name is. too long. The files on this computer are safe. Try again, and tell Darwin's support if it stays so.",
		"unknown":         "Something that nobody has ever said. And then something more: with a colon.",
	} {
		b.Run("first time, "+name, func(b *testing.B) {
			for b.Loop() {
				speaking().translated(text, 0)
			}
		})
	}
}
