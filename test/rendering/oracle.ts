/**
 * What runs in a page before anything else and would notice whatever a text brought about (rule X8): each node and each
 * attribute that is made in the page or in a shadow root, scripts that call, and reports of the page's policy.
 */

/** Patterns, as text: they are sent to the page. */
export interface Lists {
  readonly answerTags: string;
  /** Values by attribute. */
  readonly answerAttributes: Readonly<Record<string, string>>;
  /** What could act, and is nowhere else either. */
  readonly actingTags: string;
  readonly actingAttributes: string;
}

export const LISTS: Lists = {
  answerTags:
    'p|h[1-6]|ul|ol|li|blockquote|hr|br|pre|code|em|strong|del|a|table|thead|tbody|tr|th|td|input|div|span|button',
  answerAttributes: {
    class: 'code|code-head|code-language|copy|table|table long|w[0-4]|task|html|group',
    part: 'code-block|copy-button|table',
    href: '(?:https?://[^/@]+/.*|mailto:[^?]*@[^?#]*(?:[?&](?:subject|body)=[^&#]*)*)',
    title: '[!-~]+',
    rel: 'noopener noreferrer nofollow',
    target: '_blank',
    referrerpolicy: 'no-referrer',
    start: '\\d{1,9}',
    align: 'left|center|right',
    type: 'button|checkbox',
    disabled: '',
    checked: '',
    role: 'group|list|none',
    tabindex: '0',
    'aria-label': 'Done|To do|Table|Code(?: block)?',
    dir: 'ltr|auto',
  },
  actingTags:
    'a|animate.*|applet|audio|base|embed|foreignobject|form|i?frame|frameset|image|img|link|math|meta|object|picture|portal|script|set|source|style|template|track|use|video',
  actingAttributes:
    'on.*|src|srcset|srcdoc|href|xlink:href|action|formaction|data|poster|background|ping|http-equiv|is|autofocus',
};

/** What `watchPage` leaves in the page. */
export interface Watched {
  readonly found: string[];
  /** How many elements were looked at: that there was something to see. */
  elements: number;
  /** Looks at all that is in there now. */
  check(root: Element): void;
}

declare global {
  interface Window {
    readonly watched: Watched;
  }
}

/** Is sent to the page as text, so it knows nothing but the page and its parameter. */
export function watchPage(lists: Lists): void {
  const pattern = (source: string): RegExp => new RegExp(`^(?:${source})$`, 's');
  const [answerTags, actingTags, actingAttributes] = [
    pattern(lists.answerTags),
    pattern(lists.actingTags),
    pattern(lists.actingAttributes),
  ];
  const values = new Map(
    Object.entries(lists.answerAttributes).map(([name, source]) => [name, pattern(source)]),
  );
  const hidden = /(?![\t\n])[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2028\u2029\u2800]/u;

  const found: string[] = [];
  const note = (what: string): void => {
    if (found.length < 50) found.push(what);
  };
  const describe = ({ outerHTML }: Element): string => outerHTML.slice(0, 200);

  const checkLink = (link: HTMLAnchorElement): void => {
    const { protocol, host, pathname, username, password, title, textContent } = link;
    const isMail = protocol === 'mailto:';
    if (!isMail && protocol !== 'http:' && protocol !== 'https:') note(`address: ${describe(link)}`);
    if (username + password !== '') note(`a name before the host: ${describe(link)}`);
    if (title !== (isMail ? pathname : host)) note(`the host is not told: ${describe(link)}`);
    if (hidden.test(textContent)) note(`hidden characters: ${describe(link)}`);
    if (textContent.trim() === '') note(`nothing to see: ${describe(link)}`);
    for (const name of ['rel', 'target', 'referrerpolicy', 'dir'])
      if (!link.hasAttribute(name)) note(`no ${name}: ${describe(link)}`);
  };

  const checkOne = (element: Element): void => {
    watched.elements += 1;
    const { localName: tag, parentElement: parent } = element;
    const isInAnswer = Boolean(parent?.closest('.markdown'));
    if (isInAnswer ? !answerTags.test(tag) : actingTags.test(tag)) note(`element: ${describe(element)}`);
    if (parent?.closest('.bubble, textarea, title')) note(`element in a text: ${describe(element)}`);
    for (const { name, value } of element.attributes)
      if (isInAnswer ? values.get(name)?.test(value) !== true : actingAttributes.test(name))
        note(`attribute ${name}: ${describe(element)}`);
    if (element instanceof HTMLAnchorElement) checkLink(element);
  };
  const watched: Watched = {
    found,
    elements: 0,
    check: (root) => {
      for (const element of root.querySelectorAll('*')) checkOne(element);
    },
  };
  Object.defineProperty(window, 'watched', { value: watched });

  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'eval', 'msgbox'])
    Object.defineProperty(window, name, { value: () => note(`called: ${name}`) });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    note(`policy: ${violatedDirective} ${blockedURI} ${sample}`),
  );

  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes' && target instanceof Element) checkOne(target);
      for (const node of addedNodes) {
        // What the page itself is made of stands in its head.
        if (!(node instanceof Element) || !node.isConnected || node.matches('html, head, head *')) continue;
        checkOne(node);
        watched.check(node);
      }
    }
  });
  const everything = { subtree: true, childList: true, attributes: true };
  observer.observe(document, everything);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- is given its element below
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    observer.observe(root, everything);
    return root;
  };
}
