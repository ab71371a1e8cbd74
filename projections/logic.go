package projections

// Logic is the version of what the tables hold: of the definitions, and of how facts become rows. It is raised with each
// change by which the same log makes other rows; the tables are then made anew from the log. A test holds a fingerprint
// of both against it.
const Logic = 10
