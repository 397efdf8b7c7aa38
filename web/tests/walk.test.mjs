// The desk of the built-in example: from every figure down to the bytes, in both languages, on both screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { Absent, DESKTOP, PHONE, assertFits, folder, inLanguage, launch, links, picture, startDemo, watch } from "./harness.mjs";
import { assertClaim, walk } from "./journey.mjs";

let browser, desk, absent;

before(async () => {
  try {
    desk = await startDemo(join(folder(), "register"));
    browser = await launch();
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    absent = error.message;
  }
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

/** A test of the desk with a page that is already inside it. The first visit spends the one-time link. */
let inside;
function deskTest(name, options, act) {
  test(name, async (t) => {
    if (absent) return t.skip(absent);
    const visit = await watch(browser, { within: desk.origin, ...options });
    t.after(() => visit.close());
    if (inside) await visit.context.addCookies(inside);
    await visit.page.goto(inside ? desk.origin : desk.address);
    inside ??= await visit.context.cookies();
    await act(visit.page, t);
    visit.assertClean();
  });
}

for (const language of ["en", "ar"]) {
  deskTest(`${language}: every figure is walked down to its bytes, without script`, { script: false }, async (page, t) => {
    await inLanguage(page, language);
    const seen = await walk(page, { language });
    t.diagnostic(`${seen.figures} figures, ${seen.records} records, ${seen.claims} claims, ${seen.documents.size} documents`);
  });

  for (const [screen, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    deskTest(`${language}: the pages of a walk fit a ${screen}`, { viewport }, async (page) => {
      await inLanguage(page, language);
      for (const step of ["start", "figure", "record", "claim"]) {
        if (step !== "start") await page.goto((await links(page, step))[0].address);
        await assertFits(page);
        await picture(page, `desk-${step}-${language}-${screen}`);
      }
    });
  }
}

deskTest("two clicks lead from the figures to a sentence, its document's hash and its proof", {}, async (page) => {
  await inLanguage(page, "en");
  await page.locator("a[data-figure]").first().click();
  await page.waitForLoadState();
  const [claim] = await links(page, "claim");
  assert.ok(claim, `${page.url()}: no claim to click on a figure's page`);
  await page.locator(`a[data-claim="${claim.id}"]`).first().click();
  await page.waitForLoadState();
  await assertClaim(page, claim.id);
  const mark = page.locator(`mark[data-claim~="${claim.id}"]`).first();
  const box = await mark.boundingBox();
  assert.ok(box && box.y >= 0 && box.y < DESKTOP.height, "the marked sentence is on the screen without scrolling");
});

deskTest("switching the language stays on the figure", {}, async (page) => {
  await inLanguage(page, "en");
  await page.goto((await links(page, "figure"))[0].address);
  const english = await page.locator("[data-number]").first().getAttribute("data-number");
  assert.ok(english, `${page.url()}: data-number says nothing`);
  await inLanguage(page, "ar");
  assert.equal(await page.locator("[data-number]").first().getAttribute("data-number"), english);
});

test("without the link nobody gets in", async (t) => {
  if (absent) return t.skip(absent);
  const stranger = await browser.newContext();
  t.after(() => stranger.close());
  const answer = await stranger.request.get(desk.origin, { maxRedirects: 0 });
  assert.ok([401, 403].includes(answer.status()), `a stranger was answered ${answer.status()}`);
});
