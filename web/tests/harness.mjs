// Starts the program and a browser for the journeys of this folder, and keeps watch on what a page may never do:
// fail in the console, answer with an error, or ask for anything outside the desk or the folder.
//
// Environment: SIJIL (the program; default target/debug/sijil), SIJIL_CHROMIUM (default: the system's chromium).

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const PROGRAM = process.env.SIJIL || join(ROOT, "target/debug/sijil");
const SCREENSHOTS = join(ROOT, "target/screenshots");
/** What the program exits with when it does not know a command (2 in its contract). */
const UNKNOWN_COMMAND = 2;
const START_LIMIT = 180_000;

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };
export const DIRECTION = { en: "ltr", ar: "rtl" };

/** Something that is not there yet: a reason to skip, told apart from a failure. */
export class Absent extends Error {}

/** A new folder, removed when these tests end. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), "sijil-browser-"));
  process.once("exit", () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs the program to its end: what it printed. Throws `Absent` when there is no such program or command. */
export async function run(...words) {
  const { child, printed } = start(words);
  const code = await new Promise((done) => child.once("close", done));
  refuse(words, code, printed());
  return printed();
}

/** The desk of a new register made from the built-in example: its address, its folder, and `stop`. */
export async function startDemo(path) {
  const words = ["demo", path, "--no-open"];
  const { child, printed } = start(words);
  const ended = new Promise((done) => child.once("close", done));
  const address = await new Promise((found, failed) => {
    const limit = setTimeout(() => failed(new Error(`no address after ${START_LIMIT / 1000} s:\n${printed()}`)), START_LIMIT);
    const look = () => {
      const match = printed().match(/http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost):\d+\S*(?=\s)/);
      if (!match) return;
      clearTimeout(limit);
      found(match[0]);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    ended.then((code) => {
      clearTimeout(limit);
      refuse(words, code, printed());
      throw new Absent("`sijil demo` ends without serving a desk");
    }).catch(failed);
  }).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  const stop = async () => {
    child.kill("SIGINT");
    const forced = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(forced);
  };
  return { address, origin: new URL(address).origin, path, printed, stop };
}

function start(words) {
  if (!existsSync(PROGRAM)) throw new Absent(`no program at ${PROGRAM}; build it first`);
  const child = spawn(PROGRAM, words, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, BROWSER: "true" } });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part) => (text += part));
  child.stderr.setEncoding("utf8").on("data", (part) => (text += part));
  return { child, printed: () => text };
}

/** A command that the program's help does not list yet is absent; one that it lists and then refuses is a failure. */
function refuse(words, code, printed) {
  if (code === UNKNOWN_COMMAND && !knows(words[0])) throw new Absent(`the program has no \`sijil ${words[0]}\` yet`);
  assert.equal(code, 0, `sijil ${words.join(" ")} exited with ${code}:\n${printed}`);
}

function knows(command) {
  const help = spawnSync(PROGRAM, ["--help"], { encoding: "utf8" });
  return new RegExp(`^\\s+${command}\\b`, "m").test(help.stdout ?? "");
}

/** Headless Chromium with an empty profile that asks nobody for anything. */
export function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    headless: true,
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
}

function chromiumPath() {
  if (process.env.SIJIL_CHROMIUM) return process.env.SIJIL_CHROMIUM;
  const folders = (process.env.PATH || "").split(delimiter);
  const found = folders.map((path) => join(path, "chromium")).find(existsSync);
  if (!found) throw new Absent("no Chromium: install it or set SIJIL_CHROMIUM");
  return found;
}

/**
 * A watched page. `within` is the beginning of every address that it may ask for (the desk's origin, or the folder
 * of a site as a file: address). `assertClean` fails with everything that went wrong since the page was opened;
 * `expected` are statuses of answers that are no failure in this test, such as 422 for a form that is refused.
 */
export async function watch(browser, { within, viewport = DESKTOP, script = true, expected = [] }) {
  const context = await browser.newContext({ viewport, javaScriptEnabled: script });
  const problems = [];
  await context.route("**/*", (route) => {
    const address = route.request().url();
    if (address.startsWith(within) || address.startsWith("data:")) return route.continue();
    problems.push(`asked for ${address}, outside ${within}`);
    return route.abort();
  });
  const page = await context.newPage();
  const isExpected = (text) => expected.some((status) => text.includes(`status of ${status}`));
  page.on("console", (message) => message.type() === "error" && !isExpected(message.text()) && problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (answer) => answer.status() >= 400 && !expected.includes(answer.status()) && problems.push(`${answer.status()}: ${answer.url()}`));
  return {
    page,
    context,
    assertClean: () => assert.deepEqual(problems, []),
    close: () => context.close(),
  };
}

/** Switches to a language by the page's own link, and checks that the page says so. */
export async function inLanguage(page, language) {
  if ((await page.getAttribute("html", "lang")) !== language) {
    await page.locator(`a[hreflang="${language}"]`).first().click();
    await page.waitForLoadState();
  }
  await assertLanguage(page, language);
}

/** The page is in this language and reads in its direction. */
export async function assertLanguage(page, language) {
  const [said, direction] = await page.evaluate(() => [
    document.documentElement.lang,
    getComputedStyle(document.documentElement).direction,
  ]);
  assert.equal(said, language, `the language of ${page.url()}`);
  assert.equal(direction, DIRECTION[language], `the direction of ${page.url()}`);
}

/** Nothing hangs out at the side of the screen. */
export async function assertFits(page) {
  const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(content <= screen, `${page.url()} is ${content} px wide on a screen of ${screen}`);
}

/** A picture of the whole page under target/screenshots, for a person to look at. */
export async function picture(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

/** The links with a data attribute, in order: what the attribute says and the whole address, each pair once. */
export async function links(page, attribute) {
  const found = await page.$$eval(`a[data-${attribute}][href]`, (all, name) =>
    all.map((link) => ({ id: link.getAttribute(`data-${name}`), address: link.href })), attribute);
  return [...new Map(found.map((link) => [`${link.id} ${link.address}`, link])).values()];
}
