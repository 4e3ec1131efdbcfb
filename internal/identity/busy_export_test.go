package identity

// HoldHashing keeps every PIN from being hashed until release is called.
func (s *Service) HoldHashing() (release func()) {
	for range cap(s.pins.slots) {
		s.pins.slots <- struct{}{}
	}
	return func() {
		for range cap(s.pins.slots) {
			<-s.pins.slots
		}
	}
}
