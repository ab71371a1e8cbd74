package importer

// DataSet is for tests that see the importer from outside, too.
var DataSet = dataSet
