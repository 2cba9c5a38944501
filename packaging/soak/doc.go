// Soak sends tens of thousands of small files with the upload command through
// faults of all sorts, watches how much memory and how many goroutines it takes
// meanwhile, and checks that each file arrived once and whole. The command runs
// in a process of its own, so that the practice Darwin does not count.
package main
