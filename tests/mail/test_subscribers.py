"""Who gets what: what each follows, how often, in which language, and nothing that they had before."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import yaml
from mail_server import MailServer
from mail_site import Run, Serve, send_arguments

Person = dict[str, object]
Follow = Callable[..., dict[str, list[str]]]
NAMES = {f"p{number}": f"Paper number {number}" for number in range(1, 13)}


def write_edition(site: Path, day: int, papers: list[str]) -> None:
    value = {"title": "Trending", "date": f"2026-11-{day}", "papers": papers}
    (site / "collections" / f"trending-2026-11-{day}.yaml").write_text(yaml.safe_dump(value), "utf-8")


@pytest.fixture
def follow(site: Path, digest: Run, serve_mail: Serve) -> Follow:
    """Sends a digest on a day of November to these people; the titles that each got."""
    rows = [
        {
            "id": ident,
            "title": title,
            "date": "2026-10",
            "added": f"2026-11-{18 + number}",
            "tags": ["odd"] if number % 2 else ["even"],
            "authors": ["Ada Lovelace"] if number < 3 else [{"name": "Wei Wang", "id": f"wei-wang-{number}"}],
            "takeaway": f"It is about {'graphs' if number == 4 else 'shelves'}.",
        }
        for number, (ident, title) in enumerate(NAMES.items(), 1)
    ]
    (site / "papers" / "all.yaml").write_text(yaml.safe_dump(rows), "utf-8")
    (site / "collections" / "trending-2026-11-23.yaml").unlink()
    server: MailServer = serve_mail()

    def send(people: list[Person], day: int, *arguments: str, code: int = 0) -> dict[str, list[str]]:
        (site.parent / "subscribers.yaml").write_text(yaml.safe_dump(people), "utf-8")
        server.mails.clear()
        done = digest(*send_arguments(server, "subscribers.yaml"), "--at", f"2026-11-{day}T06:00:00Z", *arguments)
        assert done.returncode == code, done.stderr
        got = {}
        for address, data in server.mails:
            part = message_from_bytes(data, policy=policy.default).get_body(("plain",))
            assert part is not None
            got[address] = re.findall(r"Paper number \d+", part.get_content())
        return got

    return send


def titles(*numbers: int) -> list[str]:
    return [NAMES[f"p{number}"] for number in numbers]


def test_everybody_gets_what_they_follow(site: Path, follow: Follow) -> None:
    write_edition(site, 23, ["p1", "p2", "p3", "p4"])
    people: list[Person] = [
        {"address": "all@example.org"},
        {"address": "tags@example.org", "tags": ["odd"]},
        {"address": "author@example.org", "authors": ["Ada Lovelace"]},
        {"address": "both@example.org", "authors": ["wei-wang-4"], "tags": ["odd"]},
        {"address": "nothing@example.org", "tags": ["other"]},
    ]
    assert follow(people, 23) == {
        "all@example.org": titles(1, 2, 3, 4),
        "tags@example.org": titles(1, 3),
        "author@example.org": titles(1, 2),
        "both@example.org": titles(1, 3, 4),
    }


def test_no_person_gets_a_paper_again(site: Path, follow: Follow) -> None:
    people: list[Person] = [{"address": "all@example.org"}, {"address": "odd@example.org", "tags": ["odd"]}]
    write_edition(site, 23, ["p1", "p2", "p3", "p4"])
    assert follow(people, 23) == {"all@example.org": titles(1, 2, 3, 4), "odd@example.org": titles(1, 3)}
    assert follow(people, 23) == {}
    write_edition(site, 24, ["p5", "p4", "p3", "p6"])
    assert follow(people, 24) == {"all@example.org": titles(5, 6), "odd@example.org": titles(5)}
    write_edition(site, 25, ["p6", "p5"])
    assert follow(people, 25) == {}
    # A person with more subscriptions gets their new papers.
    people[1] = {"address": "ODD@example.org"}
    write_edition(site, 26, ["p6", "p7"])
    assert follow(people, 26) == {"all@example.org": titles(7), "ODD@example.org": titles(6, 7)}


def test_a_missed_day_is_caught_up(site: Path, follow: Follow) -> None:
    people: list[Person] = [{"address": "all@example.org"}]
    write_edition(site, 22, ["p9"])
    write_edition(site, 23, ["p1", "p2"])
    assert follow(people, 23) == {"all@example.org": titles(1, 2)}
    write_edition(site, 24, ["p3"])
    write_edition(site, 25, ["p4", "p2"])
    assert follow(people, 25) == {"all@example.org": titles(4, 3)}


def test_a_week_comes_in_one_digest(site: Path, follow: Follow) -> None:
    people: list[Person] = [{"address": "weekly@example.org", "frequency": "weekly"}]
    for day in range(10, 18):
        write_edition(site, day, [f"p{day - 9}"])
    assert follow(people, 17) == {"weekly@example.org": titles(8, 7, 6, 5, 4, 3, 2)}
    write_edition(site, 18, ["p9", "p8"])
    assert follow(people, 18) == {}
    write_edition(site, 24, ["p10"])
    assert follow(people, 24) == {"weekly@example.org": titles(10, 9)}


def test_papers_added_since_a_day(site: Path, follow: Follow) -> None:
    people: list[Person] = [{"address": "all@example.org"}, {"address": "odd@example.org", "tags": ["odd"]}]
    assert follow(people, 26, "--since", "2026-11-24") == {
        "all@example.org": titles(12, 11, 10, 9, 8, 7, 6),
        "odd@example.org": titles(11, 9, 7),
    }
    assert follow(people, 27, "--since", "2026-11-23") == {"all@example.org": titles(5), "odd@example.org": titles(5)}


def test_who_is_named_gets_it_all_once_more(site: Path, follow: Follow) -> None:
    write_edition(site, 23, ["p1", "p2"])
    people: list[Person] = [{"address": "a@example.org"}, {"address": "b@example.org"}]
    follow(people, 23)
    assert follow(people, 23, "--resend", "A@example.org") == {"a@example.org": titles(1, 2)}
    assert follow(people, 23, "--resend", "nobody@example.org", code=1) == {}


def test_a_limit_holds_for_everybody(site: Path, follow: Follow) -> None:
    write_edition(site, 23, ["p1", "p2", "p3", "p4"])
    assert follow([{"address": "all@example.org"}], 23, "--limit", "2") == {"all@example.org": titles(1, 2)}


def test_words_are_in_the_language_of_each(site: Path, digest: Run, serve_mail: Serve) -> None:
    people = [{"address": f"{one}@example.org", "language": one} for one in ("en", "de", "fr", "es", "zh")]
    (site.parent / "subscribers.yaml").write_text(yaml.safe_dump(people), "utf-8")
    server = serve_mail()
    assert digest(*send_arguments(server, "subscribers.yaml")).returncode == 0
    subjects = {}
    for address, data in server.mails:
        message = message_from_bytes(data, policy=policy.default)
        subjects[address[:2]] = message["Subject"]
        assert message["Content-Language"] == address[:2]
        part = message.get_body(("html",))
        assert part is not None
        assert f'<html lang="{address[:2]}">' in part.get_content()
    assert subjects == {
        "en": "Trending, 23 November 2026",
        "de": "Trending, 23. November 2026",
        "fr": "Trending, 23 novembre 2026",
        "es": "Trending, 23 de noviembre de 2026",
        "zh": "Trending, 2026年11月23日",
    }


def test_saved_queries_are_answered_by_the_sites_search(site: Path, follow: Follow, build) -> None:  # type: ignore[no-untyped-def]
    write_edition(site, 23, ["p1", "p2", "p3", "p4"])
    people: list[Person] = [
        {"address": "graphs@example.org", "query": "graphs"},
        {"address": "ada@example.org", "query": 'author:"ada lovelace" -graphs', "tags": ["none"]},
        {"address": "tag@example.org", "query": "tag:even graphs", "authors": ["ada-lovelace"]},
    ]
    assert follow(people, 23, code=1) == {}
    build(site, site.parent / "site")
    assert follow(people, 23) == {
        "graphs@example.org": titles(4),
        "ada@example.org": titles(1, 2),
        "tag@example.org": titles(1, 2, 4),
    }
    with (site / "papers" / "more.yaml").open("w", encoding="utf-8") as file:
        file.write("title: Another\n")
    (site.parent / "subscribers.yaml.journal").unlink()
    assert follow(people, 23, code=1) == {}


def test_what_the_site_does_not_have_is_a_warning(site: Path, digest: Run, serve_mail: Serve) -> None:
    (site.parent / "subscribers.yaml").write_text(
        "- {address: a@example.org, tags: [shelf, graphs], authors: [Ada Lovelac]}\n", "utf-8"
    )
    server = serve_mail()
    done = digest(*send_arguments(server, "subscribers.yaml"))
    assert done.returncode == 0
    assert "a@example.org follows the tag 'shelf', which the site does not have" in done.stderr
    assert "Did you mean 'ada-lovelace'?" in done.stderr
    assert server.got == {"a@example.org": 1}


def test_the_delivery_log_stores_each_set_of_papers_once(site: Path, follow: Follow) -> None:
    write_edition(site, 23, ["p1", "p2"])
    follow([{"address": f"r{number}@example.org"} for number in range(20)], 23)
    lines = (site.parent / "subscribers.yaml.journal").read_text("utf-8").splitlines()
    assert sum("papers" in json.loads(line) for line in lines) == 1
    assert len(lines) == 41


def test_a_name_of_several_people_is_a_warning(site: Path, follow: Follow, digest: Run, serve_mail: Serve) -> None:
    write_edition(site, 23, ["p1", "p3", "p4"])
    people: list[Person] = [
        {"address": "both@example.org", "authors": ["Wei Wang"]},
        {"address": "one@example.org", "authors": ["wei-wang-4"]},
        {"address": "ada@example.org", "authors": ["ada lovelace"]},
    ]
    assert follow(people, 23) == {"one@example.org": titles(4), "ada@example.org": titles(1)}
    wrong = digest("--file", "a.eml", "--author", "Wei Wang")
    assert wrong.returncode == 1
    assert "'Wei Wang' is the name of 10 people: wei-wang-10, wei-wang-11" in wrong.stderr
    (site.parent / "subscribers.yaml").write_text("- {address: a@example.org, authors: [Wei Wang]}\n", "utf-8")
    done = digest(*send_arguments(serve_mail(), "subscribers.yaml"))
    assert "a@example.org follows the author 'Wei Wang', who is the name of 10 people" in done.stderr
