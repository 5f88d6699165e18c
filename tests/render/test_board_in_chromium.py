"""The board in a real browser: nothing refused, nothing too wide, filters, dark, paper, contrast and names of controls."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from boards import board

from onrecord.render.board import render_board

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not (BROWSER and DRIVER), reason="chromium or chromedriver is not installed"),
]
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CONTRAST = """
const parts = (color) => color.match(/[\\d.]+/g).map(Number);
const light = (color) => {
  const [r, g, b] = parts(color).map((p) => p / 255).map((p) => p <= 0.04045 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if (parts(color)[3] !== 0) return color;
  }
  return 'rgb(255, 255, 255)';
};
const tile = (node) => node.tagName === 'text' && node.closest('.map') ? getComputedStyle(node.parentNode.querySelector('rect')).fill
  : node.tagName === 'text' && node.closest('a') ? getComputedStyle(node.parentNode.querySelector('rect')).fill : null;
const found = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const node = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || ['SCRIPT', 'TITLE', 'NOSCRIPT'].includes(node.tagName.toUpperCase())) continue;
  if (!node.getClientRects().length || node.closest('.quiet')) continue;
  const style = getComputedStyle(node);
  const isSvg = node instanceof SVGElement;
  const [one, two] = [light(isSvg ? style.fill : style.color), light(tile(node) || behind(node))].sort((a, b) => b - a);
  const ratio = (one + 0.05) / (two + 0.05);
  if (ratio < 4.5) found.push([walk.currentNode.data.trim(), ratio]);
}
return found;
"""
NAMELESS = """
const words = (node) => (node.getAttribute('aria-label') || node.textContent
  || [...(node.labels || [])].map((one) => one.textContent).join('')).trim();
return [...document.querySelectorAll('a, button, input, select, summary, [role=img], [role=region]')]
  .filter((node) => !words(node) && !(node.labels && node.labels.length)).map((node) => node.outerHTML);
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Any:
    """Return a function that opens a board, and look at the console once the test is through."""

    def opened(**more: Any) -> Any:
        file = tmp_path / "board.html"
        file.write_text(render_board(board(**more)), "utf-8")
        look(browser, 1280)
        browser.get(file.as_uri())
        return browser

    yield opened
    assert browser.get_log("browser") == []


def look(browser: Any, width: int, scheme: str = "light") -> None:
    metrics = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def rows_of(browser: Any, kind: str) -> list[str]:
    return list(browser.execute_script(f"return [...document.querySelectorAll('{kind} tbody tr')].filter((row) => row.offsetParent).map((row) => row.innerText)"))  # fmt: skip


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("words", ["", "Averyveryverylongnamewithoutanyspaceinit" * 6])
def test_nothing_is_wider_than_the_page(show: Any, width: int, words: str) -> None:
    page = show(words=words)
    look(page, width)
    page.execute_script("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read(show: Any, scheme: str) -> None:
    page = show()
    look(page, 1280, scheme)
    page.execute_script("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.execute_script(CONTRAST) == []
    paper = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(20, 21, 23)") == (scheme == "dark")


def test_every_control_has_a_name(show: Any) -> None:
    page = show()
    assert page.execute_script(NAMELESS) == []
    assert page.execute_script("return document.querySelectorAll('button.copy').length") > 10


def test_the_log_is_searched_as_one_types(show: Any) -> None:
    page = show(records=40)
    assert len(rows_of(page, ".log")) == 12
    page.find_element("css selector", "#log [name=words]").send_keys("calls 33")
    output = page.find_element("css selector", "#log output")
    wait(lambda: output.text == "1 of 40 records")
    assert "calls 33" in rows_of(page, ".log")[0]
    page.execute_script(
        "const s = document.querySelector('#log [name=is]'); s.value = 'accepted'; s.dispatchEvent(new Event('input', {bubbles: true}));"
    )
    wait(lambda: output.text == "0 of 40 records")
    page.execute_script(
        "document.querySelector('#log .filter').reset(); document.querySelector('#log [name=is]').dispatchEvent(new Event('input', {bubbles: true}));"
    )
    wait(lambda: output.text == "")
    page.execute_script("document.querySelector('#log .more').click()")
    assert len(rows_of(page, ".log")) == 40


def wait(holds: Any) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(None, 5, 0.05).until(lambda _driver: holds())


def test_a_link_opens_what_is_folded_away(show: Any) -> None:
    page = show(count=400, records=300)
    page.execute_script("location.hash = '#record-2'")
    wait(lambda: page.execute_script("return document.getElementById('record-2')?.offsetParent !== null"))
    page.execute_script("location.hash = '#list-2'")
    wait(lambda: page.execute_script("return document.getElementById('list-2').open"))


def test_rows_that_waited_are_links_as_well(show: Any) -> None:
    page = show(count=300)
    page.execute_script(
        "document.querySelector('.ledger').open = true; document.querySelector('.ledger .more').click()"
    )
    links = "return [...document.querySelectorAll('.pulls td:first-child a')].map((one) => one.href)"
    assert page.execute_script(links) == [f"https://github.com/shop/calls/pull/{n}" for n in range(300, 0, -1)]


def test_keys_alone_lead_through_it(show: Any) -> None:
    page = show()
    active = page.switch_to.active_element
    active.send_keys("\ue004")
    assert page.switch_to.active_element.get_attribute("href").endswith("#next")
    style = (
        "const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth) >= 2]"
    )
    assert page.execute_script(style) == ["solid", True]


def test_on_paper_everything_is_there(show: Any) -> None:
    page = show(count=100, records=40)
    page.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert len(rows_of(page, ".log")) == 40
    assert page.execute_script("return document.querySelectorAll('details:not(.ledger):not([open])').length") == 0
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert page.execute_script("return [...document.querySelectorAll('nav, button, form')].filter((one) => one.offsetParent).length") == 0  # fmt: skip
    assert page.execute_script("return getComputedStyle(document.body).color") == "rgb(29, 29, 27)"
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_without_a_script_the_lists_can_be_read(show: Any, browser: Any) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = show(records=40)
        assert len(page.find_elements("css selector", ".log tbody tr")) == 40
        assert page.find_element("css selector", ".log tbody tr:last-child").is_displayed()
        assert not page.find_element("css selector", "#log .filter").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_five_thousand_open_in_a_second(show: Any) -> None:
    times = []
    page = show(count=5_000, records=300)
    for _ in range(5):
        page.refresh()
        wait(lambda: page.execute_script("return performance.timing.loadEventEnd") > 0)
        times.append(page.execute_script("return performance.timing.loadEventEnd - performance.timing.navigationStart"))
    assert min(times) < 1_000, times  # the others tell how busy the machine is
