package rtde

// CompletedQuery is for the tests of its plan.
const CompletedQuery = completedQuery
