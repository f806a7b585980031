-- name: what the gate rests on: money after costs, how many were tried, a placebo, the reigning recipe, and kinds of verdict
-- Numbered, checksummed, run once; a change is a new file.

ALTER TABLE model_evaluations
ADD COLUMN recipe_hash text,
ADD COLUMN trades bigint,
ADD COLUMN trades_a_day double precision,
ADD COLUMN win_rate double precision,
ADD COLUMN mean_net_return_bps double precision,
ADD COLUMN net_return_low_bps double precision,
ADD COLUMN net_return_high_bps double precision,
ADD COLUMN net_return double precision,
ADD COLUMN sharpe double precision,
ADD COLUMN max_drawdown double precision,
ADD COLUMN hold_net_return double precision,
ADD COLUMN hold_sharpe double precision,
ADD COLUMN hold_max_drawdown double precision,
ADD COLUMN deflated_sharpe double precision,
ADD COLUMN lucky_sharpe double precision,
ADD COLUMN trials bigint,
ADD COLUMN placebo_skill double precision,
ADD COLUMN placebo_low double precision,
ADD COLUMN placebo_high double precision,
ADD COLUMN daily_from date,
ADD COLUMN daily_net_returns double precision [];
COMMENT ON COLUMN model_evaluations.recipe_hash IS 'SHA-256 of what makes the recipe and the rule: estimator and its parameters, inputs, cost, stop and target. A trial is a distinct one in a cell; NULL: scored before the schema''s 0005';
COMMENT ON COLUMN model_evaluations.trades IS 'Positions on paper of the decision rule in the test minutes, one at a time, entered a minute late; NULL: of one fold, nothing decided, or scored before the schema''s 0005';
COMMENT ON COLUMN model_evaluations.trades_a_day IS 'The same a day of 1,440 minutes, days without one included; NULL as for trades';
COMMENT ON COLUMN model_evaluations.win_rate IS 'Share of the trades with a net return above 0; NULL: no trade, or as for trades';
COMMENT ON COLUMN model_evaluations.mean_net_return_bps IS 'Mean net return of a trade after the cost of both sides, basis points; NULL: no trade, or as for trades';
COMMENT ON COLUMN model_evaluations.net_return_low_bps IS 'Lower end of its 95 % interval, blocks of one UTC day; NULL: trades on fewer than two days, or as for trades';
COMMENT ON COLUMN model_evaluations.net_return_high_bps IS 'Upper end of that interval; NULL: as for the lower end';
COMMENT ON COLUMN model_evaluations.net_return IS 'Of a stake that is in every trade, over all test minutes, a fraction; staying flat has 0; NULL as for trades';
COMMENT ON COLUMN model_evaluations.sharpe IS 'Mean over standard deviation of the daily net returns, idle days 0, times the root of 365; NULL: no trade, or as for trades';
COMMENT ON COLUMN model_evaluations.max_drawdown IS 'Largest loss of that stake from an earlier height, a fraction; NULL as for trades';
COMMENT ON COLUMN model_evaluations.hold_net_return IS 'What buying at the first decided test minute and selling at the last one brings, one round trip paid, a fraction; NULL as for trades';
COMMENT ON COLUMN model_evaluations.hold_sharpe IS 'Sharpe of holding; NULL as for trades';
COMMENT ON COLUMN model_evaluations.hold_max_drawdown IS 'Largest loss of holding, a fraction; NULL as for trades';
COMMENT ON COLUMN model_evaluations.deflated_sharpe IS 'Probability that the Sharpe ratio is above what the best of so many trials without an edge reaches by luck (Bailey & López de Prado 2014); 0.5 is what luck explains; NULL: no trade, or as for trades';
COMMENT ON COLUMN model_evaluations.lucky_sharpe IS 'That Sharpe ratio by luck, a year; NULL as for deflated_sharpe';
COMMENT ON COLUMN model_evaluations.trials IS 'Distinct recipes x cells x rules ever recorded with a Sharpe ratio, baselines aside, and those of the training that goes on; NULL as for deflated_sharpe';
COMMENT ON COLUMN model_evaluations.placebo_skill IS 'Skill of the recipe where the labels were shuffled in blocks of 5 days: above 0 means that the evaluation leaks; NULL: not asked, since it failed the gate before';
COMMENT ON COLUMN model_evaluations.placebo_low IS 'Lower end of its 95 % interval; NULL as for placebo_skill';
COMMENT ON COLUMN model_evaluations.placebo_high IS 'Upper end of its 95 % interval; NULL as for placebo_skill';
COMMENT ON COLUMN model_evaluations.daily_from IS 'UTC day of the first of daily_net_returns; NULL as for trades';
COMMENT ON COLUMN model_evaluations.daily_net_returns IS 'Net return of each UTC day of the test minutes, fractions, idle days 0; NULL as for trades';

ALTER TABLE promotions
ADD COLUMN kind text CHECK (
    kind IN (
        'promoted', 'refreshed', 'baseline', 'refused', 'surpassed', 'too_few', 'proposed', 'approved', 'declined', 'rolled_back'
    )
),
ADD COLUMN reigning text,
ADD COLUMN reigning_margin double precision,
ADD COLUMN reigning_low double precision,
ADD COLUMN reigning_high double precision,
ADD COLUMN may_trade boolean,
ADD COLUMN trade_reason text,
ADD COLUMN answers_to bigint REFERENCES promotions;
COMMENT ON COLUMN promotions.kind IS 'promoted: a new recipe reigns. refreshed: the reigning recipe, trained on newer data. baseline: nothing passed, so the volatility baseline scores, which is no promotion. refused: failed the gate. surpassed: passed, and another has more skill. too_few: too few events to be judged. proposed: passed, and waits for a person. approved, declined: that person''s answer. rolled_back: an earlier model reigns again. NULL: decided before the schema''s 0005';
COMMENT ON COLUMN promotions.reigning IS 'Recipe that reigned, refitted in the same folds; NULL: none did, or it was not compared';
COMMENT ON COLUMN promotions.reigning_margin IS 'Log-loss skill over the reigning recipe on the same rows; NULL: it is that recipe, or there was none';
COMMENT ON COLUMN promotions.reigning_low IS 'Lower end of that margin''s 95 % block-bootstrap interval; NULL: unknown';
COMMENT ON COLUMN promotions.reigning_high IS 'Upper end of that interval; NULL: unknown';
COMMENT ON COLUMN promotions.may_trade IS 'Whether its signals may say BUY or SELL; NULL: not a champion''s or a proposal''s row';
COMMENT ON COLUMN promotions.trade_reason IS 'Why it may or may not trade, with the numbers; NULL as for may_trade';
COMMENT ON COLUMN promotions.answers_to IS 'The proposal that was approved or declined; NULL: it answers to none';

CREATE TABLE overfitting_checks (
    check_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid NOT NULL,
    symbol text NOT NULL,
    as_of timestamptz NOT NULL,
    trials bigint NOT NULL,
    days bigint NOT NULL,
    splits bigint,
    overfitting_probability double precision,
    probability_of_loss double precision,
    cost_bps_per_side double precision NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE overfitting_checks IS 'One row a training run and symbol: how choosing the best of its trials by Sharpe ratio fares on the other half of the time';
COMMENT ON COLUMN overfitting_checks.check_id IS 'Number of the check';
COMMENT ON COLUMN overfitting_checks.run_id IS 'The training run';
COMMENT ON COLUMN overfitting_checks.symbol IS 'Name of the market';
COMMENT ON COLUMN overfitting_checks.as_of IS 'Last market time used, UTC';
COMMENT ON COLUMN overfitting_checks.trials IS 'Recipes x cells of the run that traded';
COMMENT ON COLUMN overfitting_checks.days IS 'UTC days on which all of them were judged';
COMMENT ON COLUMN overfitting_checks.splits IS 'Halves of 16 blocks of time that were tried; NULL: too few days or trials';
COMMENT ON COLUMN overfitting_checks.overfitting_probability IS 'PBO: share of the splits in which the best of one half is in the lower half of the other; 0.5 is choosing blindly; NULL as for splits';
COMMENT ON COLUMN overfitting_checks.probability_of_loss IS 'Share of the splits in which it has a Sharpe ratio below 0 there; NULL as for splits';
COMMENT ON COLUMN overfitting_checks.cost_bps_per_side IS 'Cost of a side that all trials paid, basis points';
COMMENT ON COLUMN overfitting_checks.created_at IS 'When it was computed';
CREATE INDEX overfitting_checks_run ON overfitting_checks (run_id, symbol);
CREATE INDEX model_evaluations_model ON model_evaluations (model_id) WHERE model_id IS NOT NULL;
CREATE INDEX promotions_model ON promotions (model_id) WHERE model_id IS NOT NULL;
