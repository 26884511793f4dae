/** What others do inside of an open shadow root: translators, extensions, pages. Runs before any script of the page, as text. */

export function reachIn(): void {
  const rootOf = (): ShadowRoot => {
    const root = document.querySelector('ivy-chat')?.shadowRoot;
    if (!root) throw new Error('there is no chat');
    return root;
  };

  /** Of a tag that is no longer meant to be used. */
  const newElement = (tag: string): HTMLElement => document.createElement(tag);

  function textsIn(root: Node): readonly Text[] {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
    return texts;
  }

  /** As the translation built into a browser does: each text becomes two elements with another text. */
  function translate(): void {
    for (const text of [...textsIn(document.body), ...textsIn(rootOf())]) {
      if (text.data.trim() === '' || text.parentElement?.closest('script, style, textarea, font')) continue;
      const [outer, inner] = [newElement('font'), newElement('font')];
      outer.style.verticalAlign = inner.style.verticalAlign = 'inherit';
      inner.append(text.data.toUpperCase());
      outer.append(inner);
      text.replaceWith(outer);
    }
  }

  /** "Show the original": with texts of its own. */
  function translateBack(): void {
    for (const root of [document, rootOf()])
      for (const outer of root.querySelectorAll('font:not(font font)'))
        outer.replaceWith(document.createTextNode(outer.textContent.toLowerCase()));
  }

  function take(what: number): void {
    const walker = document.createTreeWalker(rootOf(), what);
    const nodes: Node[] = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) node.parentNode?.removeChild(node);
  }

  Object.assign(window, {
    reach: {
      translate,
      translateBack,
      /** As a text field's assistant does: elements of its own beside and in everything. */
      inject: () => {
        for (const element of rootOf().querySelectorAll('*')) {
          element.prepend(document.createElement('x-assistant'));
          element.after(document.createElement('x-assistant'));
          element.setAttribute('data-assistant', 'true');
        }
      },
      join: () => rootOf().normalize(),
      emptyRoot: () => rootOf().replaceChildren(),
      emptyChat: () => rootOf().querySelector('.chat')?.replaceChildren(),
      emptyFrame: () => rootOf().querySelector('.frame')?.replaceChildren(),
      emptyHeader: () => rootOf().querySelector('.header')?.replaceChildren(),
      emptyList: () => rootOf().querySelector('.turns')?.replaceChildren(),
      emptyComposer: () => rootOf().querySelector('.composer')?.replaceChildren(),
      takeTurns: () =>
        rootOf()
          .querySelectorAll('.turn')
          .forEach((turn) => turn.remove()),
      emptyAnswers: () =>
        rootOf()
          .querySelectorAll('ivy-chat-answer')
          .forEach((one) => one.replaceChildren()),
      takeTexts: () => take(NodeFilter.SHOW_TEXT),
      takeComments: () => take(NodeFilter.SHOW_COMMENT),
      takeElements: () => take(NodeFilter.SHOW_ELEMENT),
      /** Another text in the place of everything that had one. */
      replaceTexts: () => {
        for (const element of rootOf().querySelectorAll('span, p, button, h3, time'))
          element.textContent = 'other';
      },
    },
  });
}

/** Does one of them, by its name. */
export function reach(name: string): void {
  const all: unknown = 'reach' in window ? window.reach : undefined;
  const act: unknown = Reflect.get(Object(all), name);
  if (typeof act !== 'function') throw new Error(`nobody does ${name}`);
  Reflect.apply(act, undefined, []);
}
