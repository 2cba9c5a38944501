package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/go-text/typesetting/segmenter"
)

// Paragraph is text of several lines that wraps where the rules of its script allow (Unicode Standard Annex 14). Fyne's own
// wrapping knows spaces alone, of which Japanese has next to none.
type Paragraph struct {
	widget.RichText

	texts []string // of the segments, as they were given; the segments have them in lines
}

// NewParagraph makes wrapping text. Size is one of theme.SizeName… or look.Size….
func NewParagraph(text string, size fyne.ThemeSizeName, style TextStyle) *Paragraph {
	p := &Paragraph{}
	p.Wrapping = fyne.TextWrapWord
	p.Scroll = fyne.ScrollNone // the zero value scrolls, and hides all lines but the first
	p.Segments = []widget.RichTextSegment{&widget.TextSegment{Style: widget.RichTextStyle{
		SizeName: size, TextStyle: style, ColorName: theme.ColorNameForeground}}}
	p.texts = []string{text}
	p.wrap(0)
	p.ExtendBaseWidget(p)
	return p
}

func (p *Paragraph) segment() *widget.TextSegment { return p.Segments[0].(*widget.TextSegment) }

// AccessibilityLabel is the text.
func (p *Paragraph) AccessibilityLabel() string {
	var parts []string
	for _, text := range p.texts {
		if text := strings.TrimSpace(text); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}

// AccessibilityRole is text.
func (p *Paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// SetText changes the words of a paragraph of one segment.
func (p *Paragraph) SetText(text string) {
	p.texts = []string{text}
	p.Refresh()
}

// SetSegments changes the words, for a bold name or a link among them.
func (p *Paragraph) SetSegments(segments ...widget.RichTextSegment) {
	p.Segments, p.texts = segments, make([]string, len(segments))
	for i, s := range segments {
		p.texts[i] = s.Textual()
	}
	p.Refresh()
}

// Text is the text.
func (p *Paragraph) Text() string { return strings.Join(p.texts, "") }

// String is the text, without the lines that it is shown in.
func (p *Paragraph) String() string { return p.Text() }

// SetColour sets the colour by name.
func (p *Paragraph) SetColour(name fyne.ThemeColorName) {
	p.segment().Style.ColorName = name
	p.Refresh()
}

// Coloured is SetColour for use right after New.
func (p *Paragraph) Coloured(name fyne.ThemeColorName) *Paragraph { p.SetColour(name); return p }

// SetAlign sets where the lines stand.
func (p *Paragraph) SetAlign(align fyne.TextAlign) {
	p.segment().Style.Alignment = align
	p.Refresh()
}

// Aligned is SetAlign for use right after New.
func (p *Paragraph) Aligned(align fyne.TextAlign) *Paragraph { p.SetAlign(align); return p }

// Resize wraps the text to the width.
func (p *Paragraph) Resize(size fyne.Size) {
	if size.Width != p.Size().Width {
		p.wrap(size.Width)
	}
	p.RichText.Resize(size)
}

// Refresh wraps the text and draws it anew.
func (p *Paragraph) Refresh() {
	p.wrap(p.Size().Width)
	p.RichText.Refresh()
}

// wrap gives the segments their text, in lines where spaces do not make them.
func (p *Paragraph) wrap(width float32) {
	lines := p.texts
	if inner := width - 2*theme.Size(theme.SizeNameInnerPadding); inner > 0 && strings.ContainsFunc(p.Text(), special) {
		lines = p.lines(inner)
	}
	for i, s := range p.Segments {
		switch s := s.(type) {
		case *widget.TextSegment:
			s.Text = lines[i]
		case *widget.HyperlinkSegment:
			s.Text = lines[i]
		}
	}
}

// special says that Fyne would not wrap this as it wants to be: a letter of a script that has no spaces between its words, or a
// space that does not break.
func special(r rune) bool {
	return r == '\u00a0' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// lines are the texts of the segments with line breaks, so that none is wider than the width.
func (p *Paragraph) lines(width float32) []string {
	var seg segmenter.Segmenter
	whole := []rune(p.Text())
	seg.Init(whole)
	broken := make([]strings.Builder, len(p.texts))
	at, left := 0, []rune(p.texts[0]) // the segment that is written, and what of it is not written yet
	x := float32(0)
	for parts := seg.LineIterator(); parts.Next(); {
		part := parts.Line()
		var pieces []piece
		for rest := part.Text; len(rest) > 0; {
			for len(left) == 0 {
				at++
				left = []rune(p.texts[at])
			}
			n := min(len(left), len(rest))
			pieces = append(pieces, piece{at, string(rest[:n])})
			left, rest = left[n:], rest[n:]
		}
		need := float32(0)
		for i, piece := range pieces {
			text := piece.text
			if i == len(pieces)-1 {
				text = strings.TrimRightFunc(text, unicode.IsSpace) // spaces may hang over the edge
			}
			need += p.measure(piece.segment, text)
		}
		if x > 0 && x+need > width {
			broken[pieces[0].segment].WriteByte('\n')
			x = 0
		}
		for _, piece := range pieces {
			broken[piece.segment].WriteString(piece.text)
			x += p.measure(piece.segment, piece.text)
		}
		if strings.HasSuffix(string(part.Text), "\n") {
			x = 0
		}
	}
	lines := make([]string, len(broken))
	for i := range broken {
		lines[i] = broken[i].String()
	}
	return lines
}

// piece is part of a segment's text.
type piece struct {
	segment int
	text    string
}

func (p *Paragraph) measure(segment int, text string) float32 {
	style := widget.RichTextStyle{SizeName: theme.SizeNameText}
	if s, ok := p.Segments[segment].(*widget.TextSegment); ok {
		style = s.Style
	}
	size := style.SizeName
	if size == "" {
		size = theme.SizeNameText
	}
	return fyne.MeasureText(text, theme.Size(size), style.TextStyle).Width
}
