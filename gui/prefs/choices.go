package prefs

import (
	"slices"

	"darwin-uploader/gui/lang"
	"darwin-uploader/settings"
)

// The numbers that are offered beside Automatic: of files at the same time, and
// of requests in a minute.
var (
	workerChoices  = [...]int{1, 2, 4, 6, 8, 12, 16}
	requestChoices = [...]int{60, 120, 300, 600, 900}
)

// automatic names the choice 0. now is the number that it comes to, 0 while
// nothing is known.
func automatic(now int) string {
	if now > 0 {
		return lang.L("Automatic (now %s)", lang.Number(now))
	}
	return lang.L("Automatic")
}

// choice is one line of a menu of numbers.
type choice struct {
	words string
	value int
}

// workersOf are the choices in their order, with n among them whatever it is:
// the settings file may hold any number.
func workersOf(n, now int) []choice {
	return append([]choice{{automatic(now), 0}}, numbers(workerChoices[:], n)...)
}

// requestsOf are the choices of requests in a minute, as workersOf.
func requestsOf(n int) []choice {
	all := append([]choice{{automatic(0), 0}}, numbers(requestChoices[:], n)...)
	return append(all, choice{lang.L("No limit"), settings.NoRequestLimit})
}

func numbers(offered []int, n int) []choice {
	if n > 0 && !slices.Contains(offered, n) {
		offered = append(slices.Clone(offered), n)
		slices.Sort(offered)
	}
	var all []choice
	for _, value := range offered {
		all = append(all, choice{lang.Number(value), value})
	}
	return all
}

// wordsOf names the choice of a value.
func wordsOf(all []choice, value int) string {
	for _, c := range all {
		if c.value == value {
			return c.words
		}
	}
	return ""
}
