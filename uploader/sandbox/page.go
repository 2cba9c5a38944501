package sandbox

type thumbnails struct{}

func newThumbnails() *thumbnails { return &thumbnails{} }

func (s *Sandbox) indexPage(x *exchange)   { x.notFound() }
func (s *Sandbox) datasetPage(x *exchange) { x.notFound() }
func (s *Sandbox) thumbnail(x *exchange)   { x.notFound() }
func (s *Sandbox) stylesheet(x *exchange)  { x.notFound() }
