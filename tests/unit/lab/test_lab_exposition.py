"""What the lab shows a Prometheus that scrapes."""

import asyncio
import re

import httpx

from include.lab.answers import exposition

FIRST_END = 1709251260  # 2024-03-01 00:01 UTC


def scraped(app, **headers):
    async def response():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lab") as client:
            return await client.get("/metrics", headers=headers)

    return asyncio.run(response())


def test_the_newest_sample_of_each_base_series_has_its_own_time(replay_app):
    """Half a minute after a minute's end it is that minute's; the rules are not there."""
    lines = scraped(replay_app(12, now=FIRST_END + 60 * 11 + 30)).text.splitlines()
    # so short a replay has no volume of 24 hours yet
    assert lines[:-1] == [f'crypto_last_price{{market="replay",symbol="BTCUSDT"}} 111 {1000 * (FIRST_END + 660)}']


def test_it_says_which_lab_it_is(replay_app):
    """With the time of the scrape: a replay by its file."""
    lines = scraped(replay_app(12, now=FIRST_END + 660)).text.splitlines()
    assert re.fullmatch(r'crypto_lab_info\{kind="replay",file="[0-9a-f]{64}"\} 1', lines[-1])


def test_a_hole_shows_the_sample_before_it_and_a_long_one_nothing(replay_app):
    """As Prometheus carries a sample forward, for five minutes; the time tells how old it is."""
    lacking = (4, 5, 6, 7, 8, 9, 10)
    app = replay_app(12, now=FIRST_END + 60 * 6, lacking=lacking)
    assert f" 103 {1000 * (FIRST_END + 180)}\n" in scraped(app).text
    assert scraped(replay_app(12, now=FIRST_END + 60 * 10, lacking=lacking)).text == ""


def test_another_tenant_scrapes_nothing(replay_app):
    """And none is refused."""
    app = replay_app(12, now=FIRST_END + 660, tenant="traders")
    assert scraped(app).status_code == 401
    assert scraped(app, **{"X-Scope-OrgID": "others"}).text == ""
    assert len(scraped(app, **{"X-Scope-OrgID": "traders"}).text.splitlines()) == 2


def test_labels_are_escaped():
    """Quotes, backslashes and line ends of a label's value."""
    [line] = exposition([({"__name__": "x", "a": 'q"b\\n\n'}, 0.5, 7)])
    assert line == 'x{a="q\\"b\\\\n\\n"} 0.5 7\n'
