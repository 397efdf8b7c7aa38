// The walk from a figure down to bytes, the same for the desk and for a published site. What a page has to carry:
//
//   start    a[data-figure=ID]
//   figure   [data-number] (the figure), a[data-record=ID]
//   record   a[data-claim=ID], [data-withheld] where the public may not see one; a[data-figure] back up
//   claim    mark[data-claim~=ID] (its words in their document), [data-document=SHA256] (the hash, printed; a
//            published page may have [data-document-page] alone, where even the hash is protected),
//            a[data-bytes] (the document itself, in the desk), [data-proof] (its entry and path in the log);
//            a[data-record] back up

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { assertLanguage, links } from "./harness.mjs";

const SHA256 = /[0-9a-f]{64}/;

/**
 * Walks from the page that is open through every figure, record and claim, each address once, and checks every
 * step. `published` pages may withhold claims and need not give the bytes. Returns how many of each were seen.
 */
export async function walk(page, { language, published = false }) {
  const figures = await links(page, "figure");
  assert.notEqual(figures.length, 0, `no a[data-figure] on ${page.url()}`);
  const seen = { figures: 0, records: 0, claims: 0, withheld: 0, documents: new Set() };
  const records = new Map();
  for (const figure of figures) {
    await visit(page, figure.address, language);
    await assertText(page, "[data-number]", "the figure's number");
    const behind = await links(page, "record");
    assert.notEqual(behind.length, 0, `${page.url()}: no record behind the figure`);
    behind.forEach((record) => records.set(record.address, record));
    seen.figures += 1;
  }
  const claims = new Map();
  for (const record of records.values()) {
    await visit(page, record.address, language);
    const behind = await links(page, "claim");
    const withheld = await page.locator("[data-withheld]").count();
    assert.notEqual(behind.length + (published ? withheld : 0), 0, `${page.url()}: no claim behind the record`);
    assert.notEqual((await links(page, "figure")).length, 0, `${page.url()}: no way back to a figure`);
    behind.forEach((claim) => claims.set(claim.address, claim));
    seen.records += 1;
    seen.withheld += withheld;
  }
  for (const together of byDocument(claims.values())) {
    for (const [at, claim] of together.entries()) {
      const seenHere = at > 0 && (await isMarked(page, claim.id));
      if (seenHere) {
        await assertOpensThere(page, claim);
      } else {
        await visit(page, claim.address, language);
        seen.documents.add(await assertClaim(page, claim.id, { published, fetched: seen.documents }));
      }
      seen.claims += 1;
    }
  }
  return seen;
}

/** Claims by the document that they open. */
function byDocument(claims) {
  const documents = new Map();
  for (const claim of claims) {
    const path = new URL(claim.address).pathname;
    documents.set(path, [...(documents.get(path) ?? []), claim]);
  }
  return documents.values();
}

/** Whether the open page, which was checked for another claim of the same document, marks this one's words too. */
async function isMarked(page, id) {
  return page.$$eval(`mark[data-claim~="${id}"]`, (marks) => marks.some((mark) => mark.innerText.trim() !== "" && mark.getClientRects().length > 0));
}

/** The claim's own address leads to the same words: its answer has the place to which the address jumps. */
async function assertOpensThere(page, claim) {
  const { protocol, hash } = new URL(claim.address);
  assert.equal(hash, `#claim-${claim.id}`, `${claim.address} jumps elsewhere`);
  if (protocol === "file:") return assert.notEqual(await page.locator(`[id="claim-${claim.id}"]`).count(), 0, `${page.url()} has no place for claim ${claim.id}`);
  const answer = await page.context().request.get(claim.address);
  assert.equal(answer.status(), 200, claim.address);
  assert.ok((await answer.text()).includes(`id="claim-${claim.id}"`), `${claim.address} has no place for claim ${claim.id}`);
}

/** The open page shows a claim's words in their document, the document's hash, bytes and proof. Returns the hash. */
export async function assertClaim(page, id, { published = false, fetched = new Set() } = {}) {
  const where = page.url();
  const mark = page.locator(`mark[data-claim~="${id}"]`);
  assert.notEqual(await mark.count(), 0, `${where}: the words of claim ${id} are not marked`);
  await assertText(page, `mark[data-claim~="${id}"]`, "the claim's words");
  const hash = await documentHash(page, published);
  await assertText(page, "[data-proof]", "the proof");
  assert.notEqual((await links(page, "record")).length, 0, `${where}: no way back to a record`);
  if (!published && !fetched.has(hash)) await assertBytes(page, hash, await mark.first().innerText());
  return hash;
}

/**
 * The SHA-256 that the open page prints of its document. A published page may stand for a document whose bytes are not
 * public, and then prints no hash that could be tested by guessing: its own name stands for it.
 */
async function documentHash(page, published) {
  const where = page.url();
  if (published && (await page.locator("[data-document]").count()) === 0) {
    const name = await page.locator("[data-document-page]").getAttribute("data-document-page");
    assert.doesNotMatch(name, SHA256, `${where}: the hash is in the page and not printed`);
    return name;
  }
  const said = await page.locator("[data-document]").first().getAttribute("data-document");
  const [hash] = said?.match(SHA256) ?? assert.fail(`${where}: data-document="${said}" is no SHA-256`);
  assert.ok((await page.locator("body").innerText()).includes(hash), `${where}: the document's hash is not printed`);
  return hash;
}

/** The document itself has the hash that the page prints and, where it is plain text, holds the marked words. */
async function assertBytes(page, hash, words) {
  const [bytes] = await links(page, "bytes");
  assert.ok(bytes, `${page.url()}: no a[data-bytes] to the document itself`);
  const answer = await page.context().request.get(bytes.address);
  assert.equal(answer.status(), 200, bytes.address);
  const body = await answer.body();
  assert.equal(createHash("sha256").update(body).digest("hex"), hash, `the bytes at ${bytes.address}`);
  if (!(answer.headers()["content-type"] ?? "").startsWith("text/plain")) return;
  const text = new TextDecoder("utf-8", { fatal: false }).decode(body);
  assert.ok(plain(text).includes(plain(words)), `${bytes.address} does not hold “${words}”`);
}

/** Text without differences of white space, which a page may show otherwise. */
function plain(text) {
  return text.replace(/\s+/gu, " ").trim();
}

async function visit(page, address, language) {
  await page.goto(address, { waitUntil: "domcontentloaded" });
  await assertLanguage(page, language);
}

/** The first element is on the screen's page, is visible and says something. */
async function assertText(page, selector, what) {
  const element = page.locator(selector).first();
  assert.ok(await element.isVisible(), `${page.url()}: ${what} (${selector}) is not to be seen`);
  assert.notEqual((await element.innerText()).trim(), "", `${page.url()}: ${what} (${selector}) is empty`);
}
