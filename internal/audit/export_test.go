package audit

// EntriesQuery is for the tests of its plan.
const EntriesQuery = entriesQuery
