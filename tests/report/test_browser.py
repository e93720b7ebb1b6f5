# SPDX-License-Identifier: EUPL-1.2
"""The pages in a real browser: quiet, fitting, operable by anyone, harmless.

Skipped where no browser is installed; an error there when `GENK_ARMOEDE_BROWSER` is `required`, as in CI.
"""

import base64
import csv
import io
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import hostile
import openpyxl
import pytest
from conftest import ROOT
from hostile import HOSTILE, seen

from genk_armoede.report import browser, pages, serving

THEMES = sorted(path.stem for path in ROOT.glob("notebooks/*.ipynb") if path.stem[:2] != "00")
PAGES = ["index", *THEMES, "bronnen"]
WHOLE = Path(pages.WHOLE).stem  # the whole report in one file
CHARTED = [name for name in THEMES if list(ROOT.glob(f"figures/{name[:2]}_*.svg"))]
CITIES = next(name for name in THEMES if list(ROOT.glob(f"figures/{name[:2]}_graad.svg")))  # lines of 13 cities
INVENTED = ["hostile/index", "hostile/99_verzonnen", "hostile/bronnen"]
# Between them these have every kind of element, so that style and script, the same on all pages, meet each of them.
SOME_THEMES = ["01_menswaardig_inkomen", "02_activering", "06_kinderrechten"]
SOME = ["index", *SOME_THEMES, "bronnen"]
PRINTED = [WHOLE, SOME_THEMES[-1]]
WIDTHS = (320, 360, 768, 1440)  # 320: a screen of 1280 at 400%
MINUTE = 60_000  # milliseconds: only to end what hangs
SCHEMES = ("light", "dark")


@pytest.fixture(scope="session")
def report(printed, once) -> Path:
    """A folder with the pages, and in `hostile/` those of an invented report in which every text is hostile."""

    def make(folder: Path) -> None:
        (folder / "hostile").mkdir()
        for name, page in hostile.report(folder / "tables").items():
            (folder / "hostile" / name).write_text(page, encoding="utf-8")
        for path in printed.glob("*.html"):
            (folder / path.name).write_bytes(path.read_bytes())

    return once("report", make)


class Reader:
    """A page in the browser that writes down what should not happen: errors, requests, dialogs."""

    def __init__(self, context, folder: Path) -> None:
        self.page, self.folder, self.faults = context.new_page(), folder, []
        self.page.set_default_timeout(MINUTE)
        self.page.on(
            "console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked(request.url))

    def asked(self, url: str) -> None:
        if not url.startswith(("data:", f"{self.folder.as_uri()}/")) or not url.partition("#")[0].endswith(".html"):
            self.faults += [] if url.startswith("data:") else [f"request {url[:80]}"]

    def open(self, name: str):
        self.faults.clear()
        self.page.goto(f"{(self.folder / name).as_uri()}.html")
        return self.page


@pytest.fixture(scope="session")
def contexts(chromium, report) -> Iterator:
    """Readers by how they read: one page each, used again by every test."""
    made: dict[str, Reader] = {}
    kinds = {
        "mouse": {"viewport": {"width": 1280, "height": 900}, "accept_downloads": True},
        "touch": {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True},
        "plain": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
    }

    def reader(kind: str) -> Reader:
        if kind not in made:
            made[kind] = Reader(chromium.new_context(reduced_motion="reduce", **kinds[kind]), report)
        return made[kind]

    return reader


@pytest.fixture
def reader(contexts) -> Iterator[Reader]:
    """Somebody at a screen of 1280 with mouse and keyboard; nothing may have gone wrong afterwards."""
    one = contexts("mouse")
    one.page.set_viewport_size({"width": 1280, "height": 900})
    one.page.emulate_media(color_scheme="light", media="screen")
    one.faults.clear()
    yield one
    assert one.faults == []


def until(page, holds: Callable[[], bool]) -> None:
    """Wait for what the browser does on its own time."""
    end = time.monotonic() + MINUTE / 1000
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        page.wait_for_timeout(20)


OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


# --- figures in a notebook ---


def test_a_figure_in_a_notebook_tells_its_source_by_mouse_and_by_keyboard(reader):
    """Without a script: by its title, and behind it when it has the focus."""
    notebook = json.loads((ROOT / f"notebooks/{THEMES[0]}.ipynb").read_text(encoding="utf-8"))
    outputs = [output["data"] for cell in notebook["cells"] for output in cell.get("outputs", ())]
    markup = "".join(next(data["text/html"] for data in outputs if "text/html" in data))
    assert "<script" not in markup
    reader.page.set_content(f"<main>{markup}</main>")
    reader.page.keyboard.press("Tab")
    told = reader.page.evaluate("getComputedStyle(document.activeElement, '::after').content")
    title = reader.page.evaluate("document.activeElement.title")
    assert ", cel " in title or " cellen; " in title
    assert title in told


# --- quiet and fitting ---


@pytest.mark.parametrize("name", [*PAGES, WHOLE, *INVENTED])
def test_a_page_is_quiet_and_never_wider_than_the_screen(reader, name):
    page = reader.open(name)
    for scheme, unfold, widths in ((SCHEMES[0], "0", WIDTHS[:1]), (SCHEMES[1], OPEN, WIDTHS)):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(unfold)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide[0] <= wide[1], f"{name} at {width} px, {scheme}"


def test_a_fault_would_be_seen(contexts):
    one = contexts("mouse")
    page = one.open("index")
    page.evaluate("document.body.style.width = '2000px'")
    assert page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.evaluate("console.error('invented')")
    page.evaluate("setTimeout(() => { throw new Error('mishap'); })")
    page.evaluate("document.body.append(Object.assign(new Image(), { src: 'https://example.org/invented.png' }))")
    for words in ("invented", "mishap", "Content Security Policy"):
        until(page, lambda words=words: any(words in fault for fault in one.faults))
    one.faults.clear()


def test_a_handler_or_script_that_slips_in_does_not_run(contexts):
    one = contexts("mouse")
    page = one.open("index")
    page.evaluate(
        """() => {
          const where = document.querySelector("main");
          where.insertAdjacentHTML("beforeend", '<button id="in" onclick="window.ran = 1">x</button>');
          where.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.ran = 2">');
          where.insertAdjacentHTML("beforeend", '<a id="link" href="javascript:window.ran=3">x</a>');
          where.append(Object.assign(document.createElement("script"), { textContent: "window.ran = 4" }));
        }"""
    )
    page.click("#in")
    page.click("#link")
    until(page, lambda: len([fault for fault in one.faults if "Content Security Policy" in fault]) >= 3)
    assert page.evaluate("window.ran") is None
    one.faults.clear()


# --- for anyone ---


def test_some_pages_have_every_kind_of_element(made):
    """When a page brings a kind that they lack, it belongs in `SOME`."""
    kinds = {
        name: set(re.findall(r'<([a-z]\w*)(?: [^>]*?class="([^"]*)")?', page))
        for name, page in made.items()
        if name != pages.WHOLE
    }
    assert set().union(*kinds.values()) == set().union(*(kinds[f"{name}.html"] for name in SOME))


@pytest.mark.parametrize("name", [*SOME, INVENTED[1]])
def test_axe_finds_nothing(reader, name):
    from axe_playwright_python.sync_playwright import Axe

    page = reader.open(name)
    page.evaluate(OPEN)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        if figure := page.query_selector("main a.figure"):
            figure.scroll_into_view_if_needed()
            figure.click()
        page.evaluate("document.activeElement.blur()")
        rules = {} if scheme == SCHEMES[0] else {"runOnly": ["color-contrast"]}  # all that a scheme changes
        found = Axe().run(page, options={"resultTypes": ["violations"], **rules})
        assert found.response["violations"] == [], found.generate_report()


WALK = """() => {
  window.walked = [];
  document.addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target), box = target.getBoundingClientRect();
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0
      && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    walked.push([target.outerHTML.slice(0, 60), seen, reachable.indexOf(target)]);
  });
  window.reachable = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter((one) => one.checkVisibility() && one.tabIndex >= 0);
  return reachable.length;
}"""


@pytest.mark.parametrize("name", SOME)
def test_the_keyboard_reaches_every_control_in_order_and_shows_where_it_is(reader, name):
    page = reader.open(name)
    count = page.evaluate(WALK)
    for _ in range(count):
        page.keyboard.press("Tab")
    walked = page.evaluate("walked")
    assert [place for _, _, place in walked] == list(range(count))
    assert [element for element, shows, _ in walked if not shows] == []


@pytest.mark.parametrize("name", ["index", *THEMES])
def test_a_page_has_few_stops_for_the_keyboard_before_anything_is_opened(reader, name):
    assert reader.open(name).evaluate(WALK) <= 60


def tree(page) -> list[dict]:
    """What a screen reader is told: role, name and level, in reading order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = []
    for node in nodes:
        properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        told.append(
            {"role": node.get("role", {}).get("value"), "name": node.get("name", {}).get("value", "")} | properties
        )
        told[-1]["ignored"] = node["ignored"]
    return [one for one in told if not one["ignored"]]


@pytest.mark.parametrize("name", SOME)
def test_what_is_read_aloud_makes_sense(reader, name):
    page = reader.open(name)
    page.evaluate(OPEN.replace("details", "details:not(.source)"))
    told = tree(page)
    by = {role: [one["name"] for one in told if one["role"] == role] for role in {one["role"] for one in told}}
    assert by["RootWebArea"][0] and len(by["main"]) == len(by["banner"]) == len(by["contentinfo"]) == 1
    assert all(by["navigation"]) and len(set(by["navigation"])) == len(by["navigation"])
    assert by["searchbox"] == ["Zoek in alle pagina's"]
    for role in ("link", "button", "image", "table", "heading", "DisclosureTriangle", "columnheader", "rowheader"):
        assert all(text.strip() for text in by.get(role, [])), f"a {role} without a name"
    assert not any(re.search(r"[\[\]←→▸]|\.html|undefined|null", text) for text in by["link"] + by.get("button", []))
    assert all(50 < len(text) <= 250 for text in by.get("image", []))
    levels = [one["level"] for one in told if one["role"] == "heading"]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    read = " ".join(one["name"] for one in told if one["role"] == "StaticText")
    assert not re.search(r"\[\d+\]", read)


LETTERS = """(texts) => texts.map((text) => [
  text.textContent,
  parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getScreenCTM().a,
])"""


@pytest.mark.parametrize("name", ["index", *CHARTED])
def test_letters_in_pictures_can_be_read_on_a_phone(reader, name):
    page = reader.open(name)
    page.set_viewport_size({"width": 360, "height": 900})
    page.locator("details").evaluate_all("(folded) => folded.forEach((one) => { one.open = true; })")
    found = page.locator(".drawing text").evaluate_all(LETTERS)
    assert found and [one for one in found if one[1] < (11 if name != "index" else 10)] == []


@pytest.mark.parametrize("name", THEMES)
def test_a_list_of_figures_shows_each_of_them_on_a_phone(reader, name):
    page = reader.open(name)
    page.set_viewport_size({"width": 360, "height": 900})
    right = "(links) => links.map((one) => one.getBoundingClientRect().right)"
    assert all(edge <= 360 for edge in page.locator(".listed .figure").evaluate_all(right))
    roles = [one["role"] for one in tree(page)]
    assert roles.count("table") == page.locator("main table:visible").count()
    assert roles.count("columnheader") == page.locator("main table:visible th[scope=col]").count()


@pytest.mark.parametrize("name", ["index", *THEMES])
def test_a_table_is_no_wider_than_the_text_on_a_wide_screen(reader, name):
    page = reader.open(name)
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    wide = """() => [...document.querySelectorAll("main .wide")]
      .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.trim().slice(0, 60))"""
    assert page.evaluate(wide) == []


def test_words_in_the_head_of_a_table_are_not_broken_on_a_wide_screen(reader):
    page = reader.open(THEMES[-1])
    heads = page.locator("main .wide:not(figure *) thead th")
    assert heads.count() > 10 and heads.evaluate_all("(all) => all.filter((one) => one.offsetHeight > 50).length") == 0


@pytest.mark.parametrize("name", CHARTED[::2])
def test_key_and_source_of_a_chart_begin_where_the_text_begins(contexts, name):
    page = contexts("touch").open(name)
    lefts = """() => [...document.querySelectorAll("main figure :is(.key, figcaption)")]
      .map((one) => Math.round(one.getBoundingClientRect().left))"""
    text = page.locator(".message").bounding_box()["x"]
    assert set(page.evaluate(lefts)) == {round(text)}


def test_contents_stand_beside_the_text_on_a_wide_screen_and_under_the_lead_on_a_phone(reader, contexts):
    page = reader.open(SOME_THEMES[0])
    contents, heading = (page.locator(one).first.bounding_box() for one in (".contents", "main > h2"))
    assert contents["x"] > heading["x"] + heading["width"] and page.locator(".contents details").evaluate(
        "(one) => one.open"
    )
    page.mouse.wheel(0, 3000)
    until(page, lambda: page.evaluate("scrollY") > 1000)
    assert 0 <= page.locator(".contents").bounding_box()["y"] < 100  # it stays in sight
    phone = contexts("touch").open(SOME_THEMES[0])
    tops = [phone.locator(one).first.bounding_box()["y"] for one in ("main > figure", ".contents", "main > h2")]
    assert tops == sorted(tops) and not phone.locator(".contents details").evaluate("(one) => one.open")


def test_a_card_ends_where_its_text_ends(reader):
    page = reader.open("index")
    empty = """() => [...document.querySelectorAll(".card")].map((card) =>
      Math.round(card.getBoundingClientRect().bottom - card.lastElementChild.getBoundingClientRect().bottom))"""
    assert max(page.evaluate(empty)) < 30
    lefts = page.locator(".card").evaluate_all(
        "(all) => all.map((one) => Math.round(one.getBoundingClientRect().left))"
    )
    assert len(set(lefts)) == 2


def test_dates_stay_on_one_line(contexts):
    page = contexts("touch").open("index")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.locator("figcaption .date").count() > 1
    broken = "(all) => all.filter((one) => one.getClientRects().length > 1).map((one) => one.textContent)"
    assert page.locator("figcaption .date").evaluate_all(broken) == []
    page.set_viewport_size({"width": 390, "height": 800})


def test_a_head_that_is_the_same_as_above_stands_once_on_a_phone(contexts):
    page = contexts("touch").open("03_wonen")
    heads = page.locator(".listed .again th")
    assert heads.count() > 3
    assert heads.evaluate_all("(all) => all.filter((one) => one.getBoundingClientRect().right > 0).length") == 0
    started = "(all) => all.map((one) => getComputedStyle(one, '::before').content).filter((one) => /·/.test(one))"
    assert page.locator(".listed td").evaluate_all(started) == []  # no line begins with the dot between two words


def test_nothing_moves_for_who_wants_no_motion(reader):
    page = reader.open(THEMES[-1])
    moving = "[getComputedStyle(document.documentElement).scrollBehavior, document.getAnimations().length]"
    assert page.evaluate(moving) == ["auto", 0]
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) == ["smooth", 0]
    page.emulate_media(reduced_motion="reduce")


# --- the note of a figure ---


@pytest.fixture(params=SOME_THEMES)
def theme(request) -> str:
    return request.param


def opened(page):
    note = page.locator("#noot:popover-open")
    note.wait_for()
    return note


def gone(page) -> None:
    page.locator("#noot:popover-open").wait_for(state="hidden")


def shown_note(page, link) -> str:
    """The words of the open note; they begin with those of the note that the link leads to."""
    words = opened(page).text_content()
    assert words.startswith(page.inner_text(link.get_attribute("href")).strip().split("\n")[0][:40])
    assert "Bestand " in words and re.search(r"\bcel [A-Z]+\d+", words)
    return words


def test_a_note_opens_by_mouse_and_closes(reader, theme):
    page = reader.open(theme)
    link = page.locator("main a.figure:visible").first
    link.hover()
    shown_note(page, link)
    page.mouse.move(1, 1)
    gone(page)
    link.click()
    shown_note(page, link)
    box, edge = page.locator("#noot").bounding_box(), page.viewport_size
    assert box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= edge["width"] and box["y"] + box["height"] <= edge["height"]
    page.mouse.click(2, 2)
    gone(page)


def test_a_note_opens_by_keyboard_and_gives_the_focus_back(reader, theme):
    page = reader.open(theme)
    link = page.locator("main a.figure:visible").first
    link.focus()
    page.keyboard.press("Enter")
    shown_note(page, link)
    assert page.evaluate("document.activeElement.id") == "noot"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#noot a')")
    page.keyboard.press("Escape")
    gone(page)
    assert link.evaluate("(one) => one === document.activeElement")


def test_a_note_opens_by_touch_within_the_screen(contexts, theme):
    one = contexts("touch")
    page = one.open(theme)
    link = page.locator("main a.figure:visible").first
    link.tap()
    shown_note(page, link)
    box, edge = page.locator("#noot").bounding_box(), page.viewport_size
    assert box["width"] == edge["width"] and abs(box["y"] + box["height"] - edge["height"]) <= 1
    page.touchscreen.tap(200, 20)
    gone(page)
    assert one.faults == []


@pytest.mark.parametrize("name", [*SOME_THEMES, INVENTED[1]])
def test_every_figure_opens_its_own_note(reader, name):
    page = reader.open(name)
    page.evaluate(OPEN)
    wrong = page.evaluate(
        """() => [...document.querySelectorAll("a.figure")].filter((link) => {
          link.click();
          const own = document.querySelector(link.getAttribute("href"));
          const from = own.closest(".from").querySelector("p");
          const shown = document.querySelector("#noot:popover-open")?.textContent ?? "";
          return !shown.startsWith(own.textContent) || !shown.includes(from.textContent);
        }).map((link) => link.textContent)"""
    )
    assert wrong == []


def test_from_the_note_a_link_leads_to_its_place_in_the_list(reader, theme):
    page = reader.open(theme)
    link = page.locator("main a.figure:visible").first
    link.click()
    page.click("#noot >> text=Naar de noot")
    gone(page)
    assert page.evaluate("document.querySelector(':target').id") == link.get_attribute("href")[1:]
    assert page.locator(":target").is_visible()


# --- search, code, pictures ---


@pytest.mark.parametrize("name", ["index", THEMES[0], "bronnen"])  # all pages have the same script and index
def test_search_finds_a_section_of_another_page_and_leads_there(reader, name):
    page = reader.open(name)
    other = THEMES[0] if name != THEMES[0] else THEMES[1]
    page.goto(f"{(reader.folder / other).as_uri()}.html")
    heading = page.locator("main h2").nth(1).inner_text()
    page.goto(f"{(reader.folder / name).as_uri()}.html")
    page.fill("#zoek", heading.upper())
    page.wait_for_selector("#treffers li")
    assert re.fullmatch(r"\d+ plaats(en)? gevonden", page.inner_text("#gevonden"))
    page.locator("#treffers a", has_text=heading).first.click()
    page.wait_for_url(re.compile(rf"{other}\.html#"))
    assert page.locator(":target").inner_text() == heading


def test_search_ignores_accents_and_says_when_there_is_nothing(reader):
    page = reader.open("index")
    page.fill("#zoek", "GEMÉÉNTE")
    page.wait_for_selector("#treffers li")
    page.fill("#zoek", "xyzzy gemeente")
    page.get_by_text("0 plaatsen gevonden").wait_for()
    assert page.locator("#treffers li").count() == 0


def test_every_place_that_search_knows_exists(reader, report):
    page = reader.open("index")
    page.fill("#zoek", "de")
    page.wait_for_selector("#treffers li")
    found = int(page.inner_text("#gevonden").split()[0])
    assert found > 10 and page.locator("#treffers li").count() == min(found, 20)
    shown = page.locator("#treffers p").all_inner_texts()
    assert all(text.endswith("…") for text in shown if len(text) > 150) and max(map(len, shown)) <= 162
    for href in page.locator("#treffers a").evaluate_all("(links) => links.map((one) => one.getAttribute('href'))"):
        name, _, anchor = href.partition("#")
        assert f'id="{unquote(anchor)}"' in (report / name).read_text(encoding="utf-8")


def test_code_is_behind_one_switch(reader):
    page = reader.open(THEMES[-1])
    assert page.locator("pre.code").count() == 1 and not page.locator("pre.code").is_visible()
    page.click("text=Bronnen, code en versie")
    assert not page.locator("pre.code").is_visible()
    page.click("text=De code van deze pagina")
    assert "import genk_armoede" in page.inner_text("pre.code")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Winterslag", "wijk"),
        ("werkloosheid", "werkzoek"),
        ("hoeveel leerlingen van de stad met een schooltoelage", "schooltoelage"),
        ("kinderarmoede", "kansarm"),
        ("868230", "corona-impact"),
        ("868.230", "corona-impact"),
        ("58,2%", "schooltoelage"),
        ("Genkenaren", "Genkenaars"),
        ("Turnhout", "bevraagde"),
    ],
)
def test_search_finds_other_forms_synonyms_figures_and_names_of_tables_and_charts(reader, asked, found):
    page = reader.open("index")
    page.fill("#zoek", asked)
    page.wait_for_selector("#treffers li")
    assert found in page.inner_text("#treffers")


# --- charts that answer ---


def test_a_mark_says_its_value_and_cell_by_mouse_and_keyboard(reader):
    page = reader.open(CITIES)
    picture = page.locator(".picture").first
    picture.scroll_into_view_if_needed()
    for mark in page.evaluate(
        """() => {
          const picture = document.querySelector(".picture"), ctm = picture.querySelector("svg").getScreenCTM();
          return JSON.parse(picture.dataset.marks).filter((mark, place) => place % 29 === 0).map(
            ([left, top, right, bottom, row, column]) => {
              const at = new DOMPoint((left + right) / 2, (top + bottom) / 2).matrixTransform(ctm);
              const cells = picture.closest("figure").querySelector("tbody").rows[row].cells;
              return { x: at.x, y: at.y, text: cells[column].textContent };
            });
        }"""
    ):
        page.mouse.move(mark["x"], mark["y"])
        said = page.locator(".tip:visible").inner_text()
        assert re.match(r"[\w-]+, (19|20)\d\d: \d", said) and re.search(r"\bcel [A-Z]+\d+", said), said
    page.mouse.move(1, 1)
    page.locator(".tip").first.wait_for(state="hidden")
    page.reload()
    page.locator("main .message a.figure").first.focus()
    page.keyboard.press("Tab")
    first = page.locator(".tip:visible").inner_text()
    assert first.startswith("Genk, ")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".tip:visible").inner_text() not in ("", first)
    page.keyboard.press("Escape")
    page.locator(".tip").first.wait_for(state="hidden")


@pytest.mark.parametrize("name", CHARTED)
def test_every_mark_lies_in_its_picture_and_leads_to_a_figure(reader, name):
    page = reader.open(name)
    wrong = page.evaluate(
        """() => [...document.querySelectorAll(".picture")].flatMap((picture) => {
          const marks = JSON.parse(picture.dataset.marks), box = picture.querySelector("svg").viewBox.baseVal;
          const rows = picture.closest("figure").querySelector("tbody").rows;
          const bad = marks.filter(([left, top, right, bottom, row, column]) =>
            left < 0 || right > box.width || top < box.y || bottom > box.y + box.height
            || !rows[row].cells[column].querySelector("a.figure"));
          return marks.length && !bad.length ? [] : [[picture.dataset.name, marks.length, bad]];
        })"""
    )
    assert wrong == []


def test_a_touch_on_a_mark_says_its_value(contexts):
    one = contexts("touch")
    page = one.open(CITIES)
    box = page.locator(".picture svg").first.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.5)
    assert "cel " in page.locator(".tip:visible").inner_text()
    assert one.faults == []


def test_another_city_stands_out_and_is_remembered_over_pages(reader):
    page = reader.open(CITIES)
    page.evaluate("localStorage.clear()")
    page.locator(".other-city select").first.select_option("Hasselt")
    assert page.locator(".drawing .ring").count() > 1
    assert any("Hasselt" in text for text in page.locator(".drawing .name").all_text_contents())
    assert page.locator("figure:has(.bar) .tip").count() > 0  # in a ranked list its own bar stands out
    page.wait_for_timeout(500)  # the browser stores it on its own time
    page.goto(f"{(reader.folder / THEMES[-3]).as_uri()}.html")
    assert page.locator(".other-city select").first.input_value() == "Hasselt"
    assert page.locator(".drawing .name").count() > 0
    page.locator(".other-city select").first.select_option("")
    assert page.locator(".drawing .ring, .drawing .name, .drawing .bar").count() == 0


STRIPS = next(name for name in THEMES if list(ROOT.glob(f"figures/{name[:2]}_meedoen.svg")))


def test_areas_with_the_same_figure_stand_at_one_place_which_says_them_all(reader):
    page = reader.open(STRIPS)
    picture = page.locator("[data-name='07_meedoen']")
    picture.scroll_into_view_if_needed()
    place = picture.evaluate(
        """(picture) => {
          const marks = JSON.parse(picture.dataset.marks), ctm = picture.querySelector("svg").getScreenCTM();
          const at = (mark) => mark.slice(0, 4).join(" ");
          const shared = marks.find((mark) => marks.filter((other) => at(other) === at(mark)).length > 1);
          const point = new DOMPoint(shared[0], shared[1]).matrixTransform(ctm);
          return { x: point.x, y: point.y, many: marks.filter((other) => at(other) === at(shared)).length };
        }"""
    )
    page.mouse.move(place["x"], place["y"])
    assert page.locator(".tip:visible b").count() == place["many"] > 1
    assert len(set(page.locator(".tip:visible b").all_inner_texts())) == place["many"]
    assert page.locator(".tip:visible").inner_text().count("cel ") == place["many"]


def test_a_picked_city_in_a_row_of_dots_has_its_name_beside_the_figure_of_genk(reader):
    page = reader.open(STRIPS)
    page.evaluate("localStorage.clear()")
    page.locator("figure", has=page.locator("[data-name='07_meedoen']")).locator("select").select_option("Sint-Niklaas")
    crossing = page.evaluate(
        """() => {
          const svg = document.querySelector("[data-name='07_meedoen'] svg");
          const box = (one) => one.getBoundingClientRect();
          const names = [...svg.querySelectorAll(".name")];
          const texts = [...svg.querySelectorAll("text:not(.name)")].map(box);
          const beside = (one, other) => one.right <= other.left + 1 || other.right <= one.left + 1;
          const above = (one, other) => one.bottom <= other.top + 6 || other.bottom <= one.top + 6;
          const crosses = (one) => texts.some((text) => !beside(box(one), text) && !above(box(one), text));
          return [names.length, names.filter(crosses).map((one) => one.textContent)];
        }"""
    )
    assert crossing == [4, []]
    page.evaluate("localStorage.clear()")


def test_a_chart_wears_the_colours_of_the_page(reader):
    page = reader.open(CITIES)
    fill = "getComputedStyle(document.querySelector('.drawing text')).fill"
    shown = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        shown[scheme] = page.evaluate(fill)
    assert shown["light"] != shown["dark"]
    assert page.evaluate("document.querySelectorAll('.drawing > path[fill=\"#ffffff\"]').length") == 0


def test_the_first_screen_of_a_phone_has_title_message_and_chart(contexts, theme):
    page = contexts("touch").open(theme)
    tops = page.evaluate(
        "['h1', '.message', '.drawing'].map((one) => document.querySelector(one).getBoundingClientRect().top)"
    )
    assert tops == sorted(tops) and tops[-1] < 800 * 0.75


@pytest.mark.parametrize("name", CHARTED[::4])  # the script is the same, and the data are read without a browser
def test_a_chart_is_saved_as_csv_workbook_svg_and_png(reader, name, tmp_path):
    page = reader.open(name)
    figure = page.locator("figure").first
    figure.locator("summary").click()
    files = {}
    for kind in ("CSV", "Excel", "SVG", "PNG"):
        with page.expect_download() as download:
            figure.locator(".downloads").get_by_text(kind, exact=True).click()
        files[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[kind])
    stem = figure.get_attribute("id")
    assert {path.name for path in files.values()} == {f"{stem}.{end}" for end in ("csv", "xlsx", "svg", "png")}
    rows = list(csv.DictReader(io.StringIO(files["CSV"].read_text(encoding="utf-8-sig"))))
    sheet = openpyxl.load_workbook(files["Excel"])["Gegevens"]
    numbers = [cell.value for row in sheet.iter_rows(min_row=6) for cell in row if isinstance(cell.value, int | float)]
    assert sorted(numbers) == pytest.approx(sorted(float(row["value"]) for row in rows if row["value"]))
    assert difference(page, files["SVG"], ROOT / "figures" / f"{stem}.svg") < 3
    assert difference(page, files["PNG"], ROOT / "figures" / f"{stem}.svg") < 3


def difference(page, one: Path, other: Path) -> float:
    """How far two pictures lie apart: mean of the differences between pixels, of 255; shapes must be the same."""
    pictures = [
        f"data:image/{path.suffix[1:].replace('svg', 'svg+xml')};base64,{base64.b64encode(path.read_bytes()).decode()}"
        for path in (one, other)
    ]
    return page.evaluate(
        """async (addresses) => {
          const drawn = await Promise.all(addresses.map(async (src) => {
            const image = Object.assign(new Image(), { src });
            await image.decode();
            const canvas = new OffscreenCanvas(600, Math.round(600 * image.height / image.width));
            canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
            return [canvas.height, canvas.getContext("2d").getImageData(0, 0, 600, canvas.height).data];
          }));
          if (Math.abs(drawn[0][0] - drawn[1][0]) > 1) return 255;
          const count = Math.min(drawn[0][1].length, drawn[1][1].length);
          let sum = 0;
          for (let i = 0; i < count; i++) sum += Math.abs(drawn[0][1][i] - drawn[1][1][i]);
          return sum / count;
        }""",
        pictures,
    )


# --- hostile text ---


def test_hostile_text_is_read_as_text_everywhere(reader):
    page = reader.open(INVENTED[1])
    page.evaluate(OPEN)
    words = " ".join(page.inner_text("body").split())
    alternative = page.locator("svg").first.get_attribute("aria-label")
    for text in HOSTILE:
        assert words.count(" ".join(seen(text).split())) >= 6, text  # heading, contents, sentence, table, chart, code
    assert alternative.startswith("Staafdiagram") and len(alternative) <= 250 and seen(HOSTILE[0]) in page.title()
    assert page.locator("main svg").count() == 1 and page.locator("main img, main script, iframe").count() == 0


@pytest.mark.parametrize("text", [text for text in HOSTILE if text != hostile.REMARK])
def test_hostile_text_is_found_and_shown_as_text(reader, text):
    page = reader.open(INVENTED[0])
    page.fill("#zoek", seen(text))
    page.wait_for_selector("#treffers li")
    assert seen(text).strip() in page.inner_text("#treffers") or "&" in text  # markdown turns these into letters
    assert page.locator("#treffers :not(li, a, p)").count() == 0


def test_hostile_text_is_text_in_a_note(reader):
    page = reader.open(INVENTED[1])
    for i, text in enumerate(HOSTILE):
        page.locator(f"a.figure[href='#n{i + 1}']:visible").first.click()
        assert opened(page).inner_text().count(seen(text).strip()) >= 4  # area, sheet, publisher, title, remarks
        assert page.locator("#noot :not(p, a, b, .date)").count() == 0


# --- without script, on paper ---


@pytest.mark.parametrize("name", SOME)
def test_without_script_everything_can_be_read_and_every_note_reached(contexts, reader, name):
    plain, page = contexts("plain").open(name), reader.open(name)
    for one in (plain, page):
        one.evaluate(OPEN)
    page.evaluate("document.querySelectorAll('main :is(button, .other-city)').forEach((one) => one.remove())")
    bare, full = (one.inner_text("main").split() for one in (plain, page))
    assert full == bare
    assert not plain.locator("search").is_visible()
    targets = plain.locator("a.figure").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    visible = "(all) => all.filter((href) => document.querySelector(href).checkVisibility()).length"
    assert plain.evaluate(visible, targets) == len(targets)
    if targets:
        plain.locator("a.figure").last.click()
        assert plain.evaluate("document.querySelector(':target').id") == targets[-1][1:]
    assert contexts("plain").faults == []


@pytest.mark.parametrize("name", THEMES)
def test_on_paper_every_note_belongs_to_a_figure_that_is_printed(contexts, name):
    page = contexts("plain").open(name)
    page.emulate_media(media="print")
    unused = """() => [...document.querySelectorAll(".notes li")].filter((note) =>
      ![...document.querySelectorAll(`a[href="#${note.id}"]`)].some((link) =>
        link.checkVisibility({ contentVisibilityAuto: true }) && link.getClientRects().length)).map(({ id }) => id)"""
    assert page.evaluate(unused) == []
    page.set_viewport_size({"width": 673, "height": 900})  # A4 without its margins: what is wider makes all smaller
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="screen")


def test_on_paper_nothing_is_cut_or_said_twice(contexts):
    page = contexts("plain").open("index")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 900})
    out = """() => [...document.querySelectorAll(".card *")].filter((one) => one.getClientRects().length)
      .filter((one) => one.getBoundingClientRect().right > one.closest(".card").getBoundingClientRect().right)
      .map((one) => one.outerHTML.slice(0, 60))"""
    assert page.evaluate(out) == []
    seen_ = "(all) => all.filter((one) => one.getClientRects().length).length"
    hidden = ".said, figure caption, .card table, .notes .unprinted, .changed"
    assert page.locator(hidden).count() > 50 and page.locator(hidden).evaluate_all(seen_) == 0
    address = "getComputedStyle(document.querySelector('.lead a'), '::after').content"
    assert page.evaluate(address) == "none"
    page = contexts("plain").open(SOME_THEMES[-1])
    lines = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    assert page.locator(".addresses li").count() > 10
    assert page.locator(".addresses li").evaluate_all(lines) == 0
    assert (
        page.locator(".notes li").evaluate_all("(all) => new Set(all.map((one) => getComputedStyle(one).display)).size")
        == 1
    )
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="screen")


def elements(node, kind: str) -> list:
    """The elements of one kind in the structure of a tagged PDF."""
    node = node.get_object()
    if isinstance(node, list):
        return [one for child in node for one in elements(child, kind)]
    if not hasattr(node, "get"):
        return []
    below = elements(node["/K"], kind) if "/K" in node else []
    return ([node] if node.get("/S") == kind else []) + below


@pytest.fixture(scope="session")
def paper(chromium, report, once) -> Path:
    """Some pages as `genk-armoede pdf` prints them."""

    def make(folder: Path) -> None:
        for name in PRINTED:
            (folder / f"{name}.html").write_bytes((report / f"{name}.html").read_bytes())
            browser.print_page(folder / f"{name}.html")

    return once("paper", make)


@pytest.mark.parametrize("name", PRINTED)
def test_the_pdf_has_every_figure_tags_bookmarks_and_page_numbers(paper, made, name):
    from pypdf import PdfReader

    pdf = PdfReader(paper / f"{name}.pdf")
    catalog = pdf.trailer["/Root"].get_object()
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/Lang"] == "nl-BE"
    figures = elements(catalog["/StructTreeRoot"], "/Figure")
    assert len(figures) == made[f"{name}.html"].count("<svg ")
    assert all(len(str(one.get("/Alt", ""))) > 50 for one in figures)
    headings = re.findall(r"<h[1-6][^>]*>", made[f"{name}.html"])
    told = [one for one in headings if re.match("<h[12]", one) and 'id="code"' not in one]  # code is not printed
    assert len(titles(pdf.outline)) >= len(told)
    assert pdf.metadata.title and [round(edge) for edge in pdf.pages[0].mediabox[2:]] == [595, 842]
    for number in (1, len(pdf.pages)):
        assert f"{number} / {len(pdf.pages)}" in pdf.pages[number - 1].extract_text()


def test_the_report_on_paper_is_short_and_its_notes_are_an_annex(paper):
    from pypdf import PdfReader

    pdf = PdfReader(paper / f"{WHOLE}.pdf")
    (annex,) = (one for one in flat(pdf.outline) if one.title == "Bijlage: noten en bronnen")
    before = pdf.get_destination_page_number(annex)
    assert before <= 60 < len(pdf.pages)
    assert "staat in cel" in pdf.pages[before].extract_text()
    assert "staat in cel" not in pdf.pages[before - 1].extract_text()


def flat(outline: list) -> list:
    return [entry for one in outline for entry in (flat(one) if isinstance(one, list) else [one])]


def titles(outline: list) -> list[str]:
    return [one.title for one in flat(outline)]


def test_a_page_that_is_watched_reloads_by_itself_and_says_what_went_wrong(chromium, tmp_path):
    """In a real browser, since only that heeds the policy of a page."""
    (tmp_path / "index.html").write_bytes(invented_page("Eerst"))
    report = serving.Report(tmp_path)
    with serving.server(report, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        reader = Reader(chromium.new_context(), tmp_path)
        reader.page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
        reader.page.get_by_role("heading", name="Eerst").wait_for()
        report.failed("verzonnen fout")
        reader.page.get_by_role("alert").get_by_text("verzonnen fout").wait_for()
        (tmp_path / "index.html").write_bytes(invented_page("Daarna"))
        report.renewed()
        reader.page.get_by_role("heading", name="Daarna").wait_for()
        assert reader.page.get_by_role("alert").count() == 0
        assert [fault for fault in reader.faults if "127.0.0.1" not in fault] == []
        reader.page.context.close()
        server.shutdown()


def invented_page(title: str) -> bytes:
    """A page under the policy that ours have."""
    policy = f"default-src 'none'; img-src data:; style-src 'none'; script-src {pages.policy_hash('')}"
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}"><body><h1>{title}</h1></body>'.encode()
