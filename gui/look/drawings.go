package look

// The icons. Each is drawn in a square of 24 by 24 with a round stroke; what is filled says so itself.
// A drawing has paths (absolute M, L, H, V, A, C, Z with circular arcs), circles and rects, and nothing else.
const (
	IconUpload        IconName = "upload"
	IconDownload      IconName = "download"
	IconCloud         IconName = "cloud"
	IconHistory       IconName = "history"
	IconSettings      IconName = "settings"
	IconWifi          IconName = "wifi"
	IconWifiOff       IconName = "wifi-off"
	IconPeople        IconName = "people"
	IconTeam          IconName = IconPeople
	IconLayers        IconName = "layers"
	IconChevronRight  IconName = "chevron-right"
	IconChevronDown   IconName = "chevron-down"
	IconChevronUp     IconName = "chevron-up"
	IconChevronLeft   IconName = "chevron-left"
	IconPlus          IconName = "plus"
	IconMinus         IconName = "minus"
	IconExternalLink  IconName = "external-link"
	IconCheck         IconName = "check"
	IconCheckBold     IconName = "check-bold" // on small boxes and on the disc of the frame
	IconMinusBold     IconName = "minus-bold"
	IconCheckCircle   IconName = "check-circle"
	IconDashCircle    IconName = "dash-circle"
	IconArrowUpCircle IconName = "arrow-up-circle"
	IconTriangleAlert IconName = "triangle-alert"
	IconWarning       IconName = IconTriangleAlert
	IconClock         IconName = "clock"
	IconDot           IconName = "dot"
	IconInfo          IconName = "info"
	IconImage         IconName = "image"
	IconVideo         IconName = "video"
	IconDocument      IconName = "document"
	IconMedical       IconName = "medical"
	IconFolder        IconName = "folder"
	IconFolderOpen    IconName = "folder-open"
	IconTrash         IconName = "trash"
	IconClose         IconName = "close"
	IconSearch        IconName = "search"
	IconTag           IconName = "tag"
	IconKey           IconName = "key"
	IconEye           IconName = "eye"
	IconEyeOff        IconName = "eye-off"
	IconLock          IconName = "lock"
	IconShieldCheck   IconName = "shield-check"
	IconTerminal      IconName = "terminal"
	IconFlask         IconName = "flask"
	IconPause         IconName = "pause"
	IconPlay          IconName = "play"
	IconPlayFilled    IconName = "play-filled"
	IconStop          IconName = "stop"
	IconRefresh       IconName = "refresh"
	IconUndo          IconName = "undo"
	IconCopy          IconName = "copy"
	IconPencil        IconName = "pencil"
	IconExpand        IconName = "expand"
	IconDatabase      IconName = "database"
	IconList          IconName = "list"
	IconTable         IconName = "table"
	IconMore          IconName = "more"
	IconGlobe         IconName = "globe"
	IconStar          IconName = "star"
	IconStarFilled    IconName = "star-filled"
)

const star = "M12 3.6L14.6 8.9L20.4 9.7L16.2 13.8L17.2 19.6L12 16.9L6.8 19.6L7.8 13.8L3.6 9.7L9.4 8.9Z"

const ring = `<circle cx="12" cy="12" r="9"/>`

// strokes is what is inside an icon's group; empty for a name that is not ours.
func strokes(name IconName) string {
	switch name {
	case IconUpload:
		return `<path d="M12 15V4.2"/><path d="M7.6 8.6L12 4.2L16.4 8.6"/><path d="M4 14.5V18A2 2 0 0 0 6 20H18A2 2 0 0 0 20 18V14.5"/>`
	case IconDownload:
		return `<path d="M12 4V15"/><path d="M7.6 10.6L12 15L16.4 10.6"/><path d="M4 20H20"/>`
	case IconCloud:
		return `<path d="M7 19A4.6 4.6 0 0 1 6.4 9.9A6 6 0 0 1 18 9.7A4.7 4.7 0 0 1 17.3 19Z"/>`
	case IconHistory:
		return `<path d="M4 4.4V9H8.6"/><path d="M4.3 9A8.25 8.25 0 1 1 3.8 12.8"/><path d="M12 7.8V12.4L15.2 14.2"/>`
	case IconSettings:
		return `<path d="M3 8H12.4"/><path d="M17.6 8H21"/><circle cx="15" cy="8" r="2.6"/>` +
			`<path d="M3 16H6.4"/><path d="M11.6 16H21"/><circle cx="9" cy="16" r="2.6"/>`
	case IconWifi:
		return `<path d="M2.8 9.6A13 13 0 0 1 21.2 9.6"/><path d="M6 13.1A8.5 8.5 0 0 1 18 13.1"/><path d="M9.2 16.5A4 4 0 0 1 14.8 16.5"/>` + spot("12", "19.6")
	case IconWifiOff:
		return `<path d="M3.5 3.5L20.5 20.5"/><path d="M2.8 9.6A13 13 0 0 1 6.9 6.8"/><path d="M10.8 5.8A13 13 0 0 1 21.2 9.6"/>` +
			`<path d="M6 13.1A8.5 8.5 0 0 1 10.2 10.8"/><path d="M14.8 11A8.5 8.5 0 0 1 18 13.1"/><path d="M9.2 16.5A4 4 0 0 1 13.6 15.7"/>` + spot("12", "19.6")
	case IconPeople:
		return `<circle cx="9" cy="8" r="3.7"/><path d="M2.5 19.5V19A5 5 0 0 1 7.5 14H10.5A5 5 0 0 1 15.5 19V19.5"/>` +
			`<path d="M15.6 4.6A3.7 3.7 0 0 1 15.6 11.4"/><path d="M18.4 14.4A5 5 0 0 1 21.5 19V19.5"/>`
	case IconLayers:
		return `<path d="M12 3.5L21 8L12 12.5L3 8Z"/><path d="M3.4 12.2L12 16.5L20.6 12.2"/><path d="M3.4 16.2L12 20.5L20.6 16.2"/>`
	case IconChevronRight:
		return `<path d="M9.5 6.5L15 12L9.5 17.5"/>`
	case IconChevronLeft:
		return `<path d="M14.5 6.5L9 12L14.5 17.5"/>`
	case IconChevronDown:
		return `<path d="M6.5 9.5L12 15L17.5 9.5"/>`
	case IconChevronUp:
		return `<path d="M6.5 14.5L12 9L17.5 14.5"/>`
	case IconPlus:
		return `<path d="M12 4.5V19.5"/><path d="M4.5 12H19.5"/>`
	case IconMinus, IconMinusBold:
		return `<path d="M4.5 12H19.5"/>`
	case IconExternalLink:
		return `<path d="M14 4H20V10"/><path d="M20 4L11 13"/><path d="M18.5 14V18A2 2 0 0 1 16.5 20H6A2 2 0 0 1 4 18V7.5A2 2 0 0 1 6 5.5H10"/>`
	case IconCheck, IconCheckBold:
		return `<path d="M5 12.6L9.7 17.2L19 7.4"/>`
	case IconCheckCircle:
		return ring + `<path d="M8 12.3L10.9 15.1L16.1 9.6"/>`
	case IconDashCircle:
		return ring + `<path d="M8 12H16"/>`
	case IconArrowUpCircle:
		return ring + `<path d="M12 16.2V8"/><path d="M8.4 11.4L12 7.8L15.6 11.4"/>`
	case IconTriangleAlert:
		return `<path d="M12 4L21.2 19.6H2.8Z"/><path d="M12 10V14"/>` + spot("12", "16.8")
	case IconClock:
		return ring + `<path d="M12 7V12.3L15.3 14.2"/>`
	case IconStar:
		return `<path d="` + star + `"/>`
	case IconStarFilled:
		return `<path d="` + star + `" fill="on"/>`
	case IconDot:
		return `<circle cx="12" cy="12" r="4" fill="on" stroke="none"/>`
	case IconInfo:
		return ring + `<path d="M12 11.2V16.4"/>` + spot("12", "7.9")
	default:
		return moreStrokes(name)
	}
}

func moreStrokes(name IconName) string {
	switch name {
	case IconImage:
		return `<rect x="3.5" y="4.5" width="17" height="15" rx="2" ry="2"/><circle cx="8.6" cy="9.6" r="1.6"/><path d="M4 17.4L9 12.6L12.4 15.8L15.2 13.2L20 17.6"/>`
	case IconVideo:
		return `<rect x="2.5" y="6" width="13" height="12" rx="2" ry="2"/><path d="M15.5 10.6L21.5 7.2V16.8L15.5 13.4"/>`
	case IconDocument:
		return `<path d="M7 3.5H13.5L18.5 8.5V18.5A2 2 0 0 1 16.5 20.5H7A2 2 0 0 1 5 18.5V5.5A2 2 0 0 1 7 3.5Z"/><path d="M13.5 3.5V8.5H18.5"/><path d="M8.5 13H15"/><path d="M8.5 16.5H13"/>`
	case IconMedical:
		return `<rect x="3.5" y="3.5" width="17" height="17" rx="4" ry="4"/><path d="M12 8V16"/><path d="M8 12H16"/>`
	case IconFolder:
		return `<path d="M3 7A2 2 0 0 1 5 5H9L11.4 7.6H19A2 2 0 0 1 21 9.6V17A2 2 0 0 1 19 19H5A2 2 0 0 1 3 17Z"/>`
	case IconFolderOpen:
		return `<path d="M3 17V7A2 2 0 0 1 5 5H9L11.4 7.6H17A2 2 0 0 1 19 9.6V10.4"/><path d="M3 17.4L5.4 11.6A2 2 0 0 1 7.2 10.4H21.4L18.9 17.6A2 2 0 0 1 17 19H4.6A1.6 1.6 0 0 1 3 17.4Z"/>`
	case IconTrash:
		return `<path d="M4 6.5H20"/><path d="M9 6.5V4H15V6.5"/><path d="M6 6.5L6.8 18.5A2 2 0 0 0 8.8 20.4H15.2A2 2 0 0 0 17.2 18.5L18 6.5"/><path d="M10 10.5V16.5"/><path d="M14 10.5V16.5"/>`
	case IconClose:
		return `<path d="M6 6L18 18"/><path d="M18 6L6 18"/>`
	case IconSearch:
		return `<circle cx="10.6" cy="10.6" r="6.6"/><path d="M15.5 15.5L20.6 20.6"/>`
	case IconTag:
		return `<path d="M3.5 5A1.5 1.5 0 0 1 5 3.5H11.4A2 2 0 0 1 12.8 4.1L19.9 11.2A2 2 0 0 1 19.9 14L14 19.9A2 2 0 0 1 11.2 19.9L4.1 12.8A2 2 0 0 1 3.5 11.4Z"/><circle cx="8.2" cy="8.2" r="1.3"/>`
	case IconKey:
		return `<circle cx="7.8" cy="16.2" r="4.3"/><path d="M10.9 13.1L20 4"/><path d="M16.4 7.6L19.4 10.6"/><path d="M13.4 10.6L15.4 12.6"/>`
	case IconEye:
		return `<path d="M2.5 12C4.6 8 8 5.8 12 5.8C16 5.8 19.4 8 21.5 12C19.4 16 16 18.2 12 18.2C8 18.2 4.6 16 2.5 12Z"/><circle cx="12" cy="12" r="3"/>`
	case IconEyeOff:
		return `<path d="M4 4L20 20"/><path d="M9.6 6.1C10.4 5.9 11.2 5.8 12 5.8C16 5.8 19.4 8 21.5 12C20.8 13.3 20 14.4 19 15.3"/>` +
			`<path d="M6.2 7.6C4.7 8.7 3.5 10.2 2.5 12C4.6 16 8 18.2 12 18.2C13.7 18.2 15.2 17.8 16.6 17.1"/><path d="M9.9 9.9A3 3 0 0 0 14.1 14.1"/>`
	case IconLock:
		return `<rect x="5" y="10.5" width="14" height="10" rx="2" ry="2"/><path d="M8 10.5V7.8A4 4 0 0 1 16 7.8V10.5"/>`
	case IconShieldCheck:
		return `<path d="M12 3L19.5 5.8V11.2C19.5 15.8 16.5 19.2 12 21C7.5 19.2 4.5 15.8 4.5 11.2V5.8Z"/><path d="M8.5 12L11 14.4L15.4 9.8"/>`
	case IconTerminal:
		return `<rect x="3" y="4.5" width="18" height="15" rx="2" ry="2"/><path d="M7 9.2L10 12L7 14.8"/><path d="M12.5 15H17"/>`
	case IconFlask:
		return `<path d="M8.8 3.5H15.2"/><path d="M10 3.5V9.5L4.8 18A1.7 1.7 0 0 0 6.3 20.5H17.7A1.7 1.7 0 0 0 19.2 18L14 9.5V3.5"/><path d="M7.2 14.5H16.8"/>`
	case IconPause:
		return `<path d="M9 6V18"/><path d="M15 6V18"/>`
	case IconPlay:
		return `<path d="M8 5.5V18.5L18.5 12Z"/>`
	case IconPlayFilled:
		return `<path d="M8 5.5V18.5L18.5 12Z" fill="on"/>`
	case IconStop:
		return `<rect x="6.5" y="6.5" width="11" height="11" rx="1.5" ry="1.5"/>`
	case IconRefresh:
		return `<path d="M19.5 12A7.5 7.5 0 1 1 17.2 6.6L19.5 8.8"/><path d="M19.5 4.2V8.8H14.9"/>`
	case IconUndo:
		return `<path d="M8 4.5L4 8.7L8 12.9"/><path d="M4 8.7H14.2A5.4 5.4 0 0 1 14.2 19.5H9"/>`
	case IconCopy:
		return `<rect x="8.5" y="8.5" width="12" height="12" rx="2" ry="2"/><path d="M5.5 15.5H5A1.5 1.5 0 0 1 3.5 14V5A1.5 1.5 0 0 1 5 3.5H14A1.5 1.5 0 0 1 15.5 5V5.5"/>`
	case IconPencil:
		return `<path d="M4 20L5 15.5L16 4.5A2.1 2.1 0 0 1 19 4.5L19.5 5A2.1 2.1 0 0 1 19.5 8L8.5 19Z"/>`
	case IconExpand:
		return `<path d="M14 4H20V10"/><path d="M20 4L13.4 10.6"/><path d="M10 20H4V14"/><path d="M4 20L10.6 13.4"/>`
	case IconDatabase:
		return `<path d="M4.5 6.5C4.5 4.8 7.8 3.5 12 3.5C16.2 3.5 19.5 4.8 19.5 6.5C19.5 8.2 16.2 9.5 12 9.5C7.8 9.5 4.5 8.2 4.5 6.5Z"/>` +
			`<path d="M4.5 6.5V17.5C4.5 19.2 7.8 20.5 12 20.5C16.2 20.5 19.5 19.2 19.5 17.5V6.5"/><path d="M4.5 12C4.5 13.7 7.8 15 12 15C16.2 15 19.5 13.7 19.5 12"/>`
	case IconList:
		return `<path d="M9 6H20"/><path d="M9 12H20"/><path d="M9 18H20"/>` + spot("4.6", "6") + spot("4.6", "12") + spot("4.6", "18")
	case IconTable:
		return `<rect x="3.5" y="4.5" width="17" height="15" rx="2" ry="2"/><path d="M3.5 9.5H20.5"/><path d="M3.5 14.5H20.5"/><path d="M10 9.5V19.5"/>`
	case IconMore:
		return spot("5", "12") + spot("12", "12") + spot("19", "12")
	case IconGlobe:
		return ring + `<path d="M3 12H21"/><path d="M12 3C9.4 5.6 8 8.6 8 12C8 15.4 9.4 18.4 12 21C14.6 18.4 16 15.4 16 12C16 8.6 14.6 5.6 12 3Z"/>`
	}
	return ""
}

// spot is a small filled dot.
func spot(x, y string) string {
	return `<circle cx="` + x + `" cy="` + y + `" r="1.1" fill="on" stroke="none"/>`
}

// Icons lists all of them.
func Icons() []IconName {
	return []IconName{
		IconUpload, IconDownload, IconCloud, IconHistory, IconSettings, IconWifi, IconWifiOff, IconPeople,
		IconLayers, IconChevronRight, IconChevronDown, IconChevronUp, IconChevronLeft, IconPlus, IconMinus,
		IconExternalLink, IconCheck, IconCheckBold, IconMinusBold, IconCheckCircle, IconDashCircle,
		IconArrowUpCircle, IconTriangleAlert, IconClock, IconDot, IconInfo, IconImage, IconVideo, IconDocument,
		IconMedical, IconFolder, IconFolderOpen, IconTrash, IconClose, IconSearch, IconTag, IconKey, IconEye,
		IconEyeOff, IconLock, IconShieldCheck, IconTerminal, IconFlask, IconPause, IconPlay, IconPlayFilled,
		IconStop, IconRefresh, IconUndo, IconCopy, IconPencil, IconExpand, IconDatabase, IconList, IconTable,
		IconMore, IconGlobe, IconStar, IconStarFilled,
	}
}
