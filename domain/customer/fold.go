package customer

// Fold is the version of how facts become State: raised when the same facts would leave another one. States that were
// folded by another version are not taken up again. What State looks like need not be counted: that is found out.
const Fold = 1
