package milkcount

// SavedStepsQuery is for the tests of its plan.
const SavedStepsQuery = savedStepsQuery
