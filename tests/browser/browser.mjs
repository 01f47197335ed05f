// One headless Chromium for all tests, and what each page has to keep to: no message of the
// console, no breach of the content policy, nothing that asks or runs.
//
//   const page = await openPage('small.html', {dark: true});
//   ... await page.done();
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';
import {readFileSync} from 'node:fs';
import assert from 'node:assert/strict';

const require = createRequire(process.env.BROWSER_MODULES + '/');
const {chromium} = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let browser;
export const start = async () => {
  // A container's root has no sandbox of the kernel to give.
  browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ['--no-sandbox']});
};
export const stop = () => browser.close();

export const pathOf = (name) => process.env.PAGES + '/' + name;

export const openPage = async (name, {hash = '', dark = false, scripts = true, width = 1280} = {}) => {
  const context = await browser.newContext({
    viewport: {width, height: 900},
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.type() + ': ' + message.text()));
  page.on('pageerror', (error) => complaints.push('error: ' + error.message));
  page.on('dialog', (dialog) => { complaints.push('dialog: ' + dialog.message()); dialog.dismiss(); });
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push('request: ' + request.url());
  });
  if (scripts)
    await page.addInitScript(() => {
      window.breaches = [];
      document.addEventListener('securitypolicyviolation', (event) =>
        window.breaches.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
    });
  await page.goto(pathToFileURL(pathOf(name)).href + hash);
  page.done = async () => {
    if (scripts) {
      assert.deepEqual(await page.evaluate(() => window.breaches), []);
      assert.equal(await page.evaluate(() => window.ran), undefined, 'something in a name ran');
    }
    assert.deepEqual(complaints, []);
    await context.close();
  };
  return page;
};

/// Waits in this program: the page's policy forbids the polling that a browser would do.
export const until = async (page, condition, argument) => {
  for (const deadline = Date.now() + 30_000; ;) {
    if (await page.evaluate(condition, argument)) return;
    if (Date.now() > deadline) throw new Error('never: ' + condition);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/// What axe-core finds amiss, each on one line. Of each kind of what can be folded some are
/// unfolded: it takes a second for every hundred boxes.
export const accessibilityViolations = async (page) => {
  await page.evaluate(() => {
    const opened = {};
    for (const details of document.querySelectorAll('details')) {
      const kind = details.className || details.parentElement.className + details.parentElement.tagName;
      opened[kind] = (opened[kind] || 0) + 1;
      details.open = opened[kind] <= 4;
    }
  });
  await page.evaluate(axeSource);
  // One row of a long table is as another.
  const result = await page.evaluate(() => window.axe.run(
    {include: [['html']], exclude: [['#rules tbody tr:nth-child(n + 8)']]}, {resultTypes: ['violations']}));
  return result.violations.flatMap((violation) => violation.nodes.map((node) =>
    violation.id + ': ' + node.html.slice(0, 160) + ' ' + node.failureSummary.replace(/\s+/g, ' ')));
};
