"""Everything that the benchmarks measure, in one run of some minutes: `python benchmarks`."""

import interview
import sheets
import start

for each in (start, interview, sheets):
    each.main()
    print()
