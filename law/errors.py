"""What can be wrong with a question put to the law. Each error says so in one clear sentence."""


class LawError(ValueError):
    """The parent of every error this package raises on purpose."""


class UnknownRule(LawError):
    """No rule has this id."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(f"There is no rule called {rule_id!r}.")
        self.rule_id = rule_id


class BadTrigger(LawError):
    """A trigger key is missing, unknown, or its value cannot be used."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


class BadException(LawError):
    """An exception record cannot be read. (One that can be read and fails its test is no error.)"""


class BeyondKnownHolidays(LawError):
    """Working days would leave the years whose bank holidays are known: refused, not guessed."""


class UnknownProcess(LawError):
    """No process has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no process called {name!r}.")


class UnknownNotice(LawError):
    """No notice or letter has this id."""

    def __init__(self, notice_id: str) -> None:
        super().__init__(f"There is no notice called {notice_id!r}.")


class NotAllowed(LawError):
    """This act cannot be done at this stage of this process."""

    def __init__(self, process: str, stage: str, act: str) -> None:
        super().__init__(f"In {process!r}, {act!r} cannot be done at the stage {stage!r}.")
        self.process, self.stage, self.act = process, stage, act
