// Filters the findings, makes tabs of their panels, and adds buttons that copy. Everything to
// read is in the page already.
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const form = byId('filter');
  const scope = byId('findings');

  // ---- The items, with what they inherit from the groups they stand in

  const items = [];
  const panels = Array.from(scope.querySelectorAll('.panel'));
  const groups = [];
  for (const panel of panels)
    for (const severity of panel.querySelectorAll('.severity')) {
      groups.push(severity);
      for (const rule of severity.querySelectorAll('.rule-group')) {
        groups.push(rule);
        for (const element of rule.querySelectorAll('.finding, .brief > li'))
          items.push({
            element, panel, rule, group: severity,
            severityName: severity.dataset.severity,
            ruleName: rule.dataset.rule,
            table: element.dataset.t || '',
            words: null,
          });
      }
    }
  const itemOf = new Map(items.map((item) => [item.element, item]));
  const wordsOf = (item) => {
    if (item.words === null)
      item.words = (item.ruleName + ' ' + item.element.textContent).toLowerCase();
    return item.words;
  };

  // ---- Tabs

  const tabs = [];
  let current = panels[0];
  const show = (panel, focus) => {
    current = panel;
    for (const tab of tabs) {
      const chosen = tab.panel === panel;
      tab.button.setAttribute('aria-selected', String(chosen));
      tab.button.tabIndex = chosen ? 0 : -1;
      tab.panel.hidden = !chosen;
      if (chosen && focus) tab.button.focus();
    }
  };
  if (panels.length > 1) {
    const list = document.createElement('div');
    list.className = 'tabs';
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', 'Findings by state');
    for (const panel of panels) {
      const button = document.createElement('button');
      button.type = 'button';
      button.id = 'tab-' + panel.id;
      button.textContent = panel.dataset.tab;
      button.setAttribute('role', 'tab');
      button.setAttribute('aria-controls', panel.id);
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', button.id);
      button.addEventListener('click', () => { show(panel); remember(); });
      list.append(button);
      tabs.push({button, panel});
    }
    list.addEventListener('keydown', (event) => {
      const at = tabs.findIndex((tab) => tab.panel === current);
      const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
      const to = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 :
        step ? (at + step + tabs.length) % tabs.length : -1;
      if (to < 0) return;
      event.preventDefault();
      show(tabs[to].panel, true);
      remember();
    });
    panels[0].before(list);
    show(panels[0]);
  }

  // ---- The filter, kept in the address: #q=phone&severity=high&rule=...&table=...&tab=waived

  const text = byId('filter-text');
  const severity = byId('filter-severity');
  const rule = byId('filter-rule');
  const table = byId('filter-table');
  const count = byId('filter-count');
  const clear = byId('filter-clear');
  const nameOfTable = (option) => option.textContent.replace(/ \(\d+\)$/, '');

  const apply = () => {
    if (!form) return;
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const filtered = wanted.length > 0 || severity.value || rule.value || table.value;
    const kept = new Set();
    let shown = 0;
    for (const item of items) {
      const fits = (!severity.value || item.severityName === severity.value) &&
        (!rule.value || item.ruleName === rule.value) &&
        (!table.value || item.table === table.value) &&
        wanted.every((word) => wordsOf(item).includes(word));
      if (item.element.hidden === fits) item.element.hidden = !fits;
      if (!fits) continue;
      shown += 1;
      kept.add(item.rule).add(item.group);
    }
    for (const group of groups) {
      const hidden = !kept.has(group);
      if (group.hidden !== hidden) group.hidden = hidden;
    }
    count.textContent = filtered ? shown + ' of ' + items.length : items.length + ' in all';
    clear.hidden = !filtered;
  };

  const remember = () => {
    const state = new URLSearchParams();
    if (form && text.value) state.set('q', text.value);
    if (form && severity.value) state.set('severity', severity.value);
    if (form && rule.value) state.set('rule', rule.value);
    if (form && table.value) state.set('table', nameOfTable(table.selectedOptions[0]));
    if (current && current !== panels[0]) state.set('tab', current.id);
    const hash = state.toString();
    // A page in a sandbox may not change its address: the filter works all the same.
    try {
      history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
    } catch (refused) { /* kept out of the address */ }
  };

  const choose = (select, value) => {
    select.value = '';
    for (const option of select.options) if (option.value === value) select.value = value;
  };
  const recall = (hash) => {
    const state = new URLSearchParams(hash);
    if (form) {
      text.value = state.get('q') || '';
      choose(severity, state.get('severity') || '');
      choose(rule, state.get('rule') || '');
      const named = Array.from(table.options)
        .find((option) => option.value && nameOfTable(option) === state.get('table'));
      table.value = named ? named.value : '';
    }
    const tab = panels.find((panel) => panel.id === state.get('tab'));
    if (tabs.length > 0) show(tab || panels[0]);
    apply();
  };

  if (form) {
    let waiting = 0;
    form.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { apply(); remember(); }, 120);
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', (event) => {
      event.preventDefault();
      text.value = severity.value = rule.value = table.value = '';
      apply();
      remember();
      text.focus();
    });
    form.hidden = false;
    // Some browsers keep what was typed over a reload; the address says what counts.
    text.value = severity.value = rule.value = table.value = '';
    apply();
  }

  // ---- Keys

  const focusable = (element) => {
    const summary = element.querySelector('summary');
    if (summary) return summary;
    element.tabIndex = -1;
    return element;
  };
  const step = (by) => {
    const seen = items.filter((item) => item.panel === current && !item.element.hidden);
    if (seen.length === 0) return;
    const here = document.activeElement.closest('.finding, .brief > li');
    const at = seen.findIndex((item) => item.element === here);
    const next = at < 0 ? (by > 0 ? 0 : seen.length - 1) :
      Math.min(Math.max(at + by, 0), seen.length - 1);
    const target = focusable(seen[next].element);
    target.focus({preventScroll: true});
    target.scrollIntoView({block: 'nearest'});
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && form && event.target === text) {
      text.value = '';
      apply();
      remember();
      return;
    }
    if (/^(input|select|textarea)$/i.test(event.target.tagName)) return;
    if (event.key === '/' && form) {
      event.preventDefault();
      text.focus();
      form.scrollIntoView({block: 'nearest'});
    } else if (event.key === 'j' || event.key === 'k') {
      event.preventDefault();
      step(event.key === 'j' ? 1 : -1);
    }
  });

  // ---- Copying

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

  // ---- The address

  const open = (target) => {
    const item = itemOf.get(target.closest('.finding, .brief > li'));
    const panel = target.closest('.panel');
    if (panel && tabs.length > 0) show(panel);
    if (item && item.element.hidden) {
      // A filter must not hide what a link leads to.
      text.value = severity.value = rule.value = table.value = '';
      apply();
    }
    for (let box = target.closest('details'); box; box = box.parentElement.closest('details'))
      box.open = true;
    target.scrollIntoView();
  };
  const follow = () => {
    const hash = location.hash.slice(1);
    if (hash.includes('=')) {
      recall(hash);
      return;
    }
    // Anchors are plain ASCII: nothing in them needs decoding.
    const target = hash && byId(hash);
    if (target) open(target);
  };
  window.addEventListener('hashchange', follow);
  follow();
  // The same link again is no change of the address.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute('href') === location.hash) follow();
  });

  // ---- Paper: nothing stays folded, filtered or behind a tab

  let opened = [];
  window.addEventListener('beforeprint', () => {
    opened = Array.from(document.querySelectorAll('details:not([open])'));
    for (const box of opened) box.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const box of opened) box.open = false;
    opened = [];
  });
  document.documentElement.dataset.ready = 'yes';
})();
