"""The model card: the registry's numbers, beside their baselines, in words, whatever is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import orjson
import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, rows, small_settings

from include.cli.main import main
from include.errors import UnknownModel
from include.ingest import ingest
from include.model_card.card import model_card, models_page
from include.model_card.words import interval, percent
from include.model_files import export_model, import_model
from include.pipeline import Pipeline
from include.settings import Cell
from include.train import train
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate

DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
CELL = Cell(15, Decimal("0.003"))
BASELINE, CANDIDATE = 1, 2
NEVER_CLOSED = {"meta", "br"}


@pytest.fixture
def trained(serve: Serve, new_database: str) -> Pipeline:
    """A warehouse where the volatility baseline reigned first and a logistic regression does since."""
    small = small_settings(candidates=("logistic",))
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL,)),
    )
    pipeline = make_pipeline(serve(ChangeableMarket(days=DAYS, seed=5), NOW), new_database, settings)
    migrate(pipeline.warehouse)
    ingest(pipeline)
    train(pipeline, as_of=NOW - timedelta(hours=1))
    change(
        pipeline.warehouse,
        """
        INSERT INTO models (candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of,
            snapshot_hash, feature_version, feature_hash, feature_columns, code_revision, parameters, decision, artifact,
            artifact_format, artifact_sha256)
        SELECT 'logistic', FALSE, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash,
            feature_version, feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format,
            artifact_sha256 FROM models
        """,
        "UPDATE model_evaluations SET model_id = 2 WHERE candidate = 'logistic'",
        """
        INSERT INTO promotions (run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason,
            skill_margin, margin_low, margin_high, decided_by, effective_from, kind, may_trade, trade_reason)
        SELECT run_id, symbol, horizon_minutes, threshold, 'logistic', 2, TRUE, 'It beats <the> baseline.', 0.0123, 0.0045,
            0.0201, 'ann', effective_from + INTERVAL '7 days', 'promoted', FALSE, 'No edge after costs was shown.'
        FROM promotions WHERE is_accepted
        """,
    )
    return pipeline


def change(warehouse: Warehouse, *statements: str) -> None:
    with warehouse.transaction() as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


def judge_money(warehouse: Warehouse, trades: int = 3) -> None:
    """What trainings since the schema's 0005 store beside the scores."""
    daily = [0.01, -0.02, 0.0, 0.03] if trades else [0.0] * 4
    curves = {
        "importance": [
            {"feature": "return_5m", "skill_lost": 0.031, "spread": 0.002},
            {"feature": "hour_sine", "skill_lost": -0.001, "spread": 0.001},
        ],
        "hold_daily_net_returns": [0.02, 0.02, -0.01, 0.0],
    }
    with warehouse.transaction() as connection:
        connection.execute(
            """
            UPDATE model_evaluations SET trades = %(trades)s, trades_a_day = 0.75, win_rate = %(won)s,
                mean_net_return_bps = %(mean)s, net_return_low_bps = %(low)s, net_return_high_bps = 44.4,
                net_return = 0.0193, sharpe = 1.23, max_drawdown = 0.02, hold_net_return = 0.03, hold_sharpe = 4.5,
                hold_max_drawdown = 0.01, deflated_sharpe = 0.61, lucky_sharpe = 0.9, trials = 17, placebo_skill = -0.004,
                placebo_low = -0.009, placebo_high = 0.001, daily_from = '2026-03-05', daily_net_returns = %(daily)s,
                curves = curves || %(curves)s
            WHERE model_id = 2 AND fold IS NULL
            """,
            {
                "trades": trades,
                "won": 2 / 3 if trades else None,
                "mean": 66.7 if trades else None,
                "low": -11.1 if trades else None,
                "daily": daily,
                "curves": orjson.dumps(curves).decode(),
            },
        )


def card(warehouse: Warehouse, model_id: int = CANDIDATE, index: str | None = None) -> str:
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        return model_card(connection, model_id, index)


class Page(HTMLParser):
    """The text of a page, its tags, and its tables; fails on a tag that is not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.table: list[list[str]] = []
        self.feed(html)
        assert self.open == []
        self.text = re.sub(r"\s+", " ", " ".join(self.words))

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        if tag not in NEVER_CLOSED:
            self.open.append(tag)
        if tag == "tr":
            self.table.append([])
        if tag in {"td", "th"}:
            self.table[-1].append("")

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "head" in self.open:
            return
        self.words.append(data)
        if {"td", "th"} & set(self.open):
            self.table[-1][-1] += data

    def row(self, name: str) -> list[str]:
        """The values of the table row of that name, else of the first whose name begins so."""
        named = sorted(self.table, key=lambda row: row[0] != name)
        return next(row[1:] for row in named if row[0].startswith(name))


def drawings(html: str) -> Iterator[ElementTree.Element]:
    for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        yield ElementTree.fromstring(svg)


def test_it_has_the_numbers_of_the_registry_beside_the_baselines(trained: Pipeline) -> None:
    """Skill with its interval, AUC, rows, events and days of the model and of every baseline of its run, as stored."""
    page = Page(card(trained.warehouse))
    stored = {
        name: values
        for name, *values in rows(
            trained.warehouse,
            "SELECT candidate, log_loss_skill, skill_low, skill_high, auc_up, rows, events, days FROM model_evaluations"
            " WHERE fold IS NULL",
        )
    }
    order = ["logistic", "volatility_60m", "class_prior", "always_sideways", "original"]
    assert page.row("Score") == order
    values = [stored[name] for name in order]
    assert page.row("Skill over the class prior") == [percent(skill, 2) for skill, *_ in values]
    assert page.row("its 95") == [interval(low, high, percent, 2) for _, low, high, *_ in values]
    assert page.row("AUC of UP") == [f"{auc:.3f}" for *_, auc, _, _, _ in values]
    for name, place in (("Test minutes", 4), ("Events", 5), ("Days", 6)):
        assert page.row(name) == [f"{one[place]:,}" for one in values]
    legacy = rows(
        trained.warehouse,
        "SELECT legacy_accuracy, legacy_sideways_accuracy FROM model_evaluations WHERE candidate = 'logistic' AND fold IS NULL",
    )[0]
    assert page.row("Accuracy")[:2] == [percent(value) for value in legacy]


def test_it_says_what_it_answers_since_when_and_what_it_may_do(trained: Pipeline) -> None:
    """The cell, the reigns, the verdict and both rights in plain words, and SIMULATED before all."""
    page, before = Page(card(trained.warehouse)), Page(card(trained.warehouse, BASELINE))
    assert page.text.index("SIMULATED MARKET") < page.text.index("Model 2: logistic")
    assert "the price is more than 0.3\u00a0% higher in 15\u00a0minutes".replace("\u00a0", " ") in page.text
    begin = NOW - timedelta(minutes=59)
    assert f"Champion since {begin + timedelta(days=7):%Y-%m-%d %H:%M} UTC." in page.text
    assert f"Champion from {begin:%Y-%m-%d %H:%M} until {begin + timedelta(days=7):%Y-%m-%d %H:%M} UTC." in before.text
    assert "Promoted: a new recipe reigns It beats <the> baseline." in page.text
    assert "Skill over the volatility baseline: 1.23 % (95 %: 0.45 % to 2.01 %)." in page.text
    assert "May it score? Yes" in page.text
    assert "May it trade? No No edge after costs was shown." in page.text
    assert "Touches inside a minute are unseen" in page.text
    assert "Paper only" in page.text


def test_a_model_that_was_overtaken_in_the_same_minute_never_reigned(trained: Pipeline) -> None:
    """Of two that answer from the same minute the later verdict holds, and the other has no span of its own."""
    change(trained.warehouse, "UPDATE promotions SET effective_from = (SELECT min(effective_from) FROM promotions)")
    assert "It has never reigned." in Page(card(trained.warehouse, BASELINE)).text
    assert "Champion since" in Page(card(trained.warehouse)).text


def test_every_plot_is_drawn_once_all_is_stored(trained: Pipeline) -> None:
    """Eight valid charts and the confusion, money beside holding and staying flat, luck and placebo with their numbers."""
    judge_money(trained.warehouse)
    html = card(trained.warehouse)
    titles = [drawing[0].text for drawing in drawings(html)]
    assert titles == [
        "Reliability of UP",
        "Reliability of DOWN",
        "Skill by fold over time",
        "Skill by regime of volatility",
        "Importance of the features",
        "Equity after costs",
        "UP by month: observed against expected",
        "DOWN by month: observed against expected",
    ]
    page = Page(html)
    assert page.row("Net return") == [f"{n}\u00a0%" for n in ("1.93", "3.00", "0.00")]
    assert page.row("Trades")[0] == "3"
    assert "Deflated Sharpe: 61.0 % is the probability" in page.text
    assert "best of 17 trials" in page.text
    assert "a skill of −0.40 % (95 %: −0.90 % to 0.10 %)" in page.text
    assert "in the end the rule 1.95 %, buy and hold 3.00 %, flat 0.00 %." in page.text
    assert "nobody would have had this" in page.text
    [(confusion,)] = rows(
        trained.warehouse, "SELECT curves->'confusion' FROM model_evaluations WHERE model_id = 2 AND fold IS NULL"
    )
    for name, came in (("UP", 2), ("SIDEWAYS", 1), ("DOWN", 0)):
        counts = [confusion[came][said] for said in (2, 1, 0)]
        assert [cell.split("%")[1] for cell in page.row(name)] == [f"{n:,}" for n in counts]


def test_no_trade_is_said_and_not_drawn_as_success(trained: Pipeline) -> None:
    """Why there is none stands where the numbers would; means of nothing are no zeros."""
    judge_money(trained.warehouse, trades=0)
    page = Page(card(trained.warehouse))
    assert "No trade was made: no minute had an expected edge after costs." in page.text
    assert page.row("Mean net return of a trade") == ["–", "–", "–"]
    assert page.row("Sharpe ratio")[0] == "–"


def test_older_scores_say_what_is_not_stored(trained: Pipeline) -> None:
    """A model scored before importance, money and the tables of 0004 has a card that says so."""
    change(
        trained.warehouse,
        "UPDATE model_evaluations SET curves = NULL, auc_up = NULL, skill_low = NULL, legacy_accuracy = NULL,"
        " trades = NULL, net_return = NULL, daily_from = NULL, daily_net_returns = NULL",
        "UPDATE promotions SET kind = NULL, may_trade = NULL, trade_reason = NULL",
        """UPDATE models SET decision = '{"may_trade": false}'""",
    )
    html = card(trained.warehouse)
    page = Page(html)
    assert page.row("AUC of UP") == ["unknown"] * 5
    assert page.row("its 95") == ["unknown"] * 5
    assert page.text.count("Not stored for this model") == 7
    assert [drawing[0].text for drawing in drawings(html)] == ["Skill by fold over time"]
    assert "Money was not judged" in page.text
    assert "No minute was decided" in page.text
    assert "Accepted" in page.text
    assert "None" not in page.text
    assert "nan" not in page.text.split()


def test_a_name_with_markup_stays_text(trained: Pipeline) -> None:
    """A symbol, a feature and a reason with signs of HTML bring no tag into the page, charts included."""
    judge_money(trained.warehouse)
    nasty = "<b>\"&'</b><script>x</script>"
    with trained.warehouse.transaction() as connection:
        for table in ("models", "promotions", "model_evaluations"):
            connection.execute(f"UPDATE {table} SET symbol = %s", [nasty])  # type: ignore[arg-type]
        connection.execute(
            "UPDATE models SET parameters = jsonb_set(parameters, '{judged_symbol}', %s)",
            [orjson.dumps(nasty).decode()],
        )
        connection.execute("UPDATE promotions SET reason = %s, decided_by = %s", [nasty, nasty])
        connection.execute("UPDATE model_evaluations SET candidate = %s WHERE candidate = 'logistic'", [nasty])
        connection.execute("UPDATE models SET candidate = %s, code_revision = %s WHERE model_id = 2", [nasty, nasty])
        connection.execute(
            "UPDATE model_evaluations SET curves = jsonb_set(curves, '{importance,0,feature}', %s) WHERE model_id = 2 AND fold IS NULL",
            [orjson.dumps(nasty).decode()],
        )
    html = card(trained.warehouse)
    page = Page(html)
    assert not {"script", "iframe", "img", "link"} & page.tags
    assert page.text.count(nasty) >= 6
    assert len(list(drawings(html))) == 8
    with trained.warehouse.transaction("reader") as connection:
        assert "script" not in Page(models_page(connection)).tags


def test_the_page_stands_alone(trained: Pipeline) -> None:
    """No script, no address, no file beside it; both themes, a phone and print are provided for; a link back where asked for."""
    judge_money(trained.warehouse)
    html = card(trained.warehouse)
    assert not re.search(r"<script|<link|<img|@import|url\(|href=|javascript:", html)
    assert set(re.findall(r"https?://[^\"' ]+", html)) == {"http://www.w3.org/2000/svg"}
    for provided in ("prefers-color-scheme: dark", "@media print", 'name="viewport"'):
        assert provided in html
    assert '<a href="../models">' in card(trained.warehouse, index="../models")


def test_an_unknown_number_is_said(trained: Pipeline) -> None:
    """However large it is."""
    for number in (99, 10**30, -1):
        with pytest.raises(UnknownModel, match=f"No model {number} is registered"):
            card(trained.warehouse, number)


def test_an_imported_model_has_a_card_without_scores(trained: Pipeline, another_database: str, tmp_path: Path) -> None:
    """Its provenance and rule are there; where its scores are is said."""
    exported = export_model(trained.warehouse, BASELINE, tmp_path / "model")
    assert "card.html" in exported.files
    assert (tmp_path / "model" / "card.html").read_text(encoding="utf-8") == card(trained.warehouse, BASELINE)
    other = Warehouse(another_database)
    migrate(other)
    number = import_model(other, tmp_path / "model").model_id
    page = Page(card(other, number))
    assert "No scores of it are stored here" in page.text
    assert "It has never reigned." in page.text
    assert "May it score? No No verdict on it is stored here." in page.text
    assert exported.artifact_sha256 in page.text
    assert "SIMULATED" not in page.text, "this warehouse holds no minute yet"


def test_the_index_lists_the_reigning_first_and_links_their_cards(trained: Pipeline) -> None:
    """The champion, then those before it; only the numbers that were asked for, unknown ones left out; or what to run."""
    with trained.warehouse.transaction("reader") as connection:
        html = models_page(connection)
        assert re.findall(r'href="(models/\d+)"', html) == ["models/2", "models/1"]
        page = Page(html)
        assert page.row("2: logistic")[2].startswith("reigns since")
        assert page.row("1: volatility_60m")[2] == "has reigned"
        [(skill,)] = rows(
            trained.warehouse, "SELECT log_loss_skill FROM model_evaluations WHERE model_id = 2 AND fold IS NULL"
        )
        assert page.row("2: logistic")[3] == percent(skill, 2)
        assert re.findall(r'href="(models/\d+)"', models_page(connection, [1, 77, 10**30])) == ["models/1"]
        assert "None of these models is registered." in models_page(connection, [77])


def test_the_command_writes_a_file_and_overwrites_none(
    trained: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """model-<id>.html here, or the file that was named; a file that is there stays as it is."""
    monkeypatch.setenv("WAREHOUSE_DSN", trained.warehouse.dsn)
    monkeypatch.setenv("CORTEX_URL", trained.cortex.url)
    monkeypatch.chdir(tmp_path)
    assert main(["card", "2"]) == 0
    assert capsys.readouterr().out == "The card of model 2 is in model-2.html.\n"
    assert (tmp_path / "model-2.html").read_text(encoding="utf-8") == card(trained.warehouse)
    (tmp_path / "mine.html").write_text("mine")
    assert main(["card", "2", "--to", "mine.html"]) == 1
    assert capsys.readouterr().err == "mine.html is there already; name another file.\n"
    assert (tmp_path / "mine.html").read_text() == "mine"
    assert main(["card", "2", "--to", "none/it.html", "--json"]) == 1
    assert orjson.loads(capsys.readouterr().out)["error"] == "FolderRefused"
    assert main(["card", "2", "--to", "it.html", "--json"]) == 0
    assert orjson.loads(capsys.readouterr().out)["file"] == "it.html"
    assert main(["card", "99"]) == 1
    assert "No model 99" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["it.html", "mine.html", "model-2.html"]
