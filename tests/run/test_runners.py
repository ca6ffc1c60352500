"""What every runner keeps to, whichever it is."""

import importlib
from collections.abc import Callable, Iterator

import pytest

from communique.errors import WorkerError
from communique.run.cluster import Cluster
from communique.run.inline import Inline
from communique.run.pool import Pool
from communique.run.tasks import Runner, Task


def cluster() -> Cluster:
    """A cluster whose workers know the tests' own classes, as they know those of Communiqué."""
    made = Cluster("local:2")
    made._client.run(importlib.import_module, "poisons")  # noqa: SLF001 - Dask's own way
    return made


MAKERS: dict[str, Callable[[], Runner]] = {
    "inline": Inline,
    "pool of 1": Pool,
    "pool of 2": lambda: Pool(2),
    "cluster": cluster,
}


@pytest.fixture(scope="module", params=list(MAKERS.values()), ids=list(MAKERS))
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    """Each runner in turn."""
    with request.param() as made:
        yield made


def numbers(count: int) -> list[Task]:
    """Tasks with the numbers from 0."""
    return [Task(str(n), n, 20.0) for n in range(count)]


def test_outcomes_come_in_the_order_of_the_tasks(runner: Runner) -> None:
    """Every task has one outcome with its key, in order."""
    outcomes = list(runner.map("poisons:double", numbers(300)))
    assert [(o.key, o.value, o.failure) for o in outcomes] == [(str(n), 2 * n, None) for n in range(300)]


def test_a_slow_task_does_not_change_the_order(runner: Runner) -> None:
    """A task that is done later than those after it still comes first."""
    tasks = [Task(str(n), (n, 0.1 if n == 0 else 0.0), 20.0) for n in range(5)]
    assert [o.value for o in runner.map("poisons:slow_double", tasks)] == [0, 2, 4, 6, 8]


def test_no_tasks_no_outcomes(runner: Runner) -> None:
    """An empty stage is no work."""
    assert list(runner.map("poisons:double", [])) == []


def test_tasks_are_taken_one_by_one(runner: Runner) -> None:
    """An endless supply of tasks is not read ahead of what is asked for without bound."""
    taken = 0

    def supply() -> Iterator[Task]:
        nonlocal taken
        while True:
            taken += 1
            yield Task(str(taken), taken, 20.0)

    outcomes = runner.map("poisons:double", supply())
    assert [next(outcomes).value for _ in range(3)] == [2, 4, 6]
    assert taken < 500


def test_a_runner_can_be_used_again(runner: Runner) -> None:
    """Another stage, with another function, runs on the same runner, even where the first was left half done."""
    next(runner.map("poisons:double", numbers(3)))
    assert [o.value for o in runner.map("poisons:double", numbers(2))] == [0, 2]
    assert next(runner.map("poisons:thing", [Task("a", "ship", 20.0)])).value.name == "ship"


def test_an_exception_is_one_tasks_failure(runner: Runner) -> None:
    """What a function raises becomes one line, and the other tasks go on."""
    tasks = [Task(word, word, 20.0) for word in ("1", "raise", "stubborn", "4")]
    outcomes = list(runner.map("poisons:act", tasks))
    assert [o.value for o in outcomes] == [2, None, None, 8]
    assert [o.failure and (o.failure.code, o.failure.message) for o in outcomes[1:3]] == [
        ("crash", "ValueError: bad input"),
        ("crash", "StubbornError"),
    ]


def test_structs_and_enumerations_cross(runner: Runner) -> None:
    """A Struct comes back as an equal Struct."""
    import poisons  # noqa: PLC0415 - the fixture makes it importable

    assert [o.value for o in runner.map("poisons:thing", [Task("a", "a", 20.0)])] == [poisons.Thing(name="a")]


@pytest.mark.parametrize("function", ["poisons:nothing", "no_such_module:f", "poisons", "poisons:_LEFT_OPEN"])
def test_a_function_that_is_not_there_stops_the_stage(runner: Runner, function: str) -> None:
    """A stage that no task can go through is an error of one line."""
    with pytest.raises(WorkerError, match=function.partition(":")[0]):
        list(runner.map(function, numbers(2)))
