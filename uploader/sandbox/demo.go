package sandbox

func demoTeam() Team {
	return Team{ID: 17, Name: "Alder Valley Wildlife", Slug: "alder-valley-wildlife"}
}

// addDemo fills the team with what a field station's Darwin might hold.
func (s *Sandbox) addDemo() {
	traps := s.AddDataset("Camera traps 2026", 2)
	nests := s.AddDataset("Nest boxes", 2)
	old := s.AddDataset("Old archive", 1)
	scans := s.AddDataset("Radiographs", 2)

	for _, name := range []string{"deer", "fox", "heron", "marten", "pine marten", "dawn", "night"} {
		s.AddTagClass(name, false, traps, nests, old)
	}
	for _, name := range []string{
		"shorthair", "ragdoll", "persian", "sphynx", "unknown",
		"labrador", "german-shepherd", "beagle", "bulldog",
	} {
		s.AddTagClass(name, false, old, scans)
	}
	s.shelves = demoShelves(s.cfg.Clock())
	s.AddStorage(Storage{
		Name: "team-uploads", Provider: "aws", Bucket: s.shelves[0].name, Region: "eu-west-1", Default: true, Has: s.shelves[0].has,
	})
	s.AddStorage(Storage{
		Name: "field-archive", Provider: "aws", Bucket: s.shelves[1].name, Region: "eu-west-1", ReadOnly: true, Has: s.shelves[1].has,
	})
	s.AddTagClass("bedroom", true, old, nests)
	s.AddTagClass("weather", true, traps, nests)
	s.AddTagClass("observer", true, traps, nests, old, scans)
}

// Colours for classes, far enough apart to tell their chips from each other.
var palette = [...]string{
	"rgba(42,91,215,1.0)", "rgba(196,86,14,1.0)", "rgba(23,118,62,1.0)", "rgba(143,84,0,1.0)",
	"rgba(122,63,176,1.0)", "rgba(0,121,134,1.0)", "rgba(190,45,98,1.0)", "rgba(94,107,20,1.0)",
	"rgba(84,96,122,1.0)", "rgba(179,38,30,1.0)", "rgba(0,102,170,1.0)", "rgba(120,80,60,1.0)",
}
