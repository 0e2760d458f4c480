"""A picture of each process, drawn from its table, in mermaid's words."""

from law.tables.shape import Process


def mermaid(process: Process) -> str:
    """A mermaid state diagram: stages, acts, start and ends. Acts that share an arrow share a label."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {stage}: {title}" for stage, title in process.stages.items()]
    lines.append(f"    [*] --> {process.start}")
    lines += [f"    {start} --> {end}: {', '.join(acts)}" for (start, end), acts in _arrows(process).items()]
    lines += [f"    {stage} --> [*]" for stage in process.ends]
    return "\n".join(lines) + "\n"


def _arrows(process: Process) -> dict[tuple[str, str], list[str]]:
    arrows: dict[tuple[str, str], list[str]] = {}
    for transition in process.transitions:
        arrows.setdefault((transition.from_, transition.to), []).append(transition.act.replace("_", " "))
    return arrows
