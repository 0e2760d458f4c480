"""A picture of each process, drawn from its table, in mermaid's words."""

from law.tables.shape import Process


def mermaid(process: Process) -> str:
    """A mermaid state diagram: stages, acts, start and ends. Acts that share an arrow share a label.

    Where an act hands over to another process, a note says so beside the stage it leads to.
    """
    lines = ["stateDiagram-v2"]
    lines += [f"    {stage}: {title}" for stage, title in process.stages.items()]
    lines.append(f"    [*] --> {process.start}")
    lines += [f"    {start} --> {end}: {', '.join(acts)}" for (start, end), acts in _arrows(process).items()]
    lines += [f"    {stage} --> [*]" for stage in process.ends]
    lines += [f"    note right of {stage}: {', '.join(said)}" for stage, said in _hand_overs(process).items()]
    return "\n".join(lines) + "\n"


def _arrows(process: Process) -> dict[tuple[str, str], list[str]]:
    arrows: dict[tuple[str, str], list[str]] = {}
    for transition in process.transitions:
        arrows.setdefault((transition.from_, transition.to), []).append(transition.act.replace("_", " "))
    return arrows


def _hand_overs(process: Process) -> dict[str, list[str]]:
    """Which acts open which other processes, beside the stage they lead to, each said once."""
    said: dict[str, list[str]] = {}
    for transition in process.transitions:
        for other in transition.opens:
            words = f"{transition.act} opens {other}".replace("_", " ")
            if words not in said.setdefault(transition.to, []):
                said[transition.to].append(words)
    return said
