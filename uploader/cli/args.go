package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/pflag"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/logbook"
)

// ErrHelp says that the person asked for help and nothing else is to be done.
var ErrHelp = pflag.ErrHelp

// Window is what the command line asks of the window.
type Window struct {
	Demo    bool
	Version bool
	Paths   []string
}

// ParseWindow reads the words of `darwin-uploader [--demo] [PATH...]`. A wrong
// word is a fault of kind Usage.
func ParseWindow(args []string) (Window, error) {
	var w Window
	flags := newFlags("darwin-uploader")
	flags.BoolVar(&w.Demo, "demo", false, "")
	flags.BoolVar(&w.Version, "version", false, "")
	if err := parse(flags, args); err != nil {
		return Window{}, err
	}
	w.Paths = flags.Args()
	return w, nil
}

// uploadArgs are the words of `darwin-uploader upload`.
type uploadArgs struct {
	team, dataset string // dataset is a slug or a name
	scan          intake.Options
	tags          []string
	workers       int // 0: automatic
	limits        uploader.Limits
	noDirect      bool
	perMinute     int    // as darwin.Config.RequestsPerMinute
	proxy         string // as --proxy has it, "" as the settings say
	caFile        string // "" as the settings say
	json          bool
	level         *slog.Level   // what the log keeps, nil for the usual
	resume        bool          // goes on with what was interrupted, instead of paths
	wait          time.Duration // for Darwin to process the files, in all; less than 0: it is not asked
	sheet         string        // says more about the files, "" for none
	skipUnfit     bool          // lines of the sheet that fit no file are left out
	receipt       string        // the file for the receipt, "" for none
	paths         []string
}

func parseUpload(args []string) (uploadArgs, error) {
	var a uploadArgs
	var dataset, folder, level, workers, speed, hours string
	flags := newFlags("darwin-uploader upload")
	flags.StringVarP(&dataset, "dataset", "d", "", "")
	flags.StringVar(&folder, "path", "", "")
	flags.StringArrayVarP(&a.tags, "tag", "t", nil, "")
	flags.BoolVar(&a.scan.Flat, "flat", false, "")
	flags.StringVar(&a.sheet, "sheet", "", "")
	flags.BoolVar(&a.skipUnfit, "skip-bad-rows", false, "")
	flags.StringVar(&workers, "workers", "auto", "")
	flags.StringVar(&speed, "speed-limit", "0", "")
	flags.StringVar(&hours, "hours", "", "")
	flags.BoolVar(&a.noDirect, "no-direct", false, "")
	flags.IntVar(&a.perMinute, "requests-per-minute", 0, "")
	flags.StringVar(&a.proxy, "proxy", "", "")
	flags.StringVar(&a.caFile, "ca-file", "", "")
	flags.BoolVar(&a.json, "json", false, "")
	flags.StringVar(&level, "log-level", "", "")
	flags.BoolVar(&a.resume, "resume", false, "")
	flags.DurationVar(&a.wait, "wait", defaultWait, "")
	noWait := flags.Bool("no-wait", false, "")
	flags.StringVar(&a.receipt, "receipt", "", "")
	if err := parse(flags, args); err != nil {
		return uploadArgs{}, err
	}
	var err error
	if a.team, a.dataset, err = splitDataset(dataset); err != nil {
		return uploadArgs{}, err
	}
	base, err := intake.CleanFolder(folder)
	if err != nil {
		return uploadArgs{}, err
	}
	a.scan.Base = base
	if a.workers, err = readWorkers(workers); err != nil {
		return uploadArgs{}, err
	}
	if a.limits, err = readLimits(speed, hours); err != nil {
		return uploadArgs{}, err
	}
	if flags.Changed("requests-per-minute") {
		switch {
		case a.perMinute < 0:
			return uploadArgs{}, usage(
				fmt.Sprintf("%d is not a number of requests.", a.perMinute),
				"Choose one from 1 on, or 0 for no limit.")
		case a.perMinute == 0:
			a.perMinute = -1
		}
	}
	if flags.Changed("log-level") {
		l, err := logbook.ParseLevel(level)
		if err != nil {
			return uploadArgs{}, err
		}
		a.level = &l
	}
	switch {
	case a.wait < 0:
		return uploadArgs{}, usage(fmt.Sprintf("%v is no time to wait.", a.wait), "Write it as 90s or 15m, or use --no-wait.")
	case *noWait && flags.Changed("wait"):
		return uploadArgs{}, usage("--wait and --no-wait contradict each other.", "Leave one of them out.")
	case *noWait:
		a.wait = -1
	}
	if a.receipt != "" && receiptWriter(a.receipt) == nil {
		return uploadArgs{}, usage(fmt.Sprintf("%q is no name for a receipt.", a.receipt), "End it in .csv for a table or in .json.")
	}
	a.paths = flags.Args()
	switch {
	case a.resume && (len(a.paths) > 0 || flags.Changed("tag") || flags.Changed("path") || flags.Changed("flat") || flags.Changed("sheet")):
		return uploadArgs{}, usage(
			"--resume goes on with the files, folders and tags of the earlier upload.",
			"Leave paths, --path, --tag, --flat and --sheet out.")
	case !a.resume && len(a.paths) == 0:
		return uploadArgs{}, usage("No files are named.", "Add files or folders at the end of the command.")
	}
	return a, nil
}

// typed is the dataset as the person wrote it.
func (a uploadArgs) typed() string {
	if a.team == "" {
		return a.dataset
	}
	return a.team + "/" + a.dataset
}

func parseSandbox(args []string) (addr string, err error) {
	flags := newFlags("darwin-uploader sandbox")
	flags.StringVar(&addr, "addr", "127.0.0.1:0", "")
	if err := parse(flags, args); err != nil {
		return "", err
	}
	if flags.NArg() > 0 {
		return "", usage(fmt.Sprintf("The sandbox does not know %q.", flags.Arg(0)), "It takes --addr HOST:PORT only.")
	}
	return addr, nil
}

func newFlags(name string) *pflag.FlagSet {
	flags := pflag.NewFlagSet(name, pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	flags.SortFlags = false
	return flags
}

func parse(flags *pflag.FlagSet, args []string) error {
	err := flags.Parse(args)
	if err == nil || errors.Is(err, pflag.ErrHelp) {
		return err
	}
	return usage("The command was not understood: "+err.Error()+".", "See --help.")
}

func usage(what, do string) error {
	return &fault.Error{Kind: fault.Usage, What: what, Safe: "Nothing was sent.", Do: do}
}

// Help is what --help prints.
const Help = `Darwin Uploader puts images, videos, DICOM files and folders into V7 Darwin datasets.

  darwin-uploader                      open the window
  darwin-uploader PATH...              open the window with these files and folders in the queue
  darwin-uploader --demo               open the window on a practice Darwin; nothing leaves this computer
  darwin-uploader upload ...           upload without a window
  darwin-uploader register ...         register what lies in the team's own storage; see register --help
  darwin-uploader sandbox ...          run the practice Darwin alone
  darwin-uploader --version            say which version this is

Upload without a window:

  darwin-uploader upload --dataset [TEAM/]DATASET [options] PATH...
  darwin-uploader upload --dataset [TEAM/]DATASET --resume

  -d, --dataset DATASET    the dataset, by its short name in web addresses or its full name
      --path FOLDER        the folder in Darwin that everything goes below
  -t, --tag NAME           put this tag on every file; may be given several times
  -t, --tag NAME=TEXT      the same, with text, for a tag that takes text
      --flat               put all files into one folder instead of keeping sub-folders
      --sheet FILE         a CSV, XLSX or JSON-lines file with the columns file, folder, tags, name, fps, in
                           any order, that says more about the files; tags as in "a;b;bedroom=text"
      --skip-bad-rows      go on without the lines of the sheet that fit no file
      --workers N          how many files to send at once; auto, the usual, finds out how many do the link good
      --speed-limit SPEED  the most to send in a second, as in 8MB or 500KB
      --hours FROM-UNTIL   send only within these hours of the day, as in 19:00-07:00
      --requests-per-minute N
                           the most requests to Darwin in a minute, 0 for no limit; without it, the
                           limit of Darwin's public server is kept there
      --proxy PROXY        system (as this computer does), none, or HOST:PORT or a URL, which may hold
                           user name and password; without it, as the settings say
      --ca-file FILE       certificates to trust beside the system's, as PEM or DER
      --no-direct          send small files one by one, too, instead of many in one request
      --json               print the result as one JSON object
      --wait DURATION      how long to wait at the end for Darwin to process the files, such as 90s or
                           15m; without it 60s, and with 0s Darwin is asked once
      --no-wait            end when everything is sent, without asking Darwin what became of it
      --receipt FILE       write what became of every file into FILE.csv or FILE.json
      --log-level LEVEL    what the log keeps: debug, info (the usual), warn, error or off
      --resume             go on with the last upload to the dataset that was interrupted; what arrived
                           is not sent again

Ctrl+C finishes the files on their way and begins no other; pressed again, it stops now. --resume goes
on with the rest either way.

The key comes from DARWIN_API_KEY, else from this computer's keychain. The server is the one in the
settings, else DARWIN_BASE_URL, else darwin.v7labs.com. Exit code: 0 if every file is in Darwin or still
processed there, 1 if any was skipped, failed, could not be processed or is missing, or the upload was
stopped, 2 if the command or the configuration was wrong.

The practice Darwin:

  darwin-uploader sandbox [--addr HOST:PORT]
`
