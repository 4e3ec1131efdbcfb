package api

const csvType = "text/csv"

// WantsCSV says whether an Accept header asks for CSV by its name, and not for
// JSON rather.
func WantsCSV(accept string) bool {
	wanted := accepted(accept)
	return wanted[csvType] > 0 && wanted[csvType] >= wanted[jsonType]
}
