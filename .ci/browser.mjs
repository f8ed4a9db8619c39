// Opens the pages of results folders in headless Chromium, as a reader would, and says what is wrong with them.
//
//   node browser.mjs --modules NODE_MODULES --chromium PATH [--shots DIR] PAGE.html...
//
// Each page: no console error, no request that leaves it, readable with scripts off, no fault that axe finds (light,
// dark, phone), every control reached by the keyboard with its focus shown, nothing wider than a phone, a PDF of a
// sensible number of pages. With --shots, pictures of all that are kept for looking at.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const options = { pages: [] };
for (let i = 2; i < process.argv.length; i += 1) {
  const word = process.argv[i];
  if (word.startsWith("--")) options[word.slice(2)] = process.argv[(i += 1)];
  else options.pages.push(resolve(word));
}
const load = createRequire(join(resolve(options.modules), "browser.js"));
const { chromium } = load("playwright-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
if (options.shots) mkdirSync(options.shots, { recursive: true });

const DESK = { width: 1200, height: 900 };
const PHONE = { width: 360, height: 740 };
// Pages of A4 that a print may have: all charts and stories, a page a decision card, or a sheet.
const MOST_PRINTED = { "report.html": 40, "results.html": 16, other: 16 };

const faults = [];
let checks = 0;
function check(page, what, found) {
  checks += 1;
  if (found.length > 0) faults.push(`${page}: ${what}: ${found.join("; ")}`);
}

// A fresh profile each time (the driver makes one and removes it), and nothing that talks to the network by itself.
const launched = chromium.launch({
  executablePath: options.chromium,
  headless: true,
  timeout: 60_000,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const browser = await launched.catch((error) => {
  console.error(String(error));
  process.exit(3);
});
const scripted = await browser.newContext({ viewport: DESK });

// What a reader sees without any script: headings, and how much text. A page whose words need scripts has less.
const words = (page) =>
  page.evaluate(() => ({
    headings: [...document.querySelectorAll("main h2")].filter((h) => h.offsetParent).map((h) => h.innerText),
    length: document.body.innerText.length,
  }));

async function open(path, watched) {
  const page = await scripted.newPage();
  page.setDefaultTimeout(30_000);
  page.on("console", (said) => said.type() === "error" && watched.push(said.text()));
  page.on("pageerror", (error) => watched.push(String(error)));
  page.on("request", (asked) => {
    const url = asked.url();
    const own = url.startsWith(pathToFileURL(dirname(path)).href) || url.startsWith("data:");
    if (!own) watched.push(`asks for ${url}`);
  });
  await page.goto(pathToFileURL(path).href);
  return page;
}

async function axeFaults(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document));
  return found.violations.map((fault) => `${fault.id} (${fault.nodes.length}: ${fault.nodes[0].target})`);
}

async function shot(page, name) {
  if (options.shots) await page.screenshot({ path: join(options.shots, `${name}.png`), fullPage: true });
}

for (const path of options.pages) {
  const name = `${basename(dirname(path))}/${basename(path)}`;
  const stem = name.replaceAll(/[/.]/g, "-");
  const wrong = [];
  const page = await open(path, wrong);
  check(name, "axe, light", await axeFaults(page));
  await shot(page, `${stem}-light`);

  // Keyboard: as many stops as there are controls, none without a visible mark of the focus.
  const expected = await page.evaluate(() => {
    const stops = [...document.querySelectorAll("a[href],button,select,input,[tabindex='0']")];
    return stops.filter((e) => e.getClientRects().length > 0 && !e.disabled).length;
  });
  const seen = new Set();
  const unmarked = [];
  for (let k = 0; k < expected + 2; k += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      window.stops ??= new Map();
      if (!window.stops.has(e)) window.stops.set(e, window.stops.size);
      return {
        id: window.stops.get(e),
        what: `${e.tagName.toLowerCase()} ${e.getAttribute("href") ?? e.getAttribute("aria-label") ?? e.id}`,
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
        there: box.right > 0 && box.width > 0,
      };
    });
    if (!stop) continue;
    if (!seen.has(stop.id) && !(stop.marked && stop.there)) unmarked.push(stop.what);
    seen.add(stop.id);
  }
  check(name, "controls that the keyboard does not reach", seen.size < expected ? [`${expected - seen.size} of ${expected}`] : []);
  check(name, "no visible focus on", unmarked);
  const full = await words(page);

  await page.emulateMedia({ colorScheme: "dark" });
  check(name, "axe, dark", await axeFaults(page));
  await shot(page, `${stem}-dark`);
  await page.emulateMedia({ colorScheme: "light" });

  await page.setViewportSize(PHONE);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(name, "wider than a phone", wide > PHONE.width ? [`${wide} of ${PHONE.width} pixels`] : []);
  check(name, "axe, phone", await axeFaults(page));
  await shot(page, `${stem}-phone`);
  await page.setViewportSize(DESK);

  const pdf = await page.pdf({ format: "A4", printBackground: true });
  if (options.shots) writeFileSync(join(options.shots, `${stem}.pdf`), pdf);
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  const most = MOST_PRINTED[basename(path)] ?? MOST_PRINTED.other;
  check(name, "pages in print", sheets < 1 || sheets > most ? [`${sheets}, expected 1 to ${most}`] : []);
  check(name, "console or network", wrong);
  await page.close();

  // Scripts off: the same headings stand there, bar those of what only a script can do.
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: DESK });
  const still = await plain.newPage();
  await still.goto(pathToFileURL(path).href);
  const without = await words(still);
  const needsScript = await still.evaluate(() => [...document.querySelectorAll("main section[hidden] h2")].map((h) => h.textContent));
  const lost = full.headings.filter((h) => !without.headings.includes(h) && !needsScript.includes(h));
  check(name, "headings that need scripts", lost);
  check(name, "text that needs scripts", without.length < 0.8 * full.length ? [`${without.length} of ${full.length} characters`] : []);
  await shot(still, `${stem}-plain`);
  await plain.close();
  console.log(`${name}: ${expected} controls, ${without.headings.length} headings, ${sheets} pages in print`);
}
await browser.close();
for (const fault of faults) console.error(`error: ${fault}`);
console.log(`${checks - faults.length} checks passed, ${faults.length} failed`);
process.exit(faults.length > 0 ? 1 : 0);
