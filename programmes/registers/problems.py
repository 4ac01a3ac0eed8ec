"""What is wrong with a register's file, line by line, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN_AT_MOST = 20


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the line counts from 1 as an editor shows it; `fix` is an instruction."""

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what} {self.fix}"


class BadFile(Exception):
    """The file cannot be used; nothing has been changed. Lists up to twenty problems in the order of the lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line))
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN_AT_MOST]]
        left = len(self.problems) - SHOWN_AT_MOST
        if left > 0:
            lines.append(f"… and {left} more lines.")
        return "\n".join(lines)
