"""`python -m dipxl` is the command `dipxl`."""

from dipxl.cli import main

main()
