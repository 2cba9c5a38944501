package queue

import (
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/queue/cause"
)

// Mend is what a person wants done about the files of one cause.
type Mend struct {
	Do   cause.Do
	IDs  []ID
	Tags []string // classes that the cause is about
	Text string   // for cause.SetText
}

func mendOf(g cause.Group, do cause.Do, text string) Mend {
	ids := make([]ID, len(g.IDs))
	for i, id := range g.IDs {
		ids[i] = ID(id)
	}
	return Mend{Do: do, IDs: ids, Tags: g.Tags, Text: text}
}

// busyWords is what the button says while it works.
func busyWords(do cause.Do) string {
	switch do {
	case cause.CreateTags:
		return lang.L("Creating")
	case cause.Skip, cause.TakeOut:
		return lang.L("One moment")
	default:
		return lang.L("Sending")
	}
}

func causeIcon(k cause.Kind) look.IconName {
	switch k {
	case cause.UnknownTag, cause.TextMissing, cause.TextTooMuch:
		return look.IconTag
	case cause.Exists:
		return look.IconCopy
	case cause.Changed:
		return look.IconPencil
	case cause.TooLarge:
		return look.IconExpand
	case cause.Vanished:
		return look.IconSearch
	case cause.Unreadable:
		return look.IconEyeOff
	case cause.Full, cause.Disk:
		return look.IconDatabase
	case cause.Key:
		return look.IconKey
	case cause.Offline:
		return look.IconWifiOff
	default:
		return look.IconTriangleAlert
	}
}
