package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// drawnLines are the texts that a paragraph draws.
func drawnLines(p *Paragraph) (lines []string) {
	for _, o := range test.WidgetRenderer(p).Objects() {
		if t, ok := o.(*canvas.Text); ok {
			lines = append(lines, t.Text)
		}
	}
	return lines
}

func TestATextWithoutSpacesIsBrokenWhereItsScriptAllows(t *testing.T) {
	test.NewTempApp(t)
	text := "3 件のファイル：ストレージがファイルを拒否しました。何も保存されておらず、このコンピューターのファイルはそのままです。続く場合は Darwin のサポートに知らせてください。"
	p := NewParagraph(text, theme.SizeNameText, TextStyle{})
	for _, width := range []float32{0, 120, 200, 333, 2000, 150} {
		p.Resize(fyne.NewSize(width, 400))
		if p.Text() != text || p.String() != text || p.AccessibilityLabel() != text {
			t.Fatalf("at %v the text is %q", width, p.Text())
		}
		if width == 0 {
			continue
		}
		lines := drawnLines(p)
		if got := strings.Join(lines, ""); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(text, " ", "") {
			t.Errorf("at %v it draws %q", width, lines)
		}
		inner := width - 2*theme.Size(theme.SizeNameInnerPadding)
		for i, line := range lines {
			if strings.HasPrefix(line, "。") || strings.HasPrefix(line, "、") || strings.HasPrefix(line, "ー") {
				t.Errorf("at %v a line begins with what may not stand there: %q", width, line)
			}
			if w := fyne.MeasureText(strings.TrimSpace(line), theme.TextSize(), TextStyle{}).Width; w > inner {
				t.Errorf("at %v a line needs %v: %q", width, w, line)
			} else if i < len(lines)-1 && w < inner-90 {
				t.Errorf("at %v a line leaves %v free: %q", width, inner-w, line)
			}
			if i < len(lines)-1 && strings.Contains(text, "Darwin") && (strings.HasSuffix(line, "Dar") || strings.HasSuffix(line, "Darwi")) {
				t.Errorf("at %v a word is broken: %q", width, line)
			}
		}
	}
}

func TestAParagraphOfSeveralStylesIsBrokenAsOne(t *testing.T) {
	test.NewTempApp(t)
	p := NewParagraph("", theme.SizeNameText, TextStyle{})
	bold := widget.RichTextStyleStrong
	bold.Inline = true
	p.SetSegments(&widget.TextSegment{Text: "タグ「シャム猫」", Style: bold},
		&widget.TextSegment{Text: "はこのチームにありません。作成するか、ファイルから外してください。", Style: widget.RichTextStyleInline})
	p.Resize(fyne.NewSize(180, 400))
	if got, want := p.Text(), "タグ「シャム猫」はこのチームにありません。作成するか、ファイルから外してください。"; got != want {
		t.Errorf("the text is %q", got)
	}
	if got := strings.Join(drawnLines(p), ""); got != p.Text() {
		t.Errorf("it draws %q", drawnLines(p))
	}
	p.Resize(fyne.NewSize(2000, 400))
	if lines := drawnLines(p); strings.Contains(strings.Join(lines, ""), "\n") || len(lines) != 2 {
		t.Errorf("with room for all it draws %q", lines)
	}
}

func TestNumberAndUnitStayInOneLine(t *testing.T) {
	test.NewTempApp(t)
	p := NewParagraph("60 images, 2 videos and 1 document, 65\u00a0MB", theme.SizeNameText, TextStyle{})
	for width := float32(120); width < 400; width += 7 {
		p.Resize(fyne.NewSize(width, 400))
		for _, line := range drawnLines(p) {
			if strings.HasPrefix(line, "MB") || strings.HasSuffix(line, "65") {
				t.Errorf("at %v a line is %q", width, line)
			}
		}
	}
}

func TestATextWithSpacesIsLeftToFyne(t *testing.T) {
	test.NewTempApp(t)
	p := NewParagraph("Nothing in Darwin was changed.", theme.SizeNameText, TextStyle{})
	p.Resize(fyne.NewSize(100, 100))
	if got := p.segment().Text; got != "Nothing in Darwin was changed." {
		t.Errorf("it was broken: %q", got)
	}
}
