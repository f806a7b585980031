"""Candidate `lightgbm_tuned`: the trees of `lightgbm` with parameters that Optuna finds inside the training rows.

Its parameters are a function of the rows it is trained on, the number of trials and the seed: no study is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING, Any, Self

import lightgbm as lgb
import numpy as np

from include.models.classes import Classes, Floats
from include.models.lightgbm_trees import BoostedTrees
from include.models.recipe import Recipe
from include.models.training_rows import TrainingRows

if TYPE_CHECKING:
    from optuna import Trial

FITTED_SHARE = 0.75  # of the training rows, the earlier ones, are what a trial is fitted on; the rest judges it
MOST_ROWS = 60_000  # more are thinned out for the search: neighbouring minutes say nearly the same
FEWEST_ROWS = 2_000  # fewer on either side of the cut say too little to choose by
MOST_ROUNDS = 240
PATIENCE = 30  # rounds without a better log-loss after which a trial stops


class TunedTrees(BoostedTrees):
    """BoostedTrees whose parameters are searched for on an earlier and a later part of the training rows.

    The rows must be in order of time. With too few of them the parameters are those of BoostedTrees.

    Parameters
    ----------
    trials
        Models trained in search; the first has the parameters of BoostedTrees.
    purge_rows
        Rows left out between the two parts: as many as a label's horizon can span, so that no label of the earlier
        part knows of the later one.
    seed
        Of the search and of everything that LightGBM draws at random.
    threads
        Threads of training; scoring uses one.
    found
        What a search on these rows chose before, so that it is not repeated; None: search.

    Attributes
    ----------
    found_
        What the search chose, as parameters of BoostedTrees; empty where it had too few rows.
    """

    def __init__(
        self,
        trials: int = 12,
        purge_rows: int = 240,
        seed: int = 0,
        threads: int = 1,
        found: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(seed=seed, threads=threads)
        self.trials = trials
        self.purge_rows = purge_rows
        self.found = found

    def fit_rows(self, rows: TrainingRows, y: Classes, sample_weight: Floats | None = None) -> Self:
        """Searches, then learns from all rows; shapes (rows, features) and (rows,), any class may be absent."""
        self.found_ = self.search(rows.X, np.asarray(y)) if self.found is None else dict(self.found)
        trees = BoostedTrees(**self.found_, seed=self.seed, threads=self.threads)
        return self.adopt(trees.fit_rows(rows, y, sample_weight).booster_)

    def search(self, X: Floats, y: Classes) -> dict[str, Any]:
        """The parameters that the search chooses on these rows; empty where there are too few."""
        step = ceil(len(y) / MOST_ROWS)
        cut = int(len(y) * FITTED_SHARE)
        earlier, later = (slice(0, max(cut - self.purge_rows, 0), step), slice(cut, None, step))
        if self.trials < 1 or min(len(y[earlier]), len(y[later])) < FEWEST_ROWS:
            return {}
        # binned once for all trials
        common = BoostedTrees(seed=self.seed, threads=self.threads).parameters()
        fitted_on = lgb.Dataset(X[earlier], y[earlier], params=common)
        judged_on = lgb.Dataset(X[later], y[later], params=common, reference=fitted_on)
        return best_of(self.trials, self.seed, _Judge(fitted_on, judged_on, step, self.seed, self.threads))


class _Judge:
    """The log-loss of a trial's parameters on the later rows."""

    def __init__(self, fitted_on: lgb.Dataset, judged_on: lgb.Dataset, step: int, seed: int, threads: int) -> None:
        self.fitted_on = fitted_on
        self.judged_on = judged_on
        self.step = step
        self.seed = seed
        self.threads = threads

    def __call__(self, trial: Trial) -> float:
        chosen = suggest(trial)
        # a row of the thinned ones stands for `step` rows
        min_leaf_rows = max(1, round(chosen["min_leaf_rows"] / self.step))
        trees = BoostedTrees(**{**chosen, "min_leaf_rows": min_leaf_rows}, seed=self.seed, threads=self.threads)
        booster = lgb.train(
            {**trees.parameters(), "metric": "multi_logloss"},
            self.fitted_on,
            num_boost_round=MOST_ROUNDS,
            valid_sets=[self.judged_on],
            valid_names=["later"],
            callbacks=[lgb.early_stopping(PATIENCE, verbose=False)],
        )
        trial.set_user_attr("found", {**chosen, "rounds": booster.best_iteration})
        return float(booster.best_score["later"]["multi_logloss"])


def suggest(trial: Trial) -> dict[str, Any]:
    """The parameters that a trial tries; what they are in BoostedTrees lies in each range."""
    return {
        "leaves": trial.suggest_int("leaves", 7, 63, log=True),
        "learning_rate": trial.suggest_float("learning_rate", 0.02, 0.15, log=True),
        "min_leaf_rows": trial.suggest_int("min_leaf_rows", 50, 2000, log=True),
        "feature_share": trial.suggest_float("feature_share", 0.3, 1.0),
        "l2": trial.suggest_float("l2", 0.0, 100.0),
    }


def best_of(trials: int, seed: int, judge: Any) -> dict[str, Any]:
    """The parameters of the trial with the smallest log-loss; the first trial is BoostedTrees as it is."""
    import optuna  # takes long to import, and whoever only scores does not need it

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, n_startup_trials=5))
    plain = BoostedTrees()
    study.enqueue_trial({name: getattr(plain, name) for name in SEARCHED})
    study.optimize(judge, n_trials=trials)
    return dict(study.best_trial.user_attrs["found"])


SEARCHED = ("leaves", "learning_rate", "min_leaf_rows", "feature_share", "l2")


def _make(seed: int, threads: int) -> Any:
    return TunedTrees(seed=seed, threads=threads)


RECIPE = Recipe("lightgbm_tuned", is_baseline=False, make=_make, is_tuned=True)
