package tracking

// HistoryQuery is for the tests of its plan.
var HistoryQuery = historyQuery
