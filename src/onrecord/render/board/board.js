'use strict';
document.documentElement.classList.add('js');

const told = document.getElementById('told');

// A long list shows its first few rows, all at a click, and those that match while somebody searches.
function makeShort(box) {
  const body = box.querySelector('[data-rows]');
  const form = box.parentElement.querySelector('.filter');
  const all = Number(box.dataset.all);
  const few = Number(box.dataset.first);
  const what = box.dataset.what;
  let isOpen = all <= few + 2;
  let words = null;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'more';
  box.append(button);

  function rows() {
    const rest = box.querySelector('template');
    if (rest) {
      body.append(rest.content);
      rest.remove();
      finish(body);
    }
    return Array.from(body.children);
  }
  function matches(row, at) {
    const wanted = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const is = form.elements.is.value;
    return (!is || row.dataset.is === is) && wanted.every((word) => words[at].includes(word));
  }
  function isSearching() {
    return form !== null && (form.elements.words.value.trim() !== '' || form.elements.is.value !== '');
  }
  function paint() {
    const found = isSearching() || isOpen ? rows() : Array.from(body.children);
    let count = found.length;
    if (isSearching()) {
      words = words || found.map((row) => row.textContent.toLowerCase());
      count = 0;
      found.forEach((row, at) => {
        row.hidden = !matches(row, at);
        count += row.hidden ? 0 : 1;
      });
    } else {
      found.forEach((row, at) => { row.hidden = !isOpen && at >= few; });
    }
    button.hidden = isSearching() || all <= few + 2;
    button.textContent = isOpen ? 'Show fewer' : 'Show all ' + all + ' ' + what;
    button.setAttribute('aria-expanded', String(isOpen));
    if (form) form.querySelector('output').textContent = isSearching() ? count + ' of ' + all + ' ' + what : '';
  }
  function open(value) {
    isOpen = value;
    paint();
  }
  if (form) {
    form.hidden = false;
    let timer = 0;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(paint, 80);
    });
  }
  button.addEventListener('click', () => {
    const isNowOpen = !isOpen;
    open(isNowOpen);
    if (isNowOpen && body.children[few]) {
      body.children[few].tabIndex = -1;
      body.children[few].focus({preventScroll: true});
    } else {
      box.scrollIntoView({block: 'nearest'});
    }
  });
  paint();
  return {box, open};
}

const lists = Array.from(document.querySelectorAll('.short'), makeShort);

// A link to something folded away opens what it is in.
function reveal() {
  const name = location.hash.slice(1);
  let target = name && document.getElementById(name);
  if (!target && name.startsWith('record-')) {
    lists.filter((list) => list.box.querySelector('template')).forEach((list) => list.open(true));
    target = document.getElementById(name);
  }
  if (!target) return;
  for (const fold of [target, ...parents(target)]) {
    if (fold.tagName === 'DETAILS') fold.open = true;
  }
  const list = lists.find((one) => one.box.contains(target));
  if (list && target.hidden) list.open(true);
  target.scrollIntoView({block: 'start'});
}
function parents(node) {
  return node.parentElement ? [node.parentElement, ...parents(node.parentElement)] : [];
}
addEventListener('hashchange', reveal);
reveal();

// What only a script can use, a script makes: buttons that copy, and the links of rows that waited in a template.
function finish(place) {
  for (const code of place.querySelectorAll('code[data-copy]')) {
    if (code.nextElementSibling && code.nextElementSibling.className === 'copy') continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy ' + code.textContent);
    code.after(button);
  }
  const table = place.closest('[data-pulls]');
  if (!table) return;
  for (const cell of place.querySelectorAll('td:first-child')) {
    if (cell.firstElementChild) continue;
    const link = document.createElement('a');
    link.href = table.dataset.pulls + cell.textContent.slice(1);
    link.rel = 'noreferrer';
    link.textContent = cell.textContent;
    cell.replaceChildren(link);
  }
}
finish(document.body);

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    say(button, 'Copied');
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    say(button, 'Selected');
  }
}
function say(button, word) {
  button.textContent = word;
  told.textContent = word + ': ' + button.previousElementSibling.textContent;
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('.copy');
  if (button) copy(button);
});

// On paper everything is there; the full account of pull requests only if it was opened.
addEventListener('beforeprint', () => {
  for (const fold of document.querySelectorAll('details:not(.ledger)')) fold.open = true;
  for (const list of lists) if (!list.box.closest('.ledger')) list.open(true);
});
