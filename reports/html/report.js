// Filters the findings and adds buttons that copy. Everything to read is in the page already.
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const form = byId('filter');

  if (form) {
    const scope = byId('findings');
    const findings = Array.from(scope.querySelectorAll('.finding'));
    const groups = Array.from(scope.querySelectorAll('.rule-group, .severity'));
    const words = new Map();
    const wordsOf = (finding) => {
      if (!words.has(finding))
        words.set(finding, (finding.dataset.rule + ' ' + finding.textContent).toLowerCase());
      return words.get(finding);
    };
    const text = byId('filter-text');
    const severity = byId('filter-severity');
    const rule = byId('filter-rule');
    const count = byId('filter-count');

    const apply = () => {
      const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const finding of findings) {
        const fits = (!severity.value || finding.dataset.severity === severity.value) &&
          (!rule.value || finding.dataset.rule === rule.value) &&
          wanted.every((word) => wordsOf(finding).includes(word));
        finding.hidden = !fits;
        if (fits) shown += 1;
      }
      for (const group of groups)
        group.hidden = !group.querySelector('.finding:not([hidden])');
      count.textContent = shown + ' of ' + findings.length;
    };

    let waiting = 0;
    form.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, 120);
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    document.addEventListener('keydown', (event) => {
      const typing = /^(input|select|textarea)$/i.test(event.target.tagName);
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        text.focus();
      } else if (event.key === 'Escape' && event.target === text) {
        text.value = '';
        apply();
      }
    });
    form.hidden = false;
    count.textContent = findings.length + ' of ' + findings.length;
    // Some browsers keep what was typed over a reload.
    if (text.value || severity.value || rule.value) apply();
  }

  const copyText = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch (refused) {
      const range = document.createRange();
      range.selectNodeContents(code);
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      return document.execCommand('copy');
    }
  };
  const addButtons = (root) => {
    for (const box of root.querySelectorAll('.copyable')) {
      if (box.querySelector('.copy')) continue;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'copy';
      button.textContent = 'Copy';
      button.addEventListener('click', async () => {
        const copied = await copyText(box.querySelector('pre'));
        button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
        setTimeout(() => { button.textContent = 'Copy'; }, 2000);
      });
      box.append(button);
    }
  };
  // A page may hold thousands of folded findings: theirs come when they are opened.
  document.querySelectorAll('.question, .finding[open]').forEach(addButtons);
  document.addEventListener('toggle', (event) => {
    if (event.target.open) addButtons(event.target);
  }, true);

  const openTarget = () => {
    // Anchors are plain ASCII: nothing in them needs decoding.
    const target = location.hash.length > 1 && byId(location.hash.slice(1));
    if (!target) return;
    for (let box = target.closest('details'); box; box = box.parentElement.closest('details'))
      box.open = true;
    target.scrollIntoView();
  };
  window.addEventListener('hashchange', openTarget);
  openTarget();

  let opened = [];
  window.addEventListener('beforeprint', () => {
    opened = Array.from(document.querySelectorAll('details:not([open])'));
    for (const box of opened) box.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const box of opened) box.open = false;
    opened = [];
  });
})();
