package lang

import (
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
)

// style is how a language writes numbers and times.
type style struct {
	thousands, decimal     string
	clock, seconds         string
	dayMonth, dayMonthYear string // layouts of time, with the month's name as "January"
	monthYear              string
	months, weekdays       []string // from January and from Sunday; nil is English
	quotes                 [2]string
}

var englishStyle = style{thousands: ",", decimal: ".", clock: "15:04", seconds: "15:04:05",
	dayMonth: "2 January", dayMonthYear: "2 January 2006", monthYear: "January 2006", quotes: [2]string{"“", "”"}}

func styleOf(tag string) style {
	s := englishStyle
	switch tag {
	case "de":
		s.thousands, s.decimal, s.quotes = ".", ",", [2]string{"„", "“"}
		s.dayMonth, s.dayMonthYear = "2. January", "2. January 2006"
		s.months = strings.Fields("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
		s.weekdays = strings.Fields("Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag")
	case "fr":
		s.thousands, s.decimal, s.quotes = "\u202f", ",", [2]string{"«\u00a0", "\u00a0»"}
		s.months = strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
		s.weekdays = strings.Fields("dimanche lundi mardi mercredi jeudi vendredi samedi")
	case "es":
		s.thousands, s.decimal, s.quotes = ".", ",", [2]string{"«", "»"}
		s.dayMonth, s.dayMonthYear, s.monthYear = "2 de January", "2 de January de 2006", "January de 2006"
		s.months = strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
		s.weekdays = strings.Fields("domingo lunes martes miércoles jueves viernes sábado")
	case "pt":
		s.thousands, s.decimal = ".", ","
		s.dayMonth, s.dayMonthYear, s.monthYear = "2 de January", "2 de January de 2006", "January de 2006"
		s.months = strings.Fields("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro")
		s.weekdays = strings.Fields("domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado")
	case "ja":
		s.quotes = [2]string{"「", "」"}
		s.dayMonth, s.dayMonthYear, s.monthYear = "1月2日", "2006年1月2日", "2006年1月"
		s.weekdays = strings.Fields("日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日")
	}
	return s
}

// Number writes a count with thousands apart: "1,204".
func Number[T ~int | ~int64](n T) string {
	return speaking().number(int64(n))
}

func (t *tongue) number(n int64) string {
	return strings.ReplaceAll(humanize.Comma(n), ",", t.style.thousands)
}

// Decimal writes a number that need not be whole: "0.5".
func Decimal(f float64) string {
	return strings.ReplaceAll(strconv.FormatFloat(f, 'f', -1, 64), ".", speaking().style.decimal)
}

// Size writes bytes as people read them: "7.9 MB". The units are those of SI in all languages; French says octets.
func Size(bytes int64) string {
	return speaking().size(humanize.Bytes(uint64(max(bytes, 0))))
}

// size writes bytes that are written in English.
func (t *tongue) size(text string) string {
	text = strings.ReplaceAll(text, ".", t.style.decimal)
	if t.tag.String() == "fr" {
		text = strings.TrimSuffix(text, "B") + "o"
	}
	return text
}

// Clock is the time of day: "14:02".
func Clock(t time.Time) string { return t.Format(speaking().style.clock) }

// ClockSeconds is the time of day to the second: "14:02:33".
func ClockSeconds(t time.Time) string { return t.Format(speaking().style.seconds) }

// Day is a day of this year: "2 January".
func Day(t time.Time) string { return speaking().style.format(t, speaking().style.dayMonth) }

// Date is a day of any year: "2 January 2006".
func Date(t time.Time) string { return speaking().style.format(t, speaking().style.dayMonthYear) }

// Month is a month of any year: "January 2006".
func Month(t time.Time) string { return speaking().style.format(t, speaking().style.monthYear) }

// Weekday is the name of a day: "Monday".
func Weekday(t time.Time) string {
	if days := speaking().style.weekdays; days != nil {
		return days[t.Weekday()]
	}
	return t.Weekday().String()
}

func (s style) format(t time.Time, layout string) string {
	text := t.Format(layout)
	if s.months == nil {
		return text
	}
	return strings.Replace(text, t.Month().String(), s.months[t.Month()-1], 1)
}
