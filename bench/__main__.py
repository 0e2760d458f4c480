"""`python -m bench`: the ratios. `python -m bench size [URL]`: a page's first view in bytes over the wire.
`python -m bench memory PID`: the memory of a process and all below it.
`python -m bench race [PAIRS]`: two people saving at once, and what they lost.
`python -m bench cases [MOST]`: the office's pages with up to a hundred times the cases.
`python -m bench start`: how long the service takes to its first page, on an empty folder and again."""

import argparse
import sys

from bench import caseload, memory, race, size, starting


def main(arguments: list[str]) -> int:
    """The command; 1 with a sentence when what is asked for is not there."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="What things cost.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("ratios", help="the benchmarks, each against its baseline (the default)")
    sized = commands.add_parser("size", help="the first view of a page in bytes over the wire")
    sized.add_argument("url", nargs="?", default=size.START)
    commands.add_parser("memory", help="the memory of a process and all below it").add_argument("pid", type=int)
    raced = commands.add_parser("race", help="two people saving at once: how many answers are lost")
    raced.add_argument("pairs", nargs="?", type=int, default=race.PAIRS)
    cases = commands.add_parser("cases", help="the office's pages with more and more cases, against 700")
    cases.add_argument("most", nargs="?", type=int, default=caseload.SIZES[-1])
    commands.add_parser("start", help="seconds to the first page, on an empty folder and again")
    options = parser.parse_args(arguments)
    try:
        if options.command == "size":
            print(size.report(options.url))
        elif options.command == "memory":
            print(memory.report(options.pid))
        elif options.command == "race":
            print(race.race(options.pairs))
        elif options.command == "cases":
            print(caseload.report(tuple(size for size in caseload.SIZES if size <= options.most)))
        elif options.command == "start":
            print(starting.report())
        else:
            ratios()
    except (OSError, size.Elsewhere) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def ratios() -> None:
    """Measure and print each as soon as it is known."""
    from bench import dates, formpage, saving

    print("Times its baseline, measured in turns in this run; medians.", flush=True)
    for each in (formpage, saving, dates):
        for measured in each.measure():
            print(measured, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
