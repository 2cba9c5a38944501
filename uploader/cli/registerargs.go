package cli

import (
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/logbook"
)

// registerArgs are the words of `darwin-uploader register`.
type registerArgs struct {
	to         uploadArgs // the team, the dataset, and how requests leave
	storage    string
	tags       []string
	sheet      string   // a file, "" for none
	prefix     string   // of keys that are listed in the bucket
	listed     bool     // prefix is given, if only as ""
	keys       []string // keys or addresses
	folders    external.Folders
	anyPrefix  bool
	frames     string // a naming pattern for the frames of all videos
	find       bool   // look in the bucket for what is missing
	thumbnails string // a naming rule
	make       bool   // thumbnails that are missing
	endpoint   string
	skipUnfit  bool
	resume     bool
	perRequest int
	json       bool
	wait       time.Duration // as uploadArgs.wait
	receipt    string
	level      *slog.Level
}

func parseRegister(args []string) (registerArgs, error) {
	var a registerArgs
	var dataset, folder, below, level string
	flags := newFlags("darwin-uploader register")
	flags.StringVarP(&dataset, "dataset", "d", "", "")
	flags.StringVarP(&a.storage, "storage", "s", "", "")
	flags.StringArrayVarP(&a.tags, "tag", "t", nil, "")
	flags.StringVar(&a.sheet, "sheet", "", "")
	flags.StringVar(&a.prefix, "prefix", "", "")
	flags.StringVar(&folder, "folder", "", "")
	flags.StringVar(&below, "below", "", "")
	flags.BoolVar(&a.folders.Flat, "flat", false, "")
	flags.BoolVar(&a.anyPrefix, "outside-prefix", false, "")
	flags.StringVar(&a.frames, "frames", "", "")
	flags.BoolVar(&a.find, "find", false, "")
	flags.StringVar(&a.thumbnails, "thumbnails", "", "")
	flags.BoolVar(&a.make, "make-thumbnails", false, "")
	flags.StringVar(&a.endpoint, "endpoint", "", "")
	flags.BoolVar(&a.skipUnfit, "skip-bad-rows", false, "")
	flags.BoolVar(&a.resume, "resume", false, "")
	flags.IntVar(&a.perRequest, "per-request", darwin.DefaultExternal, "")
	flags.BoolVar(&a.json, "json", false, "")
	flags.DurationVar(&a.wait, "wait", defaultWait, "")
	noWait := flags.Bool("no-wait", false, "")
	flags.StringVar(&a.receipt, "receipt", "", "")
	flags.StringVar(&a.to.proxy, "proxy", "", "")
	flags.StringVar(&a.to.caFile, "ca-file", "", "")
	flags.StringVar(&level, "log-level", "", "")
	if err := parse(flags, args); err != nil {
		return registerArgs{}, err
	}
	var err error
	if a.to.team, a.to.dataset, err = splitDataset(dataset); err != nil {
		return registerArgs{}, err
	}
	if a.folders.Base, err = intake.CleanFolder(folder); err != nil {
		return registerArgs{}, err
	}
	if flags.Changed("log-level") {
		l, err := logbook.ParseLevel(level)
		if err != nil {
			return registerArgs{}, err
		}
		a.level = &l
	}
	a.folders.Below, a.listed, a.keys = below, flags.Changed("prefix"), flags.Args()
	if a.listed && below == "" {
		a.folders.Below = strings.TrimSuffix(a.prefix, "/")
	}
	a.find = a.find || a.thumbnails != ""
	if *noWait {
		a.wait = -1
	}
	return a, a.check(flags, *noWait)
}

// check refuses words that do not go together.
func (a registerArgs) check(flags *pflag.FlagSet, noWait bool) error {
	sources := 0
	for _, given := range []bool{a.sheet != "", a.listed, len(a.keys) > 0} {
		if given {
			sources++
		}
	}
	switch {
	case a.perRequest < 1 || a.perRequest > darwin.MaxExternal:
		return usage(fmt.Sprintf("%d is not a number of items for a request.", a.perRequest), fmt.Sprintf("Choose one from 1 to %d.", darwin.MaxExternal))
	case noWait && flags.Changed("wait"):
		return usage("--wait and --no-wait contradict each other.", "Leave one of them out.")
	case flags.Changed("wait") && a.wait < 0:
		return usage(fmt.Sprintf("%v is no time to wait.", a.wait), "Write it as 90s or 15m, or use --no-wait.")
	case a.receipt != "" && receiptWriter(a.receipt) == nil:
		return usage(fmt.Sprintf("%q is no name for a receipt.", a.receipt), "End it in .csv for a table or in .json.")
	case a.make && a.thumbnails == "":
		return usage("--make-thumbnails does not know where to.", "Add --thumbnails RULE, for example --thumbnails 'thumbnails/{rest}'.")
	case a.resume && (sources > 0 || a.storage != "" || len(a.tags) > 0 || flags.Changed("folder") || flags.Changed("flat") || a.find):
		return usage("--resume goes on with the rows, folders and tags of the earlier import.", "Leave the storage, the sheet, the prefix, keys and everything about folders, tags and finding out.")
	case a.resume:
		return nil
	case a.storage == "":
		return usage("No storage is named.", "Add --storage NAME.")
	case sources == 0:
		return usage("Nothing to register is named.", "Add --sheet FILE, --prefix PREFIX or keys at the end of the command.")
	case sources > 1:
		return usage("A sheet, a prefix and keys cannot be combined.", "Name one of them.")
	}
	return a.rule().Check()
}

// rule names thumbnails.
func (a registerArgs) rule() finder.Rule {
	return finder.Rule{Below: a.folders.Below, Template: a.thumbnails}
}

// splitDataset reads DATASET or TEAM/DATASET.
func splitDataset(text string) (team, dataset string, err error) {
	if text == "" {
		return "", "", usage("No dataset is named.", "Add --dataset DATASET or --dataset TEAM/DATASET.")
	}
	dataset = text
	if before, after, ok := strings.Cut(text, "/"); ok {
		team, dataset = before, after
	}
	if dataset == "" || strings.Contains(dataset, "/") || strings.HasPrefix(text, "/") {
		return "", "", usage(fmt.Sprintf("%q is not a dataset.", text), "Write it as DATASET or TEAM/DATASET.")
	}
	return team, dataset, nil
}

// RegisterHelp is what `register --help` prints.
const RegisterHelp = `Register in a dataset what lies in one of the team's own storages already. Nothing is uploaded.

  darwin-uploader register --storage NAME --dataset [TEAM/]DATASET [options] --sheet FILE
  darwin-uploader register --storage NAME --dataset [TEAM/]DATASET [options] --prefix PREFIX
  darwin-uploader register --storage NAME --dataset [TEAM/]DATASET [options] KEY...
  darwin-uploader register --dataset [TEAM/]DATASET --resume

  -s, --storage NAME       the storage, as Darwin calls it
  -d, --dataset DATASET    the dataset, by its short name in web addresses or its full name
      --sheet FILE         a CSV, XLSX or JSON lines file; its first line names its columns: key, and where
                           needed thumbnail_key, width, height, folder, tags, name, type, fps, as_frames,
                           frames, frames_low, frame_count, first_frame, manifest, in any order
      --prefix PREFIX      all images and videos whose keys begin so, listed with your own credentials;
                           what --frames and --thumbnails name is left out
      KEY...               keys from the bucket's root, or s3://, gs:// and https:// addresses
  -t, --tag NAME[=TEXT]    a tag for every item; may be given several times
      --folder FOLDER      the folder in Darwin that everything goes below
      --below PREFIX       a prefix of keys that makes no folders; with --prefix, that one
      --flat               all items into one folder instead of keeping the keys' folders
      --outside-prefix     take keys outside the storage's own prefix too
      --skip-bad-rows      register the rest if rows lack something or are wrong
      --per-request N      items in a request, 1 to 100; without it 10
      --resume             go on with the last import to the dataset that was interrupted
      --wait DURATION, --no-wait, --receipt FILE, --json, --proxy, --ca-file, --log-level
                           as with upload

A read-only storage needs thumbnail_key, width and height of each item, and of a video its frames. What
the sheet does not state can be looked for in the bucket, with your own credentials (the provider's
environment variables, profiles and logins):

      --find               find sizes in the files' headers, and frames by their pattern
      --frames PATTERN     the frames of each video, such as '{dir}frames/{n}.png'
      --thumbnails RULE    find thumbnails by their name, such as 'thumbnails/{rest}'; {key} is the whole
                           key, {rest} what follows --below, and there are {dir}, {name}, {stem} and {ext}
      --make-thumbnails    make those that are missing and write them there: this changes the bucket
      --endpoint URL       the address of an S3-compatible server

In tags, a;b;bedroom=text is two plain tags and one with text; a backslash before ; = or \ means the sign
itself. Exit code: 0 if every row is in Darwin or still processed there, 1 if any was left out, is there
already or could not be processed, or the import was stopped, 2 if the command, the configuration or,
without --skip-bad-rows, the sheet was wrong and nothing was sent.
`
