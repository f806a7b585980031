"""The PromQL subset: what parses to what, and where an error is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.lab.answers import BadData
from include.lab.promql import Aggregation, Call, Number, RangeSelector, Selector, Time, parse, parse_duration_ms
from include.lab.series import Matcher

PRICE = Selector((Matcher("__name__", "=", "crypto_last_price"),))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1.5e3", Number(1500)),
        ("-0x10", Number(-16)),
        ("Inf", Number(float("inf"))),
        (" time( ) # lab time", Time()),
        ("crypto_last_price", PRICE),
        ("crypto_last_price{}", PRICE),
        ('{__name__="crypto_last_price"}', PRICE),
        ("(crypto_last_price)", PRICE),
        ("crypto_last_price[1h30m]", RangeSelector(PRICE, 5_400_000)),
        ("deriv(crypto_last_price[5m])", Call("deriv", RangeSelector(PRICE, 300_000))),
        ("count(crypto_last_price)", Aggregation("count", PRICE)),
        (
            r"""job:a:b{x!='it\'s',y=~"a\\.b",z!~`\d`,}""",
            Selector(
                (
                    Matcher("__name__", "=", "job:a:b"),
                    Matcher("x", "!=", "it's"),
                    Matcher("y", "=~", r"a\.b"),
                    Matcher("z", "!~", r"\d"),
                )
            ),
        ),
    ],
)
def test_expressions_parse_to_their_tree(text, tree):
    """Literals, selectors, ranges, calls and aggregations each have one shape."""
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: parse error: no expression found in input"),
        ("crypto_last_price[5m", "1:21: parse error: unexpected end of input"),
        ("crypto_last_price{x}", "1:20: parse error: unexpected operator '}'"),
        ("crypto_last_price &", "1:19: parse error: unexpected character: '&'"),
        ("crypto_last_price\n  offset 5m", "2:3: parse error: unexpected identifier 'offset'"),
        ("rate(crypto_volume[5m])", '1:1: parse error: unknown function with name "rate"'),
        (
            "deriv(crypto_volume)",
            '1:7: parse error: expected type range vector in call to function "deriv", got instant vector',
        ),
        ('{x=~".*"}', "1:1: parse error: vector selector must contain at least one non-empty matcher"),
        ('{x=~"("}', "1:5: parse error: error parsing regexp: missing ), unterminated subpattern at position 0"),
        ('{x=~"a{99999999999}"}', "1:5: parse error: error parsing regexp: the repetition number is too large"),
        ("crypto_volume[0s]", '1:15: parse error: not a valid duration string: "0s"'),
        ("(" * 100_000, "1:1: parse error: the expression is nested too deeply"),
    ],
)
def test_an_error_names_line_and_column(text, message):
    """The message begins with the place of the token that cannot be there."""
    with pytest.raises(BadData) as refused:
        parse(text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("5m", 300_000), ("59s999ms", 59_999), ("1h30m", 5_400_000), ("1d", 86_400_000), ("500ms", 500)],
)
def test_durations_are_sums_of_their_units(text, milliseconds):
    """Composite durations count every unit."""
    assert parse_duration_ms(text) == milliseconds


@pytest.mark.parametrize("text", ["", "5", "m", "1m1h", "1.5h", "300y", "9" * 5000 + "s"])
def test_what_is_no_duration_is_none(text):
    """Units come once each, from the longest to the shortest, after whole numbers, for 292 years at most."""
    assert parse_duration_ms(text) is None


WORDS = ["crypto_volume", "deriv", "sum", "time", "(", ")", "{", "}", "[", "]", "5m", "1h1m", "x", "=", "=~", ",", "-"]
WORDS += ['"a"', "'", "`", "0x1", "1e3", ".", "\n", " ", "#", "é", "²", "\x00"]


def refusal(text):
    """The error's text; empty where there is none."""
    try:
        parse(text)
    except BadData as refused:
        return str(refused)
    return ""


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_any_text_parses_or_is_refused(text):
    """Nothing that a caller sends ends in another error than a parse error with its place."""
    assert re.fullmatch(r"|\d+:\d+: parse error: .+", refusal(text))
