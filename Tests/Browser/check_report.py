"""Opens reports in a headless Chromium and holds them to their promises.

usage: check_report.py LIGHTREPLAY WORKFOLDER SCREENSHOTFOLDER
"""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from browser import Browser
from hostile import hostile_trace, large_trace

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM, WORK, SHOTS = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
PRICES = ["--prices", str(ROOT / "traces/prices.yaml")]
failures = []


def check(condition, sentence):
    print(("ok    " if condition else "FAIL  ") + sentence, flush=True)
    if not condition:
        failures.append(sentence)


def run(*arguments, fails=False):
    outcome = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    if outcome.returncode != 0 and not fails:
        raise SystemExit(f"{' '.join(map(str, arguments))}: {outcome.stderr}")
    return outcome


def policies_of(browser):
    rows = browser.evaluate(
        "JSON.stringify(Array.from(document.querySelectorAll('[id^=choice-]')).map(row => row.dataset.policy))")
    return json.loads(rows)


def recommended(trace, prices, *wish):
    outcome = run("recommend", trace, *prices, *wish, "--format", "json", fails=True)
    if outcome.returncode == 2:
        return None
    return [workload["recommended"]["id"] for workload in json.loads(outcome.stdout)["workloads"]]


def check_quiet(browser, url, name):
    browser.open(url)
    check(browser.complaints() == [], f"{name}: no word on the console {browser.complaints()[:2]}")
    requests = [url for url in browser.requests() if not url.startswith(("file:", "data:", "about:"))]
    check(requests == [], f"{name}: no network request")
    files = {url.split("#")[0] for url in browser.requests() if url.startswith("file:")}
    check(len(files) == 1, f"{name}: one file")


def check_choices(browser, trace, prices, page, name):
    breaks = []
    for workload in json.loads(run("recommend", trace, *prices, "--lambda", 0, "--format", "json").stdout)["workloads"]:
        breaks += [regime["lambda_low"] for regime in workload["regimes"]]
    middle = sorted(breaks)[len(breaks) // 2]
    for value in ["0", str(middle), str(middle * 1.01), str(max(breaks)), str(max(breaks) * 3)]:
        browser.open(f"{page}#lambda={value}")
        check(policies_of(browser) == recommended(trace, prices, "--lambda", value), f"{name}: λ = {value} chooses as recommend does")
    for place in [0, 200, 500, 700, 1000]:
        browser.evaluate(
            f"var s = document.getElementById('lambda-slider'); s.value = {place}; s.dispatchEvent(new Event('input'))")
        value = browser.evaluate("document.getElementById('lambda').value")
        check(policies_of(browser) == recommended(trace, prices, "--lambda", value),
              f"{name}: the slider at {place} (λ = {value}) chooses as recommend does")
    for value in ["98%", "0.8", "100%"]:
        browser.open(f"{page}#min-score={value.replace('%', '%25')}")
        expected = recommended(trace, prices, "--min-score", value)
        if expected is not None:
            check(policies_of(browser) == expected, f"{name}: a score of {value} chooses as recommend does")
    for value in ["0.0001", "0.00015", "1"]:
        browser.open(f"{page}#budget={value}")
        expected = recommended(trace, prices, "--budget", value)
        if expected is not None:
            check(policies_of(browser) == expected, f"{name}: a budget of {value} chooses as recommend does")
    browser.open(page + "#lambda=nonsense")
    check("Not understood" in browser.evaluate("document.getElementById('explorer-state').textContent"),
          f"{name}: what is not a number is said to be none")


def check_form(browser, page, name):
    browser.open(page)
    levels = json.loads(browser.evaluate(
        "JSON.stringify(Array.from(document.querySelectorAll('h1,h2,h3,h4')).map(h => Number(h.tagName[1])))"))
    check(levels[0] == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:])),
          f"{name}: no level of headings is skipped")
    check(browser.evaluate("Array.from(document.querySelectorAll('svg')).every(s => s.getAttribute('aria-label'))"),
          f"{name}: every chart has a description")
    check(browser.evaluate(
        "Array.from(document.querySelectorAll('figure')).every(f => f.querySelector('table td') && "
        "f.querySelector('a[download]').href.startsWith('data:application/json'))"),
          f"{name}: every chart has its numbers and its specification")
    check(browser.evaluate("new Set(Array.from(document.querySelectorAll('[id]')).map(e => e.id)).size === "
                           "document.querySelectorAll('[id]').length"), f"{name}: no id twice")
    specifications = json.loads(browser.evaluate(
        "JSON.stringify(Array.from(document.querySelectorAll('a[download]')).map(a => "
        "decodeURIComponent(a.href.slice(a.href.indexOf(',') + 1))))"))
    check(all("vega-lite" in json.loads(text)["$schema"] for text in specifications),
          f"{name}: every specification is JSON")
    overlaps = browser.evaluate("""
      Array.from(document.querySelectorAll('svg')).reduce((sum, svg) => {
        var boxes = Array.from(svg.querySelectorAll('.labels text, .axis text, .legend text')).map(t => t.getBoundingClientRect());
        boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
          if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) sum += 1;
        }));
        return sum;
      }, 0)""")
    check(overlaps == 0, f"{name}: no label lies on another ({overlaps})")
    for dark in [False, True]:
        browser.screen(1200, 900, dark=dark)
        worst = browser.evaluate(CONTRAST)
        check(worst["ratio"] >= 4.5, f"{name}: contrast of text at least 4.5, {'dark' if dark else 'light'} ({worst})")


CONTRAST = """(() => {
  function light(color) {
    var p = color.match(/[\\d.]+/g).map(Number).slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
    return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
  }
  function ground(e) {
    for (; e; e = e.parentElement) {
      var c = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$|transparent/.test(c)) return c;
    }
    return 'rgb(255, 255, 255)';
  }
  var worst = { ratio: 99, text: '' };
  document.querySelectorAll('body *').forEach(e => {
    if (!e.getClientRects().length || !Array.from(e.childNodes).some(n => n.nodeType === 3 && n.data.trim())) return;
    var isSVG = e instanceof SVGElement;
    if (isSVG && e.classList.contains('inside')) return;
    var style = getComputedStyle(e), a = light(isSVG ? style.fill : style.color), b = light(ground(e));
    var ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst.ratio) worst = { ratio: Math.round(ratio * 100) / 100, text: e.textContent.slice(0, 40) };
  });
  return worst;
})()"""


def take_screenshots(browser, page, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    for device, width, height, phone in [("desktop", 1200, 900, False), ("phone", 390, 844, True)]:
        for dark in [False, True]:
            browser.screen(width, height, dark=dark, phone=phone)
            browser.open(page)
            wide = browser.evaluate("document.documentElement.scrollWidth")
            check(wide <= width, f"{name}: fits a {device} ({wide} of {width})")
            browser.screenshot(SHOTS / f"{name}-{device}-{'dark' if dark else 'light'}.png")
    browser.screen(1200, 900)


def main():
    demo, hostile, large = WORK / "demo.sqlite", WORK / "hostile.sqlite", WORK / "large.sqlite"
    run("import", "jsonl", ROOT / "traces/demo.jsonl", "--trace", demo)
    (WORK / "hostile.jsonl").write_text(hostile_trace(), encoding="utf-8")
    run("import", "jsonl", WORK / "hostile.jsonl", "--trace", hostile)
    (WORK / "large.jsonl").write_text(large_trace(), encoding="utf-8")
    run("import", "jsonl", WORK / "large.jsonl", "--trace", large)

    pages = {}
    for name, trace, flags in [
            ("demo", demo, [*PRICES, "--min-score", "95%"]), ("hostile", hostile, ["--cost-unit", "tokens"]),
            ("large", large, ["--cost-unit", "tokens", "--replicates", "200", "--k", "1-8", "--boot",
                              ",".join(map(str, range(10, 250, 10))), "--selector", "length", "--aggregator", "vote"])]:
        path = WORK / f"{name}.html"
        run("report", trace, *flags, "-o", path)
        pages[name] = path.resolve().as_uri()
        again = run("report", trace, *flags, "--threads", 1, "--format", "html").stdout
        check(again == path.read_text(encoding="utf-8"), f"{name}: the same bytes on one thread")
    size = (WORK / "large.html").stat().st_size
    count = min(len(w["sweep"]["policies"]) for w in json.loads(run(
        "report", large, "--cost-unit", "tokens", "--replicates", "20", "--k", "1-8", "--boot",
        ",".join(map(str, range(10, 250, 10))), "--selector", "length", "--aggregator", "vote",
        "--format", "json").stdout)["workloads"])
    check(size < 1_000_000 and count >= 200, f"large: {size} bytes for 10 workloads x {count} policies")

    browser = Browser()
    try:
        for name, page in pages.items():
            check_quiet(browser, page, name)
            check_form(browser, page, name)
        check_choices(browser, demo, PRICES, pages["demo"], "demo")
        check_choices(browser, hostile, ["--cost-unit", "tokens"], pages["hostile"], "hostile")
        browser.open(pages["hostile"])
        check(browser.evaluate("window.hurt") is None and browser.evaluate("document.title").startswith("LightReplay report"),
              "hostile: nothing ran")
        check(browser.evaluate("document.querySelectorAll('script:not([type])').length") == 1 and
              browser.evaluate("document.querySelectorAll('img, iframe, object, embed, link, base').length") == 0,
              "hostile: nothing but our own elements")
        for name in ["demo", "hostile"]:
            take_screenshots(browser, pages[name], name)
    finally:
        browser.close()
    if failures:
        raise SystemExit(f"{len(failures)} promises are not kept")


main()
