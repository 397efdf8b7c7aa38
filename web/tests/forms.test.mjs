// The forms of the desk, as a reviewer fills them in: a value is decided, a claim rejected, a pair judged, and the
// figure visibly moves. Without script, on a phone, in both languages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { Absent, PHONE, assertFits, folder, inLanguage, launch, links, picture, startDemo, watch } from "./harness.mjs";

let browser, desk, absent, inside;

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

function formTest(name, act, options = {}) {
  test(name, async (t) => {
    if (absent) return t.skip(absent);
    const visit = await watch(browser, { within: desk.origin, viewport: PHONE, script: false, ...options });
    t.after(() => visit.close());
    if (inside) await visit.context.addCookies(inside);
    await visit.page.goto(inside ? desk.origin : desk.address);
    inside ??= await visit.context.cookies();
    await act(visit.page);
    visit.assertClean();
  });
}

/** The first figure's page, and the first record of a kind behind it. */
async function openRecord(page, kind) {
  const figure = (await links(page, "figure"))[0].address;
  await page.goto(figure);
  const record = (await links(page, "record")).find((link) => new URL(link.address).pathname.startsWith(`/${kind}/`));
  assert.ok(record, `${figure}: no ${kind} behind the figure`);
  await page.goto(record.address);
  return figure;
}

async function number(page, figure) {
  await page.goto(figure);
  return page.locator("[data-number]").first().getAttribute("data-min");
}

/** Opens the folded form that is sent to an address, and gives it. */
async function openForm(page, action) {
  const form = page.locator(`form[action^="${action}"]`).first();
  if (!(await form.isVisible())) await page.locator("details.act", { has: page.locator(`form[action^="${action}"]`) }).first().locator("summary").click();
  return form;
}

async function send(page, form) {
  await form.locator("button[type=submit]").click();
  await page.waitForLoadState();
}

const WHY = { en: "counted again with the hospital", ar: "أُعيد العدّ مع المستشفى" };

for (const [language, value] of Object.entries({ en: "901", ar: "702-705" })) {
  formTest(`${language}: a decided value moves the figure, and the page says from what to what`, async (page) => {
    await inLanguage(page, language);
    const figure = await openRecord(page, "incident");
    const record = page.url();
    const before = await number(page, figure);
    await page.goto(record);
    const form = await openForm(page, "/decide");
    await form.locator("[name=field]").selectOption("killed");
    await form.locator("[name=value]").fill(value);
    await form.locator("[name=why]").fill(WHY[language]);
    await assertFits(page);
    await picture(page, `form-decide-${language}`);
    await send(page, form);
    assert.equal(await page.locator("[data-notice]").getAttribute("data-notice"), "saved");
    assert.ok((await page.locator(".moved").innerText()).trim(), "the notice says what moved");
    assert.ok((await page.locator("#history").innerText()).includes(WHY[language]), "the reason stands in the history");
    await assertFits(page);
    await picture(page, `form-decided-${language}`);
    assert.notEqual(await number(page, figure), before);
  });

  formTest(`${language}: a form without sense comes back with what was typed and a reason`, async (page) => {
    await inLanguage(page, language);
    await openRecord(page, "incident");
    const form = await openForm(page, "/decide");
    await form.locator("[name=field]").selectOption("killed");
    await form.locator("[name=value]").fill("somebody");
    await form.locator("[name=why]").fill(WHY[language]);
    const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
    await form.locator("button[type=submit]").click();
    assert.equal((await answered).status(), 422);
    await page.waitForLoadState();
    assert.equal(await page.locator("[data-notice]").getAttribute("data-notice"), "refused");
    assert.equal(await page.locator("form[action^='/decide'] [name=value]").inputValue(), "somebody");
    await assertFits(page);
    await picture(page, `form-refused-${language}`);
  }, { expected: [422] });
}

formTest("a rejected claim is struck out and the figure moves", async (page) => {
  await inLanguage(page, "en");
  const figure = await openRecord(page, "incident");
  await page.goto(figure);
  const before = await page.locator("article.record").count();
  const form = await openForm(page, "/reject");
  const claim = await form.locator("[name=claim]").getAttribute("value");
  await form.locator("[name=why]").fill("the number is that of the wounded");
  await send(page, form);
  assert.equal(await page.locator("[data-notice]").getAttribute("data-notice"), "saved");
  assert.ok(before > 0);
  await page.goto(`${desk.origin}/claim/${claim}?lang=en`);
  assert.ok(await page.locator(".rejection").isVisible());
});

formTest("two people are judged to be the same, by choosing one of those offered", async (page) => {
  await inLanguage(page, "ar");
  await openRecord(page, "person");
  const form = await openForm(page, "/judge");
  await form.locator("input[value=different]").check();
  await form.locator("[name=why]").fill("اسم الأب مختلف");
  await assertFits(page);
  await send(page, form);
  assert.equal(await page.locator("[data-notice]").getAttribute("data-notice"), "saved");
  assert.ok((await page.locator("#history").innerText()).includes("اسم الأب مختلف"));
});

formTest("a question that is asked can be saved under a name and is then among the figures", async (page) => {
  await inLanguage(page, "en");
  const ask = page.locator("form.ask");
  await ask.locator("[name=class]").selectOption("women");
  await send(page, ask);
  await page.locator("form[action^='/save'] [name=name]").fill("women-killed");
  await send(page, page.locator("form[action^='/save']"));
  assert.ok(new URL(page.url()).pathname.endsWith("/figure/women-killed"), page.url());
  await page.goto(`${desk.origin}/?lang=en`);
  assert.equal(await page.locator("a[data-figure=women-killed]").count(), 1);
});
