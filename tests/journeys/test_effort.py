"""A handoff in three minutes, an answer in seconds: `make bench-effort` within its limits."""

from launch.bench import effort


def test_every_story_stays_within_its_budget(browser, baton):
    told = [
        figure for story, seen in effort.play(browser, baton.url) for figure in effort.figures(story, seen)
    ]

    assert {figure.name.split(".")[1] for figure in told} == set(effort.LIMITS)
    assert [figure.as_json() for figure in told if figure.holds is False] == []
