package checks_test

import "flag"

var full = flag.Bool("truth.full", false, "hold the rules against gcc over every installed header, not a sample")
