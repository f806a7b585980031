"""The part of PromQL that the lab answers, parsed into a small tree.

Number literals, `time()`, vector selectors with matchers, range selectors, `last_over_time`, `avg_over_time`,
`count_over_time`, `deriv`, `timestamp`, and `sum`, `count`, `min`, `max` without grouping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from include.lab.answers import BadData
from include.lab.series import Matcher


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Time:
    """`time()`: the evaluation time."""


@dataclass(frozen=True)
class Selector:
    """An instant vector: the newest sample of each matching series, at most 5 minutes old."""

    matchers: tuple[Matcher, ...]


@dataclass(frozen=True)
class RangeSelector:
    """A range vector: the samples of each matching series in (t - range, t]."""

    selector: Selector
    range_ms: int


@dataclass(frozen=True)
class Call:
    function: str
    argument: Expression


@dataclass(frozen=True)
class Aggregation:
    operator: str
    argument: Expression


Expression = Number | Time | Selector | RangeSelector | Call | Aggregation

# function → the type of its one argument
FUNCTIONS = {
    "last_over_time": "range vector",
    "avg_over_time": "range vector",
    "count_over_time": "range vector",
    "deriv": "range vector",
    "timestamp": "instant vector",
}
AGGREGATIONS = ("sum", "count", "min", "max")
UNITS_MS = {"y": 31_536_000_000, "w": 604_800_000, "d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
# what Go's nanoseconds hold
LONGEST_MS = 2**63 // 1_000_000
DURATION = re.compile("(?=[0-9])" + "".join(f"([0-9]{{1,15}}{unit})?" for unit in UNITS_MS))
TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
      | (?P<duration>(?:[0-9]+(?:ms|[smhdwy]))+)
      | (?P<number>0[xX][0-9a-fA-F]{1,16}|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|(?i:inf|nan)\b)
      | (?P<identifier>[a-zA-Z_:][a-zA-Z0-9_:]*)
      | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`)
      | (?P<operator>=~|!~|!=|[={}()\[\],+-])
      | (?P<wrong>.)""",
    re.VERBOSE,
)


def parse(text: str) -> Expression:
    """The tree of an expression.

    Raises
    ------
    BadData
        With line and column of the first token that cannot be there: `1:19: parse error: …`.
    """
    try:
        return _Parser(text).whole()
    except RecursionError as error:
        raise BadData("1:1: parse error: the expression is nested too deeply") from error


def parse_duration_ms(text: str) -> int | None:
    """Milliseconds of a duration such as `1h30m` or `59s999ms`; None where it is none, or longer than 292 years."""
    match = DURATION.fullmatch(text)
    if match is None:
        return None
    milliseconds = sum(int(part[: -len(unit)]) * UNITS_MS[unit] for part, unit in _parts(match))
    return milliseconds if milliseconds <= LONGEST_MS else None


def _parts(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    return ((part, unit) for part, unit in zip(match.groups(), UNITS_MS, strict=True) if part)


def type_of(expression: Expression) -> str:
    """`scalar`, `instant vector` or `range vector`."""
    match expression:
        case Number() | Time():
            return "scalar"
        case RangeSelector():
            return "range vector"
        case _:
            return "instant vector"


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


def _tokens(text: str) -> list[_Token]:
    found = [_Token(str(match.lastgroup), match[0], match.start()) for match in TOKEN.finditer(text)]
    return [token for token in found if token.kind != "space"] + [_Token("end", "", len(text))]


class _Parser:
    """Recursive descent over the tokens; each method reads one construct."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._next = 0

    def whole(self) -> Expression:
        if self._peek.kind == "end":
            raise self._error("no expression found in input", self._peek)
        expression = self._expression()
        if self._peek.kind != "end":
            raise self._unexpected(self._peek)
        return expression

    def _expression(self) -> Expression:
        token = self._take()
        if token.text in {"+", "-"} and self._peek.kind == "number":
            return Number(float(token.text + "1") * _number(self._take().text))
        if token.kind == "number":
            return Number(_number(token.text))
        if token.text == "(":
            return self._parenthesised()
        if token.kind == "identifier" and self._peek.text == "(":
            return self._call(token)
        if token.kind == "identifier" or token.text == "{":
            return self._selector(token)
        raise self._unexpected(token)

    def _parenthesised(self) -> Expression:
        inside = self._expression()
        self._expect(")")
        return inside

    def _call(self, name: _Token) -> Expression:
        if name.text != "time" and name.text not in FUNCTIONS and name.text not in AGGREGATIONS:
            raise self._error(f'unknown function with name "{name.text}"', name)
        self._expect("(")
        if name.text == "time":
            self._expect(")")
            return Time()
        argument = self._argument(name)
        self._expect(")")
        return Call(name.text, argument) if name.text in FUNCTIONS else Aggregation(name.text, argument)

    def _argument(self, function: _Token) -> Expression:
        begins = self._peek
        if begins.text == ")":
            raise self._error(f'expected 1 argument(s) in call to "{function.text}", got 0', function)
        argument = self._expression()
        wanted, got = FUNCTIONS.get(function.text, "instant vector"), type_of(argument)
        if wanted != got:
            raise self._error(f'expected type {wanted} in call to function "{function.text}", got {got}', begins)
        return argument

    def _selector(self, begins: _Token) -> Selector | RangeSelector:
        matchers: list[Matcher] = []
        if begins.kind == "identifier":
            matchers.append(Matcher("__name__", "=", begins.text))
        if begins.text == "{" or self._accept("{"):
            matchers += self._matchers()
        if all(matcher.accepts("") for matcher in matchers):
            raise self._error("vector selector must contain at least one non-empty matcher", begins)
        selector = Selector(tuple(matchers))
        return RangeSelector(selector, self._range()) if self._accept("[") else selector

    def _matchers(self) -> list[Matcher]:
        matchers: list[Matcher] = []
        while not self._accept("}"):
            matchers.append(self._matcher())
            if not self._accept(","):
                self._expect("}")
                break
        return matchers

    def _matcher(self) -> Matcher:
        label = self._take("identifier")
        operator = self._take("operator")
        if operator.text not in {"=", "!=", "=~", "!~"}:
            raise self._unexpected(operator)
        value = self._take("string")
        matcher = Matcher(label.text, operator.text, self._unquoted(value))
        try:
            matcher.accepts("")
        except (re.error, OverflowError) as error:
            raise self._error(f"error parsing regexp: {error}", value) from error
        return matcher

    def _range(self) -> int:
        token = self._take()
        milliseconds = parse_duration_ms(token.text) if token.kind == "duration" else None
        if not milliseconds:
            raise self._error(f'not a valid duration string: "{token.text}"', token)
        self._expect("]")
        return milliseconds

    def _unquoted(self, token: _Token) -> str:
        quote, inside = token.text[0], token.text[1:-1]
        if quote == "`":
            return inside
        known = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", quote: quote}
        unknown = next((escape for escape in re.findall(r"\\(.)", inside) if escape not in known), None)
        if unknown is not None:
            raise self._error(f"unknown escape sequence U+{ord(unknown):04X} '{unknown}'", token)
        return re.sub(r"\\(.)", lambda escape: known[escape[1]], inside)

    @property
    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, kind: str | None = None) -> _Token:
        token = self._peek
        if token.kind == "end" or (kind is not None and token.kind != kind):
            raise self._unexpected(token)
        self._next += 1
        return token

    def _accept(self, text: str) -> bool:
        accepted = self._peek.kind == "operator" and self._peek.text == text
        self._next += accepted
        return accepted

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise self._unexpected(self._peek)

    def _unexpected(self, token: _Token) -> BadData:
        if token.kind == "end":
            return self._error("unexpected end of input", token)
        if token.kind == "wrong":
            return self._error(f"unexpected character: {token.text!r}", token)
        return self._error(f"unexpected {token.kind} {token.text!r}", token)

    def _error(self, what: str, token: _Token) -> BadData:
        before = self._text[: token.position]
        line, column = before.count("\n") + 1, token.position - before.rfind("\n")
        return BadData(f"{line}:{column}: parse error: {what}")


def _number(text: str) -> float:
    return float(int(text, 16)) if text[:2].lower() == "0x" else float(text)
