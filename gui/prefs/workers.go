package prefs

import (
	"fmt"
	"slices"
	"strconv"
)

// workerChoices are the numbers of files at the same time that are offered
// beside Standard.
var workerChoices = [...]int{1, 2, 4, 6, 8, 12, 16}

// standard names the choice 0. now is the number that it comes to, 0 while
// nothing is known.
func standard(now int) string {
	if now > 0 {
		return fmt.Sprintf("Standard (%d)", now)
	}
	return "Standard"
}

// workerLabels are the choices in their order, with n among them whatever it
// is: the settings file may hold any number.
func workerLabels(n, now int) []string {
	numbers := workerChoices[:]
	if n > 0 && !slices.Contains(numbers, n) {
		numbers = append(slices.Clone(numbers), n)
		slices.Sort(numbers)
	}
	labels := []string{standard(now)}
	for _, c := range numbers {
		labels = append(labels, strconv.Itoa(c))
	}
	return labels
}

// workersOf is the number that a label names; Standard is 0.
func workersOf(label string) int {
	n, err := strconv.Atoi(label)
	if err != nil {
		return 0
	}
	return n
}

// workersLabel names a number.
func workersLabel(n, now int) string {
	if n <= 0 {
		return standard(now)
	}
	return strconv.Itoa(n)
}
