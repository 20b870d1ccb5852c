"""Values that are made in another way are the same values."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace
from typing import Any

import pytest

from paperbound.model.digested import Digested
from paperbound.model.values import make_restorer, quick


def make_kind() -> type[Any]:
    @dataclass(frozen=True, slots=True)
    class Value:
        name: str
        count: int = 3
        facts: Mapping[str, int] = field(default_factory=dict)
        hidden: str = field(default="", compare=False, repr=False)

    return Value


Plain, Quick = make_kind(), quick(make_kind())


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    name: str
    count: int = 1
    twice: int = field(init=False)

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("no name")
        object.__setattr__(self, "twice", 2 * self.count)


@quick
@dataclass(frozen=True, slots=True, repr=False)
class Known(Digested):
    name: str
    digest: str = field(init=False)


@pytest.mark.parametrize(
    ("given", "named"), [(("a",), {}), (("a", 4), {"hidden": "x"}), ((), {"facts": {"y": 1}, "name": "b"})]
)
def test_it_takes_and_holds_what_a_dataclass_does(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    plain, made = Plain(*given, **named), Quick(*given, **named)
    assert type(made) is Quick
    assert asdict(made) == asdict(plain)
    assert repr(made) == repr(plain)
    assert made == Quick(*given, **named)
    assert inspect.signature(Quick) == inspect.signature(Plain)


@pytest.mark.parametrize(("given", "named"), [((), {}), (("a", 1, {}, "", 5), {}), (("a",), {"other": 1})])
def test_it_refuses_what_a_dataclass_refuses(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError) as plain:
        Plain(*given, **named)
    with pytest.raises(TypeError) as made:
        Quick(*given, **named)
    assert str(made.value) == str(plain.value)


def test_each_value_has_facts_of_its_own() -> None:
    assert Quick("a").facts is not Quick("a").facts


def test_it_is_frozen_from_the_start() -> None:
    made = Quick("a")
    with pytest.raises(FrozenInstanceError):
        made.name = "b"
    with pytest.raises(FrozenInstanceError):
        del made.name
    with pytest.raises((AttributeError, TypeError)):
        made.other = 1
    assert made.name == "a"


def test_it_is_checked_and_completed() -> None:
    assert Checked(name="a", count=4).twice == 8
    with pytest.raises(ValueError, match="no name"):
        Checked(name="")
    with pytest.raises(TypeError):
        Checked("a")  # type: ignore[misc]
    assert Known("a").digest == Known("a").digest != Known("b").digest


def test_it_travels_and_is_copied() -> None:
    made = Checked(name="a", count=2)
    for other in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made), replace(made, count=2)):
        assert type(other) is Checked
        assert other == made
        assert hash(other) == hash(made)
    assert replace(made, count=5).twice == 10


def test_what_was_checked_is_restored_unchecked() -> None:
    restore = make_restorer(Checked)
    assert restore("a", 2, 4) == Checked(name="a", count=2)
    made = restore("", 1, 7)
    assert (made.name, made.count, made.twice) == ("", 1, 7)
    with pytest.raises(FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]
