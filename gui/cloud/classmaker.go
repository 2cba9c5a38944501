package cloud

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
)

// classMaker offers to make a tag that the team does not have.
type classMaker struct {
	t       *tagList
	name    string
	making  bool
	problem error // why the last one was not made

	text  *widget.Check
	press *widgets.Button
	box   *fyne.Container
}

func newClassMaker(t *tagList) *classMaker {
	m := &classMaker{t: t}
	m.text = widget.NewCheck(lang.L("With a text for each item"), nil)
	m.press = widgets.NewButton(widgets.Tinted, "", look.Icon(look.IconPlus), m.create)
	m.box = arrange.Column(look.Space1, widgets.NewCaption(lang.L("The team has no such tag.")), m.text, m.press)
	return m
}

// forget is for when something else is typed.
func (m *classMaker) forget() { m.problem = nil }

func (m *classMaker) show(name string, offered bool) {
	if offered || m.making {
		if !m.making {
			m.name = name
		}
		words := lang.L("Create “%s”", m.name)
		if m.making {
			words = lang.L("Creating “%s”", m.name)
		}
		m.press.SetText(words)
		widgets.SetEnabled(m.press, !m.making)
	}
	widgets.SetShown(m.box, offered || m.making)
	m.box.Refresh()
}

// create makes the class, linked to the dataset, and puts the tag where it was
// typed.
func (m *classMaker) create() {
	v, of := m.t.v, m.t.of
	if m.making || m.name == "" {
		return
	}
	class := darwin.NewTagClass{Name: m.name, WithText: m.text.Checked}
	if v.dataset != nil {
		class.Datasets = []int64{v.dataset.ID}
	}
	m.making, m.problem = true, nil
	m.t.refresh()
	v.tasks.Go(func(ctx context.Context) {
		made, err := v.deps.Darwin.CreateTagClass(ctx, v.deps.Team, class)
		all := []darwin.TagClass(nil)
		if err == nil {
			all, err = v.deps.Darwin.TagClasses(ctx, v.deps.Team)
		}
		v.post(func() {
			m.making = false
			if err != nil {
				m.problem = err
				v.keyRefused(err)
				m.t.refresh()
				return
			}
			v.classes = all
			m.text.SetChecked(false)
			m.t.setClasses(all, nil)
			m.t.addTo(of, made.Name)
		})
	})
}
