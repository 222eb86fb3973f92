// Opens one page as a visitor would, in each state that is asked for, and tells what happened as JSON.
//
// Standard input: {chromium, modules, page, scripts: [bool], widths: [int], audit: bool}
// Standard output: [{scripts, width, open, sideways, headings, requests, console, violations, undecided}]
//
// axe-core is itself a script, so a page whose scripts are off needs care. The debugger may still evaluate in an
// isolated world (a browser extension's place), promises and all, but no timer fires there. axe only uses timers to put
// work off, so in that world they are given as microtasks. The page stays what a visitor without JavaScript has.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const ask = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${ask.modules}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const HEIGHT = 900;
const HEADINGS = `[...document.querySelectorAll("h1, h2, h3, h4")].filter((one) => one.checkVisibility()).length`;

// What axe could not decide is told only where nothing else decides it. The contrast of text in a picture is tested
// from the palette (tests/reports), and text that a scroll area cuts off has the colours it has on a wide page.
const AUDIT = `axe.run(document, { preload: false, resultTypes: ["violations", "incomplete"],
    runOnly: { type: "tag", values: ${JSON.stringify(TAGS)} } }).then(({ violations, incomplete }) => {
  const told = (rule, node) => rule.id + ": " + node.html.slice(0, 160) + " " + (node.failureSummary ?? "").slice(0, 240);
  const scrolls = (one) => one && (one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX === "auto"
    || scrolls(one.parentElement));
  const cut = (node) => node.any.some((check) => check.data?.messageKey === "elmPartiallyObscured");
  const short = (node) => node.any.some((check) => check.data?.messageKey === "shortTextContent");
  const elsewhere = (rule, node) => {
    const element = document.querySelector(node.target[0]);
    return rule.id === "color-contrast" && (element.closest("svg") || ((cut(node) || short(node)) && scrolls(element)));
  };
  return {
    violations: violations.flatMap((rule) => rule.nodes.map((node) => told(rule, node))),
    undecided: incomplete.flatMap((rule) =>
      rule.nodes.filter((node) => !elsewhere(rule, node)).map((node) => told(rule, node))),
  };
})`;

const TIMERS = `globalThis.setTimeout = (work, wait = 0, ...given) => {
  if (wait < 1000) queueMicrotask(() => work(...given)); // longer ones only give up on what never comes
  return 0;
}`;

const browser = await chromium.launch({ executablePath: ask.chromium, args: QUIET });
try {
  const seen = [];
  for (const scripts of ask.scripts) seen.push(...(await visit(scripts)));
  process.stdout.write(JSON.stringify(seen));
} finally {
  await browser.close();
}

async function visit(scripts) {
  const context = await browser.newContext({ viewport: { width: ask.widths[0], height: HEIGHT } });
  const page = await context.newPage();
  const address = pathToFileURL(ask.page).href;
  const requests = [];
  const console = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => console.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => console.push(`uncaught: ${error.message}`));
  const cdp = await context.newCDPSession(page);
  await cdp.send("Emulation.setScriptExecutionDisabled", { value: !scripts });
  await page.goto(address);
  const evaluate = await isolated(cdp);
  if (!scripts) await evaluate(TIMERS);
  if (ask.audit) await evaluate(axe);
  const seen = [];
  for (const width of ask.widths)
    for (const open of [false, true]) {
      await page.setViewportSize({ width, height: HEIGHT });
      await evaluate(`document.querySelectorAll("details").forEach((one) => { one.open = ${open}; })`);
      const sideways = await evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      const headings = await evaluate(HEADINGS);
      const judged = ask.audit ? await evaluate(AUDIT) : { violations: [], undecided: [] };
      seen.push({ scripts, width, open, sideways, headings, ...judged });
    }
  await context.close();
  const fetched = requests.filter((url) => url !== address && !url.startsWith("data:"));
  return seen.map((state) => ({ ...state, requests: fetched, console }));
}

async function isolated(cdp) {
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const world = await cdp.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "gates" });
  return async (expression) => {
    const { result, exceptionDetails } = await cdp.send("Runtime.evaluate",
      { expression, contextId: world.executionContextId, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
}
