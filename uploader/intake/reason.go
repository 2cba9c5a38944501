package intake

import (
	"strings"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader/fault"
)

// leave makes a LeftOut whose sentences speak of a file.
func leave(path string, r Reason, kind fault.Kind, what, do string) LeftOut {
	return LeftOut{Path: path, Reason: r, Fault: &fault.Error{Kind: kind, What: what, Do: do}}
}

func leaveEmpty(path string) LeftOut {
	return leave(path, Empty, fault.Empty, "The file is empty.",
		"Copy it anew from the camera or drive that it came from.")
}

func leaveTooLarge(path string, size int64, k Kind) LeftOut {
	do := "Make it smaller and add it again."
	if k == Video {
		do = "Split the video into shorter ones and add those."
	}
	return leave(path, TooLarge, fault.TooLarge,
		"The file is too large: it has "+humanize.IBytes(uint64(size))+", and at most "+humanize.IBytes(MaxSize)+" can be sent.", do)
}

func leaveUnsupported(path, ending string) LeftOut {
	what, do := adviceFor(ending)
	return leave(path, Unsupported, fault.Unsupported, what, do)
}

func leaveUnreadable(path string, err error) LeftOut {
	l := leave(path, Unreadable, fault.Unreadable, "This computer does not let the file be read.",
		"Close other programs that use it, allow reading it in its properties, or copy it somewhere else.")
	l.Fault.Err = err
	return l
}

func leaveUnreadableFolder(path string, err error) LeftOut {
	l := leave(path, Unreadable, fault.Unreadable, "This computer does not let the folder be read to its end.",
		"Allow reading it in its properties, or copy it somewhere else.")
	l.Fault.Err = err
	return l
}

func leaveVanished(path string, err error) LeftOut {
	l := leave(path, Vanished, fault.Vanished, "There is no such file or folder.",
		"Look whether it was moved or its drive was unplugged, and add it again.")
	l.Fault.Err = err
	return l
}

func leaveWebAddress(path string, err error) LeftOut {
	l := leave(path, Vanished, fault.Vanished, "This is the address of something on the web, not a file.",
		"Save it on this computer first and add the saved file.")
	l.Fault.Err = err
	return l
}

func leaveDeadLink(path string, err error) LeftOut {
	l := leave(path, Vanished, fault.Vanished, "This is a link that leads to nothing.",
		"Add the file or folder that it should lead to.")
	l.Fault.Err = err
	return l
}

func leaveLink(path string) LeftOut {
	return leave(path, Link, fault.NotAFile, "This is a link to another place, and links inside a folder are not followed.",
		"Add the file or folder that it leads to.")
}

func leaveSpecial(path string) LeftOut {
	return leave(path, Special, fault.NotAFile, "This is not an ordinary file, but something that programs talk through.", "")
}

func leaveSameName(path, folder, other string) LeftOut {
	where := "the folder " + folder + " of the dataset"
	if folder == "/" {
		where = "the top of the dataset"
	}
	return leave(path, SameName, fault.SameName, "Another file already takes this name in "+where+": "+other+".",
		"Rename one of the two, or give them different folders.")
}

// Clash is a file that stays out because another, which came by another scan,
// takes its name in its folder already. other is that one's path.
func Clash(f File, other string) LeftOut { return leaveSameName(f.Path, f.Folder, other) }

func leaveHidden(path string) LeftOut {
	return leave(path, HiddenFolder, fault.Unsupported, "Hidden folders are left out, with all that is in them.",
		"If its files are wanted, add the hidden folder itself.")
}

func leaveBadName(path string, isFolder bool) LeftOut {
	what := "The file's name holds a character that Darwin cannot keep, such as a line break or a backslash."
	if isFolder {
		what = "The folder's name holds a character that Darwin cannot keep, such as a line break or a backslash."
	}
	return leave(path, BadName, fault.Unsupported, what, "Rename it and add it again.")
}

func leaveLitter(path, what string) LeftOut {
	l := leave(path, Litter, fault.Unsupported, what, "")
	l.Minor = true
	return l
}

// adviceFor says why a type is not taken and what helps.
func adviceFor(ending string) (what, do string) {
	upper := strings.ToUpper(strings.TrimSpace(strings.TrimPrefix(ending, ".")))
	switch ending {
	case "":
		return "The file's name has no ending that tells its type.", "If it is an image or a video, add the ending to its name, for example .jpg."
	case ".heic", ".heif", ".avif":
		return "Darwin does not take " + upper + " pictures.", "Save it as JPEG and add that file."
	case ".gif":
		return "Darwin does not take GIF pictures.", "Save it as PNG, or as MP4 if it moves, and add that file."
	case ".jp2", ".jxl", ".psd", ".ico", ".svg", ".eps", ".ai", ".xcf", ".tga", ".pcx", ".ppm", ".pgm", ".exr", ".hdr":
		return "Darwin does not take " + upper + " pictures.", "Save it as PNG or JPEG and add that file."
	case ".raw", ".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".sr2", ".raf", ".orf", ".rw2", ".pef", ".srw", ".x3f":
		return "Darwin does not take a camera's raw pictures (" + upper + ").", "Export it as JPEG or TIFF and add that file."
	case ".webm", ".wmv", ".flv", ".mpg", ".mpeg", ".m4v", ".mts", ".m2ts", ".ts", ".vob", ".3gp", ".ogv", ".asf", ".mxf":
		return "Darwin does not take " + upper + " videos.", "Save it as MP4 and add that file."
	case ".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz":
		return "This is an archive, and Darwin does not look inside.", "Unpack it and add the folder."
	case ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".odp", ".xls", ".xlsx", ".ods", ".pages", ".key", ".numbers":
		return "Darwin does not take " + upper + " documents.", "Save it as PDF and add that file."
	case ".nrrd", ".mha", ".mhd", ".mgz", ".img":
		return "Darwin does not take " + upper + " scans.", "Save it as DICOM or NIfTI and add that file."
	case ".lnk", ".url", ".webloc", ".desktop", ".alias":
		return "This is a shortcut, not the file itself.", "Add the file or folder that it leads to."
	case ".part", ".partial", ".crdownload", ".download", ".tmp":
		return "This file is not finished: a program is still writing it or gave up.", "Let the download or the copy finish, and add the finished file."
	}
	if len(upper) > 8 || !cleanText(upper) {
		return "Darwin does not take files of this type.", takenTypes
	}
	return "Darwin does not take " + upper + " files.", takenTypes
}

const takenTypes = "It takes images (JPEG, PNG, TIFF, BMP, WebP), videos (MP4, MOV, AVI, MKV), PDF, DICOM and NIfTI."
