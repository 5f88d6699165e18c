"""Recompute every number of a coverage report from the ids in it: `python bench/recompute.py coverage.json`, or from a pipe.

Nothing of onrecord is used. Prints each number that differs, with what the report says and what comes out, and exits with 1;
with 2 when what it was given is no report that `onrecord coverage --output-format json` wrote.
"""

import json
import sys
from collections import Counter
from pathlib import Path

Z = 1.959963984540054


def share(part, of):
    """Return k, n, share and Wilson's interval with the ids, as the report has them."""
    k, n, found = len(part), len(of), {"ids": part, "of": of, "share": None, "interval": None}
    if n:
        p, s = k / n, Z * Z / n
        middle, half = (p + s / 2) / (1 + s), Z * (p * (1 - p) / n + s / n / 4) ** 0.5 / (1 + s)
        found["interval"] = {"low": round(max(0, middle - half), 4), "high": round(min(1, middle + half), 4)}
        found["share"] = round(k / n, 4)
    return {"k": k, "n": n} | found


def pulls(told):
    """Recompute the first number."""
    left = [p for p in told["merged"] if not p["excluded"]]
    asked, open_ = ([p for p in left if p["asked_by"] and p["state"] != state] for state in ("", "waived"))
    hinted = [p for p in left if not p["asked_by"] and p["score"] >= 2]
    wide = [p for p in left if (p["asked_by"] or p in hinted) and p["state"] != "waived"]
    ids = lambda some, *states: [p["number"] for p in some if not states or p["state"] in states]  # noqa: E731
    holds = lambda p, test: p["state"] == "covered" and any(not x["lacks"] and test(x) for x in p["links"])  # noqa: E731
    by = {(r, p["number"]): 0 for p in asked if p["state"] == "covered" for r in {x["record"] for x in p["links"] if x["record"] and not x["lacks"]}}  # fmt: skip
    sources = Counter(p["owner_source"] for p in asked if p["state"] == "covered")
    return {
        "excluded": {
            r: [p["number"] for p in told["merged"] if p["excluded"] == r]
            for r in {p["excluded"] for p in told["merged"]} - {""}
        },
        "asked": ids(asked),
        "hinted": ids(hinted),
        "states": {state: ids(asked, state) for state in told["states"]},
        "in_records": ids([p for p in asked if holds(p, lambda x: x["record"])]),
        "decision_coverage": share(ids(open_, "covered"), ids(open_)),
        "as_merged": share(ids([p for p in open_ if holds(p, lambda x: not x["is_late"])]), ids(open_)),
        "answered": share(ids(asked, "covered", "waived"), ids(asked)),
        "waiver_rate": share(ids(asked, "waived"), ids(asked)),
        "wide": share(ids(wide, "covered"), ids(wide)),
        "by_area": {
            a: share(ids([p for p in open_ if a in p["areas"]], "covered"), ids([p for p in open_ if a in p["areas"]]))
            for a in {a for p in open_ for a in p["areas"]}
        },
        "fan_out": {r: [n for x, n in by if x == r] for r, _ in by},
        "owner_sources": {source: sources[source] for source in ("explicit", "approver", "author")},
    }


def areas(told):
    """Recompute the second number."""
    files = told["sources"]
    hot = [s for s in sorted(files, key=lambda s: (-s["commits"], s["path"]))[: -(-len(files) // 10)] if s["commits"]]
    weigh = lambda some, by: {"k": sum(by(s) for s in some if s["records"]), "n": sum(map(by, some))}  # noqa: E731
    commits = lambda s: s["commits"]  # noqa: E731
    inside = {a: [s for s in files if a in s["areas"]] for a in {a for s in files for a in s["areas"]}}
    named = [{"name": a, "files": len(x), "commits": weigh(x, commits)["n"], "governed": weigh(x, commits)["k"]} for a, x in inside.items()]  # fmt: skip
    both = {tuple(s["records"]): [] for s in files if len(s["records"]) > 1}
    return {
        "files": weigh(files, bool),
        "lines": weigh(files, lambda s: s["lines"]),
        "commits": weigh(files, commits),
        "hot": weigh(hot, commits) | {"files": [s["path"] for s in hot]},
        "by_area": sorted(named, key=lambda a: (-a["commits"], a["name"])),
        "exempt": {kind: len(paths) for kind, paths in told["exempt_files"].items()},
        "repository_wide": [one | {"files": len(one["paths"])} for one in told["repository_wide"]],
        "overlaps": [
            {"records": list(r), "files": [s["path"] for s in files if tuple(s["records"]) == r]} for r in both
        ],
    }


def records(told):
    """Recompute the third number."""
    active, seven = told["active"], ("decision", "alternatives", "owner", "context", "consequences", "status", "date")
    having = lambda fields, test=bool: share([r["id"] for r in active if set(fields) <= set(r["has"]) and test(r)], [r["id"] for r in active])  # noqa: E731  # fmt: skip
    owners, parts = Counter(r["owner"] for r in active), [len(set(seven) & set(r["has"])) for r in active]
    return {
        "valid": having((), lambda r: r["valid"]),
        "minimal": having(seven[:3]),
        "minimal_with_decider": having(seven[:3], lambda r: r["owner"] == "decider"),
        "full": having((*seven, "review_by")),
        "fields": {f: {"k": having((f,))["k"], "n": len(active)} for f in (*seven, "review_by")},
        "mean_of_fields": {"mean": round(sum(parts) / len(parts), 4) if parts else None, "of": len(seven)},
        "owners": {name: owners[name] for name in ("decider", "author", "committed", "nobody")},
    }


def differences(report):
    """Return (name, told, recomputed) of what is not the same."""
    found = [
        (f"{part} {name}", report[part][name], value)
        for part, again in (("pull_requests", pulls), ("areas", areas), ("records", records))
        for name, value in again(report[part]).items()
        if report[part][name] != value
    ]
    for one in report["trend"]:
        for name in ("coverage", "answered"):
            value = share(one[name]["ids"], one[name]["of"])
            found += [(f"trend {one['day']} {name}", one[name], value)] if value != one[name] else []
    return found


def read(names):
    """Return the report in the one file that is named, else in standard input; ends the run where there is none."""
    try:
        if len(names) > 1:
            raise ValueError("one report at a time")
        text = Path(names[0]).read_text("utf-8-sig") if names and names[0] != "-" else sys.stdin.read()
        report = json.loads(text)
        if not isinstance(report, dict) or any(part not in report for part in ("pull_requests", "areas", "records")):
            raise ValueError("this is no coverage report; “onrecord coverage --output-format json” writes one")
        if "repositories" in report:
            raise ValueError("this is a combined report; it holds no ids, and each of its reports can be recomputed")
    except (OSError, ValueError) as error:
        said = (
            "this is not JSON" if isinstance(error, json.JSONDecodeError) else getattr(error, "strerror", "") or error
        )
        print(f"recompute: {names[0] if names else 'standard input'}: {said}", file=sys.stderr)
        sys.exit(2)
    return report


if __name__ == "__main__":
    different = differences(read(sys.argv[1:]))
    for name, told, value in different:
        print(f"DIFFERENT {name}\n  told       {json.dumps(told)[:300]}\n  recomputed {json.dumps(value)[:300]}")
    print("" if different else "every number comes out of its ids again")
    sys.exit(bool(different))
