// The page as people use it: reading, searching, linking, keys, paper, with scripts and without.
import {test, before, after} from 'node:test';
import assert from 'node:assert/strict';
import {statSync} from 'node:fs';
import {availableParallelism, loadavg} from 'node:os';
import {start, stop, openPage, pathOf, until, accessibilityViolations} from './browser.mjs';

before(start);
after(stop);

const shownFindings = (page) => page.locator('.finding:visible, .brief > li:visible').count();
const hashOf = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const firstId = (page, selector) => page.locator(selector).first().getAttribute('id');

test('everything can be read with scripts off', async () => {
  const page = await openPage('small.html', {scripts: false});
  const text = await page.locator('body').textContent();
  for (const part of [
    '2 findings at or above high', 'sha256', 'PostgreSQL 15.18', 'What this verdict does not cover',
    'p3_cache points at users', 'FOREIGN KEY (user_id) REFERENCES public.users(id)',
    'DROP CONSTRAINT p3_cache_user_id_fkey', '| phone | varchar(20) |',
    'Waived in the configuration', 'legacy_id', 'In the baseline', 'jobs is referred to',
    'forbidden', 'undocumented', 'Columns called status', 'Rollback has been rehearsed',
    'The role did not see everything'])
    assert.ok(text.includes(part), part);
  for (const panel of ['#open', '#waived', '#baseline'])
    assert.ok(await page.locator(panel + ' .message').first().isVisible(), panel);
  assert.equal(await page.locator('#filter').isVisible(), false);
  // Folded parts are there, and open without a script.
  await page.locator('.annotated summary').last().press('Enter');
  assert.ok((await page.locator('.annotated').last().innerText()).includes('text in the database'));
  await page.done();
});

test('search and filters narrow the findings and stand in the address', async () => {
  const page = await openPage('small.html');
  assert.equal(await shownFindings(page), 3);
  await page.locator('#filter-text').fill('phone');
  await until(page, () => location.hash.includes('q=phone'));
  assert.equal(await shownFindings(page), 1);
  assert.match(await page.locator('#filter-count').innerText(), /^1 of 5/);
  await page.locator('#filter-text').fill('');
  await page.locator('#filter-severity').selectOption('critical');
  await until(page, () => location.hash === '#severity=critical');
  assert.equal(await shownFindings(page), 1);
  await page.locator('#filter-severity').selectOption('');
  await page.locator('#filter-rule').selectOption('undocumented-column');
  await page.locator('#filter-table').selectOption({label: 'public.users (3)'});
  await until(page, () => location.hash.includes('table='));
  assert.equal(await hashOf(page), '#rule=undocumented-column&table=public.users');
  assert.equal(await shownFindings(page), 1);

  await page.reload();
  assert.equal(await page.locator('#filter-rule').inputValue(), 'undocumented-column');
  assert.equal(await shownFindings(page), 1);
  await page.locator('#filter-clear').click();
  assert.equal(await hashOf(page), '');
  assert.equal(await shownFindings(page), 3);
  await page.done();
});

test('a link with filters opens what it was sent for', async () => {
  const page = await openPage('small.html', {hash: '#q=legacy&tab=waived'});
  assert.equal(await page.locator('#filter-text').inputValue(), 'legacy');
  assert.equal(await page.locator('[role=tab][aria-selected=true]').innerText(), 'Waived (1)');
  assert.equal(await shownFindings(page), 1);
  await page.done();
});

test('an anchor leads to its finding, whatever hides it', async () => {
  const page = await openPage('small.html');
  const open = await firstId(page, '#open .finding');
  const waived = await firstId(page, '#waived .finding');
  assert.match(open, /^f-[0-9a-f]{16}$/);
  await page.locator('#filter-text').fill('nothing of the kind');
  await until(page, () => location.hash.includes('q='));
  assert.equal(await shownFindings(page), 0);
  await page.evaluate((id) => { location.hash = id; }, open);
  await page.locator('#' + open).waitFor({state: 'visible'});
  assert.equal(await page.locator('#' + open).getAttribute('open'), '');
  await page.evaluate((id) => { location.hash = id; }, waived);
  await page.locator('#' + waived).waitFor({state: 'visible'});
  assert.equal(await page.locator('#open').isVisible(), false);
  await page.done();

  const straight = await openPage('small.html', {hash: '#' + waived});
  assert.ok(await straight.locator('#' + waived).isVisible());
  await straight.done();
});

test('a refuted claim of a document leads to its finding', async () => {
  const page = await openPage('small.html', {hash: '#doc-2'});
  const claim = page.locator('#doc-2 .margin .refuted a');
  assert.equal(await claim.innerText(), 'text in the database');
  assert.equal(await page.locator('#doc-2 mark.refuted').innerText(), 'varchar(20)');
  await claim.click();
  const target = page.locator(await claim.getAttribute('href'));
  assert.ok(await target.isVisible());
  assert.ok((await target.innerText()).includes('the type of phone differs'));
  await page.done();
});

test('what differs between the sides is marked', async () => {
  const page = await openPage('sample.html');
  const sides = page.locator('.sides', {has: page.locator('mark')}).first();
  assert.ok(await sides.locator('.side').count() >= 2);
  await page.done();
});

test('keys move through the findings', async () => {
  const page = await openPage('small.html');
  const focused = () => page.evaluate(() =>
    document.activeElement.closest('.finding') && document.activeElement.closest('.finding').id);
  const ids = await page.locator('#open .finding').evaluateAll((all) => all.map((one) => one.id));
  await page.keyboard.press('j');
  assert.equal(await focused(), ids[0]);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.equal(await focused(), ids[2]);
  await page.keyboard.press('k');
  assert.equal(await focused(), ids[1]);
  const isOpen = () => page.locator('#' + ids[1]).evaluate((one) => one.open);
  const was = await isOpen();
  await page.keyboard.press('Enter');
  assert.notEqual(await isOpen(), was);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-text');
  await page.keyboard.type('jk/');
  assert.equal(await page.locator('#filter-text').inputValue(), 'jk/');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#filter-text').inputValue(), '');
  await page.locator('[role=tab]').first().focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-waived');
  assert.ok(await page.locator('#waived').isVisible());
  await page.keyboard.press('End');
  assert.ok(await page.locator('#baseline').isVisible());
  await page.done();
});

test('a fix is copied with a button', async () => {
  const page = await openPage('small.html');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.finding .copy').first().click();
  await page.locator('.copy', {hasText: 'Copied'}).waitFor();
  await page.done();
});

test('the page follows the system into the dark', async () => {
  const colours = async (dark) => {
    const page = await openPage('small.html', {dark});
    const found = await page.evaluate(() => {
      const style = getComputedStyle(document.body);
      return [style.backgroundColor, style.color]
        .map((colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0));
    });
    await page.done();
    return found;
  };
  const [lightBack, lightText] = await colours(false);
  const [darkBack, darkText] = await colours(true);
  assert.ok(lightBack > lightText && darkBack < darkText);
});

test('paper has everything, whatever is folded, filtered or behind a tab', async () => {
  const page = await openPage('small.html', {hash: '#q=phone'});
  assert.equal(await shownFindings(page), 1);
  const pdf = await page.pdf({format: 'A4'});
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages >= 3 && pages <= 25, pages + ' pages');
  await page.emulateMedia({media: 'print'});
  assert.equal(await shownFindings(page), 5);
  assert.equal(await page.locator('#filter, .contents, [role=tablist]').filter({visible: true}).count(), 0);
  for (const panel of ['#open', '#waived', '#baseline'])
    assert.ok(await page.locator(panel).isVisible(), panel);
  await page.emulateMedia({media: 'screen'});
  // What was folded before is folded again.
  assert.equal(await shownFindings(page), 1);
  await page.done();
});

for (const width of [1280, 360])
  test('nothing is wider than a window of ' + width, async () => {
    for (const name of ['small.html', 'hostile.html', 'hostile-schema.html', 'sample.html']) {
      const page = await openPage(name, {width});
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      const [content, view] = await page.evaluate(() =>
        [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(content <= view, name + ' is ' + content + ' wide');
      await page.done();
    }
  });

for (const name of ['small.html', 'sample.html', 'empty.html', 'hostile.html', 'hostile-schema.html'])
  for (const dark of [false, true])
    test('axe-core finds nothing amiss in ' + name + (dark ? ', dark' : ''), async () => {
      const page = await openPage(name, {dark});
      assert.deepEqual(await accessibilityViolations(page), []);
      await page.done();
    });

test('axe-core finds nothing amiss in a narrow window', async () => {
  const page = await openPage('sample.html', {width: 390});
  assert.deepEqual(await accessibilityViolations(page), []);
  await page.done();
});

test('names are shown and never obeyed', async () => {
  const page = await openPage('hostile.html');
  const text = await page.locator('#findings').textContent();
  for (const part of [
    '</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<!-- ]]> </style>',
    '{{body}}', '\\x1b[31mred', 'user\\u202egnp.exe', '::error file=x::y'])
    assert.ok(text.includes(part), part);
  assert.ok((await page.locator('svg.graph').textContent()).includes('</sc'));
  assert.equal(await page.locator('img, iframe, object, embed, base, [onclick], [style]').count(), 0);
  assert.equal(await page.locator('script').count(), 1);
  await page.done();
});

test('a hostile schema and its documents are shown whole and never obeyed', async () => {
  const page = await openPage('hostile-schema.html');
  const text = await page.locator('main').textContent();
  for (const part of [
    "<img src=x onerror=window.ran='table'>", "</script><script>window.ran='column'</script>",
    "<script>window.ran='raw html'</script>", "\\u202ereversed\\u202c", '\\x1b[31mcolour',
    "<svg onload=window.ran='edge'>", "onerror=window.ran='cell'", 'app:***@db/x'])
    assert.ok(text.includes(part), part);
  assert.equal(text.includes('hunter2-secret'), false);
  assert.ok(await page.locator('svg.graph .forbidden').count() > 0);
  assert.equal(await page.locator('img').count(), 0);
  await page.done();
});

test('20,000 findings over 500 tables: under 12 MB, usable within two seconds', async (t) => {
  const bytes = statSync(pathOf('large.html')).size;
  assert.ok(bytes < 12_000_000, bytes + ' bytes');
  // The best of three. Where others keep the processors busy, the time that the page itself took
  // of them counts instead: what else the machine does is not the page's doing.
  const waited = [], worked = [], answered = [];
  for (let i = 0; i < 3; ++i) {
    const begun = performance.now();
    const page = await openPage('large.html');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-text');
    waited.push(Math.round(performance.now() - begun));
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const {metrics} = await session.send('Performance.getMetrics');
    worked.push(Math.round(1000 * metrics.find((metric) => metric.name === 'ProcessTime').value));
    const asked = performance.now();
    await page.keyboard.type('address_39');
    await until(page, () => document.getElementById('filter-count').textContent === '500 of 20000');
    answered.push(Math.round(performance.now() - asked));
    await page.done();
  }
  const busy = loadavg()[0] > availableParallelism();
  t.diagnostic(bytes + ' bytes; usable after ' + waited + ' ms, of which the page worked ' + worked +
    ' ms; a search was answered after ' + answered + ' ms' + (busy ? '; the machine is busy' : ''));
  assert.ok(Math.min(...(busy ? worked : waited)) < 2000, waited + ' ms, ' + worked + ' ms of work');
});

test('a large page tells how much of it is short, and every finding has its anchor', async () => {
  const page = await openPage('large.html');
  assert.match(await page.locator('#findings > .notice').innerText(),
    /20000 findings: the \d+ most severe are told in full, each of the other \d+ on one line/);
  const [full, brief] = await page.evaluate(() =>
    ['.finding', '.brief > li'].map((kind) => document.querySelectorAll(kind + '[id^=f-]').length));
  assert.equal(full, 2000);
  assert.equal(full + brief, 20000);
  await page.keyboard.press('j');
  const last = await page.evaluate(() => {
    const all = document.querySelectorAll('.brief > li');
    return all[all.length - 1].id;
  });
  await page.evaluate((id) => { location.hash = id; }, last);
  await until(page, (id) => {
    const box = document.getElementById(id).getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  }, last);
  await page.done();
});
