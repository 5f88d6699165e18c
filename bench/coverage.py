"""Recompute every number of a coverage report from the ids in it: `onrecord coverage --output-format json | python bench/coverage.py`."""

import json
import sys
from math import sqrt


def wilson(k: int, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    p, s = k / n, z * z / n
    center, half = (p + s / 2) / (1 + s), z * sqrt(p * (1 - p) / n + s / (4 * n)) / (1 + s)
    return max(0.0, center - half), min(1.0, center + half)


def same(told: dict, part: list, of: list) -> bool:
    low, high = wilson(len(part), len(of)) if of else (None, None)
    share = told["interval"] and (round(low, 4), round(high, 4)) == (told["interval"]["low"], told["interval"]["high"])
    return (
        told["ids"] == part
        and told["of"] == of
        and (told["k"], told["n"]) == (len(part), len(of))
        and bool(of) == bool(share)
    )


def check(report: dict) -> dict[str, bool]:
    pulls, areas, log = report["pull_requests"], report["areas"], report["records"]
    left = [p for p in pulls["merged"] if not p["excluded"]]
    asked, hinted = [p for p in left if p["asked_by"]], [p for p in left if not p["asked_by"] and p["score"] >= 2]
    both = [p for p in left if p in asked or p in hinted]
    of = lambda some, *states: [p["number"] for p in some if not states or p["state"] in states]  # noqa: E731
    open_, wide = ([p for p in some if p["state"] != "waived"] for some in (asked, both))
    timely = [
        p for p in open_ if p["state"] == "covered" and any(not x["lacks"] and not x["is_late"] for x in p["links"])
    ]
    weigh = lambda some, governed: sum(s["commits"] for s in some if s["records"] or not governed)  # noqa: E731
    sources, active = areas["sources"], log["active"]
    hot = [
        s for s in sorted(sources, key=lambda s: (-s["commits"], s["path"]))[: -(-len(sources) // 10)] if s["commits"]
    ]
    ids, minimal = [r["id"] for r in active], {"decision", "alternatives", "owner"}
    having = lambda fields: [r["id"] for r in active if set(fields) <= set(r["has"])]  # noqa: E731
    return {
        "asked": pulls["asked"] == of(asked) and pulls["hinted"] == of(hinted),
        "decision coverage": same(pulls["decision_coverage"], of(open_, "covered"), of(open_)),
        "as merged": same(pulls["as_merged"], of(timely), of(open_)),
        "answered": same(pulls["answered"], of(asked, "covered", "waived"), of(asked)),
        "waiver rate": same(pulls["waiver_rate"], of(asked, "waived"), of(asked)),
        "wide": same(pulls["wide"], of(wide, "covered"), of(wide)),
        "by area": all(
            same(
                pulls["by_area"][a],
                of([p for p in open_ if a in p["areas"]], "covered"),
                of([p for p in open_ if a in p["areas"]]),
            )
            for a in {a for p in open_ for a in p["areas"]}
        ),
        "areas": areas["commits"] == {"k": weigh(sources, True), "n": weigh(sources, False)},
        "hot": (areas["hot"]["k"], areas["hot"]["n"]) == (weigh(hot, True), weigh(hot, False)),
        "valid": same(log["valid"], [r["id"] for r in active if r["valid"]], ids),
        "minimal": same(log["minimal"], having(minimal), ids),
        "full": same(log["full"], having(log["fields"]), ids),
        "fields": all(log["fields"][f] == {"k": len(having([f])), "n": len(ids)} for f in log["fields"]),
    }


if __name__ == "__main__":
    found = check(json.load(sys.stdin))
    print("\n".join(f"{'same' if holds else 'DIFFERENT':10}{name}" for name, holds in found.items()))
    sys.exit(not all(found.values()))
