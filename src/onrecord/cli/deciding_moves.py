"""`accept`, `reject`, `deprecate`: a record gets another status, with the day and the people behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.settings import make_policy
from onrecord.check import ReadFile, check
from onrecord.cli.common import file_exists, iso_date, today
from onrecord.cli.deciding import Done, carry_out
from onrecord.cli.deciding_people import named_people, verify_somebody_decides, verify_whole_names
from onrecord.cli.deciding_ties import complete
from onrecord.cli.main import UsageFault
from onrecord.log.custom import has_dates, neighbors_of, usual_keys
from onrecord.record.draft_hash import is_untouched, without_notice
from onrecord.record.edit.day import write_date
from onrecord.record.edit.legal import why_not
from onrecord.record.edit.page import Refused
from onrecord.record.edit.people import add_people, missing
from onrecord.record.edit.reason import gives_reason, write_reason
from onrecord.record.edit.state import words_for, write_status
from onrecord.rules import Severity

if TYPE_CHECKING:
    import argparse

    from onrecord.cli.deciding import Desk
    from onrecord.record import DecisionRecord
    from onrecord.record.edit.page import Page
    from onrecord.record.model import StatusValue

_UNFILLED = "decision-missing,decision-empty,decision-placeholder,template-unfilled"
_LONGEST = 1_000  # characters of a reason


def settle(options: argparse.Namespace, to: StatusValue) -> int:
    """Give the named record this status; return the exit code."""
    day = iso_date("--date", options.date) if getattr(options, "date", None) else today(options)
    reason = _one_line(getattr(options, "because", None))

    def work(desk: Desk, records: list[DecisionRecord]) -> Done:
        try:
            return _settled(desk, records[0], to, day, options, reason)
        except Refused as error:
            raise Refused(f"{records[0].path}: {error}") from error

    return carry_out(options, [options.record], work)


def _one_line(text: str | None) -> str:
    line = " ".join((text or "").split())
    if len(line) > _LONGEST or not line.isprintable():
        raise UsageFault(f"--because: one line of at most {_LONGEST} characters is needed")
    return line


def _settled(
    desk: Desk, record: DecisionRecord, to: StatusValue, day: str, options: argparse.Namespace, reason: str
) -> Done:
    page = desk.open(record)
    by = named_people(getattr(options, "by", None) or (), page.vocabulary)
    old = page.draft().record
    verify_whole_names(by, old)
    if old.status and old.status.value == to:
        return _again(page, old, to, by, reason)
    if why := why_not(old, to):
        raise Refused(why)
    if to != "deprecated":
        verify_somebody_decides(old, by, "accepting" if to == "accepted" else "rejecting")
    if to == "accepted" and is_untouched(page.text):
        raise Refused(
            "it is a draft that a machine wrote, and nobody has worked on its text yet; read and edit it first"
        )
    page = _with_status(page, desk, record, to, day)
    notes: list[str] = []
    if to != "deprecated":
        page = _with_day(page, desk, record, day, options, notes)
        page = _with_people(page, desk, record, by)
    if reason:
        page = _with_reason(page, to, reason, notes)
    if to == "accepted":
        _verify_filled(page, desk, options)
        page = page.first_sound([without_notice(page.text)], (), lambda _: True) or page
    told = _told(page, old, to)
    if to != "accepted":
        return Done((page,), (told,), tuple(notes))
    more = complete(desk, record, page)
    return Done((page, *more.pages), (told, *more.lines), (*notes, *more.hints))


def _again(page: Page, old: DecisionRecord, to: StatusValue, by: list[str], reason: str) -> Done:
    """Return what a second time comes to: a reason that was not given yet is added, nobody is."""
    hints = []
    if names := missing(by, old):
        hints.append(
            f"{' and '.join(names)} was not added: it was decided without that name. Whoever took part in it is added to"
            " its deciders by hand."
        )
    if not reason:
        return Done((page,), (f"{page.path}: it is {to} already, so nothing changes",), tuple(hints))
    if gives_reason(page, f"{to.capitalize()} because"):
        return Done((page,), (f"{page.path}: it is {to} already, and says why, so nothing changes",), tuple(hints))
    after = _with_reason(page, to, reason, hints)
    line = f"{page.path}: it is {to} already{'; the reason was added' if after is not page else ', so nothing changes'}"
    return Done((after,), (line,), tuple(hints))


def _with_status(page: Page, desk: Desk, record: DecisionRecord, to: StatusValue, day: str) -> Page:
    after = write_status(page, to, words_for(to, record, neighbors_of(record, desk.log)), day)
    if after is None:
        seen = f"its status, “{record.status.text}”, says more than a word" if record.status else "its status is open"
        raise Refused(f"{seen}, and it is not certain how it would read; that line is quickly changed by hand")
    return after


def _with_day(
    page: Page, desk: Desk, record: DecisionRecord, day: str, options: argparse.Namespace, notes: list[str]
) -> Page:
    if page.record().date is None and not options.date and not has_dates(record, desk.log):
        notes.append("No date was written, as the other records here have none; --date writes one.")
        return page
    words = page.vocabulary
    usual = [key for key in usual_keys(record, "date", desk.log, desk.documents, words) if key.lower() != "date"]
    dated = write_date(page, day, next(iter(usual), "Date") if record.date_text is None else "Date")
    if dated is None:
        notes.append(f"The date stays as it is (“{page.record().date_text}”): it says more than a day.")
    return dated or page


def _with_people(page: Page, desk: Desk, record: DecisionRecord, by: list[str]) -> Page:
    names = missing(by, page.record())
    if not names:
        return page
    keys = usual_keys(record, "decision_makers", desk.log, desk.documents, page.vocabulary)
    after = add_people(page, names, keys)
    if after is None:
        raise Refused(f"there is no certain place for {' and '.join(names)} among its decision-makers")
    return after


def _with_reason(page: Page, to: StatusValue, reason: str, notes: list[str]) -> Page:
    after = write_reason(page, reason, f"{to.capitalize()} because")
    if after is None:
        notes.append("The reason was not written: this record has no place for it that would be read rightly.")
    return after or page


def _verify_filled(page: Page, desk: Desk, options: argparse.Namespace) -> None:
    """Refuse what would be accepted and says nothing yet."""
    policy = make_policy(desk.root, desk.config, _UNFILLED)
    files = [ReadFile(page.document(), page.record())]
    report = check(files, policy, today(options), file_exists(desk.root))
    loud = [one for one in report.findings if one.severity >= Severity.WARNING]
    if loud:
        raise Refused(f"{loud[0].message} ({loud[0].rule}). {loud[0].help}")


def _told(page: Page, old: DecisionRecord, to: StatusValue) -> str:
    new = page.record()
    was = f" (was {old.status.value})" if old.status else ""
    if to == "deprecated":
        return f"{page.path}: deprecated{was}"
    on = f" on {new.date}" if new.date else ""
    who = f" by {', '.join(new.decision_makers)}" if new.decision_makers else ""
    return f"{page.path}: {to}{on}{who}{was}"
