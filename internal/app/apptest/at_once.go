package apptest

import "sync"

// AtOnce sends n requests at the same moment and returns their answers.
func AtOnce(n int, do func(i int) *Response) []*Response {
	answers := make([]*Response, n)
	begin := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-begin
			answers[i] = do(i)
		})
	}
	close(begin)
	all.Wait()
	return answers
}
