// A published site, opened from its folder with script switched off: what a reader gets on a USB stick.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Absent, DESKTOP, PHONE, assertFits, assertLanguage, folder, launch, links, picture, run, startDemo, watch } from "./harness.mjs";
import { walk } from "./journey.mjs";

let browser, site, absent;

before(async () => {
  try {
    const path = folder();
    const desk = await startDemo(join(path, "register"));
    await desk.stop();
    site = join(path, "site");
    await run("publish", site, "-C", desk.path);
    browser = await launch();
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    absent = error.message;
  }
});
after(() => browser?.close());

function siteTest(name, options, act) {
  test(name, async (t) => {
    if (absent) return t.skip(absent);
    const visit = await watch(browser, { within: pathToFileURL(site).href, script: false, ...options });
    t.after(() => visit.close());
    await visit.page.goto(pathToFileURL(join(site, "index.html")).href);
    await act(visit.page, t);
    visit.assertClean();
  });
}

/** From the first page, which only asks for the language, to the figures. */
async function choose(page, language) {
  await page.locator(`a[lang="${language}"]`).first().click();
  await page.waitForLoadState();
  await assertLanguage(page, language);
}

for (const language of ["en", "ar"]) {
  siteTest(`${language}: every published figure is walked down to its quotes`, {}, async (page, t) => {
    await choose(page, language);
    const seen = await walk(page, { language, published: true });
    assert.notEqual(seen.claims, 0, "nothing but withheld claims was published");
    t.diagnostic(`${seen.figures} figures, ${seen.records} records, ${seen.claims} claims, ${seen.withheld} withheld`);
  });

  for (const [screen, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    siteTest(`${language}: the site fits a ${screen}`, { viewport }, async (page) => {
      await choose(page, language);
      await assertFits(page);
      await picture(page, `site-start-${language}-${screen}`);
      await page.goto((await links(page, "figure"))[0].address);
      await assertFits(page);
      await picture(page, `site-figure-${language}-${screen}`);
    });
  }
}

siteTest("no page links to what is not in the folder, and none has a script", {}, async (page) => {
  const pages = (await readdir(site, { recursive: true })).filter((name) => name.endsWith(".html"));
  assert.notEqual(pages.length, 0);
  for (const name of pages) {
    const address = pathToFileURL(join(site, name)).href;
    assert.doesNotMatch(await readFile(join(site, name), "utf8"), /<script\b(?![^>]*type="application\/(?:ld\+)?json")/i, name);
    await page.goto(address);
    const targets = await page.$$eval("a[href], img[src], link[href]", (all) => all.map((element) => element.href || element.src));
    for (const target of new Set(targets)) {
      if (!target.startsWith("file:")) continue;
      const file = fileURLToPath(target.split(/[?#]/)[0]);
      assert.ok(existsSync(file), `${name} links to ${target}, which is not in the folder`);
      assert.ok(file.startsWith(site), `${name} links out of the folder, to ${target}`);
    }
  }
});
