"""`onrecord index`: what it takes a row for, and how it writes a new one."""

import pytest
from index_lists import END, HEAD, README, RECORD, begin_log, fixed


@pytest.fixture
def log(repo):
    """Write a log of two, and return a function that writes another record."""
    return begin_log(repo)


@pytest.mark.parametrize(
    "row",
    [
        "- [KEEP csv!](0001-record.md)",
        "- [ADR-1: Keep the CSV files](0001-record.md)",
        "- [2026-01-11 Keep CSV](0001-record.md)",
        "- [Record](0001-record.md)",
    ],
)
def test_a_title_in_the_list_is_the_teams_own(repo, run, row: str) -> None:
    repo.write("docs/adr/0001-record.md", RECORD.format(title="1. Keep CSV", status="Accepted", date="2026-01-11"))
    repo.write(README, f"{HEAD}{row}\n{END}")
    outcome = run("index")
    assert (outcome.code, outcome.out) == (0, "1 list of records up to date.\n")


def test_a_title_that_means_something_else_is_corrected_and_its_prefix_stays(repo, run, log) -> None:
    log(3, "Keep XML")
    rows = "- [2026-01-12: Keep JSON](0002-record.md)\n- [2026-01-31: Send mails](0003-record.md)\n"
    assert fixed(repo, run, rows)[-1] == "- [2026-01-31: Keep XML](0003-record.md)"


@pytest.mark.parametrize("title", ["Title of the Decision Record", "Keep CSV"])
def test_a_template_s_or_copied_title_takes_the_place_of_no_other(repo, run, log, title: str) -> None:
    log(3, title)
    rows = "- [Keep CSV](0001-record.md)\n- [Keep JSON](0002-record.md)\n- [Send mails](0003-record.md)\n"
    repo.write(README, HEAD + rows + END)
    assert run("index").code == 0


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("title", ["Title of the Decision Record", "Keep CSV", "{short title of solved problem}"])
def test_a_new_row_says_the_name_of_the_file_where_the_title_is_a_templates_or_copied(repo, run, title: str) -> None:
    repo.write("docs/adr/0003-send-mails.md", RECORD.format(title=title, status="Accepted", date="2026-01-13"))
    rows = "- [Keep CSV](0001-record.md)\n- [Keep JSON](0002-record.md)\n"
    assert fixed(repo, run, rows)[-1] == "- [Send mails](0003-send-mails.md)"


class TestDatedFolders:
    """Records are pages of folders whose names begin with a date, and so do the labels of their list."""

    OLD, MIDDLE, NEW = "2026-01-05-csv", "2026-02-07-keep-json", "2026-03-09_xml"

    @pytest.fixture(autouse=True)
    def folders(self, repo) -> None:
        for folder, title in ((self.OLD, "Keep CSV"), (self.MIDDLE, "Keep JSON"), (self.NEW, "Keep XML")):
            text = RECORD.format(title=title, status="Accepted", date="none").replace("Date: none\n\n", "")
            repo.write(f"docs/adr/{folder}/README.md", text)

    @pytest.mark.parametrize(
        ("label", "target"),
        [("{} {}", "{}/"), ("{} {}", "./{}"), ("{}: {}", "{}/README.md"), ("**{}** {}", "/docs/adr/{}/")],
    )
    @pytest.mark.parametrize("is_descending", [False, True])
    def test_a_new_row_is_dated_linked_and_placed_as_its_neighbors(
        self, repo, run, label, target, is_descending
    ) -> None:
        def row(folder: str, title: str) -> str:
            return f"- [{label.format(folder[:10], title)}]({target.format(folder)})"

        rows = [row(self.OLD, "Plain csv"), row(self.MIDDLE, "Keep JSON"), row(self.NEW, "Extensible XML")]
        rows = rows[::-1] if is_descending else rows
        assert fixed(repo, run, "\n".join((rows[0], rows[2])) + "\n") == rows

    def test_a_date_column_takes_the_date_of_the_name(self, repo, run) -> None:
        rows = f"| Date | Decision |\n|---|---|\n| 05.01.2026 | [Keep CSV]({self.OLD}) |\n"
        assert fixed(repo, run, rows)[3:] == [
            f"| 07.02.2026 | [Keep JSON]({self.MIDDLE}) |",
            f"| 09.03.2026 | [Keep XML]({self.NEW}) |",
        ]

    def test_a_row_without_a_known_date_has_none(self, repo, run) -> None:
        text = RECORD.format(title="Keep PDF", status="Accepted", date="none").replace("Date: none\n\n", "")
        repo.write("docs/adr/keep-pdf.md", text)
        rows = "".join(f"- [{name[:10]} Keep {name[11:]}]({name}/)\n" for name in (self.OLD, self.MIDDLE, self.NEW))
        assert fixed(repo, run, rows)[-1] == "- [Keep PDF](keep-pdf.md)"

    def test_a_few_rows_that_stand_elsewhere_do_not_undo_the_order(self, repo, run) -> None:
        names = [f"2026-04-{day:02}-record" for day in range(1, 16)]
        for name in names:
            repo.write(f"docs/adr/{name}/README.md", RECORD.format(title="Keep it", status="Accepted", date="none"))
        rows = [
            f"- [{name[:10]} {name[11:].capitalize()}]({name})" for name in (self.OLD, self.MIDDLE, self.NEW, *names)
        ]
        there = [rows[9], *rows[:6], *rows[7:9], *rows[10:]]
        assert fixed(repo, run, "\n".join(there) + "\n") == [*there[:7], rows[6], *there[7:]]

    def test_what_lies_beside_the_page_of_a_folder_is_no_entry(self, repo, run) -> None:
        repo.write(
            f"docs/adr/{self.OLD}/renaming.md", RECORD.format(title="Names", status="Accepted", date="2026-01-06")
        )
        rows = "".join(f"- [{name}]({name}/)\n" for name in (self.OLD, self.MIDDLE, self.NEW))
        repo.write(README, HEAD + rows + END)
        assert run("index").code == 0
