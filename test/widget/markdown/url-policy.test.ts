import { describe, expect, it } from 'vitest';
import { isBlank, namesAnotherHost, safeUrl, visibleText } from '../../../widget/markdown/url-policy.ts';

describe('[X3, X5] safeUrl', () => {
  it.each([
    ['https://a.example/b', 'https://a.example/b', 'a.example'],
    ['HTTP://A.example:8080', 'http://a.example:8080/', 'a.example:8080'],
    ['mailto:a@b.example?subject=c', 'mailto:a@b.example?subject=c', 'a@b.example'],
    ['https://www.bank.example@evil.example/', 'https://evil.example/', 'evil.example'],
    ['https://a:b@c.example:8443/d', 'https://c.example:8443/d', 'c.example:8443'],
    ['https://аpple.example/', 'https://xn--pple-43d.example/', 'xn--pple-43d.example'],
    // Whoever else would get the mail is not shown by anything.
    [
      'mailto:a@b.example?cc=c@d.example&Subject=e&BCC=f@g.example',
      'mailto:a@b.example?Subject=e',
      'a@b.example',
    ],
    [
      'mailto:a@b.example?%62cc=c@d.example&body=x#?to=e@f.example',
      'mailto:a@b.example?body=x',
      'a@b.example',
    ],
    ['https://a.example/\u202egnp.exe', 'https://a.example/%E2%80%AEgnp.exe', 'a.example'],
  ])('takes %s', (address, href, destination) => {
    expect(safeUrl(address)).toEqual({ href, destination });
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://a.example/b',
    'file:///etc/passwd',
    'ftp://a.example',
    'tel:1',
    'intent://a#Intent;end',
    '//a.example',
    '/a',
    'a',
    '?a',
    '#a',
    '',
    'https://',
    'http://[',
    'mailto:',
    'mailto:?to=a@b.example',
    'blob:a',
    'javascript:a@b',
  ])('refuses %j', (address) => {
    expect(safeUrl(address)).toBeUndefined();
  });
});

describe('[X5] visibleText', () => {
  it.each([
    ['what turns text', 'moc\u202e.knab\u2066\u2069\u061c\u200e', 'moc.knab'],
    ['what has no width', 'pay\u200bpal\u2060.\ufeffx\u200c\u200d', 'paypal.x'],
    ['soft hyphens and joiners', 'a\u00adb\u034fc', 'abc'],
    ['selectors of variants', 'a\ufe0fb\u{e0100}c\u180b', 'abc'],
    ['tags', 'a\u{e0041}\u{e007f}b', 'ab'],
    ['blank letters', 'a\u3164\uffa0\u115f\u2800b', 'ab'],
    ['control characters and ends of lines', 'a\u0000\u0008\u007f\u0085\u2028\u2029b', 'ab'],
    ['half characters', 'a\ud800b\udfff', 'ab'],
  ])('takes out %s', (_what, text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it('leaves ordinary text of any script', () => {
    const text = 'Ünïcode שלום 漢字 🙂 a\tb\nc';
    expect(visibleText(text)).toBe(text);
  });
});

describe('[X5] isBlank', () => {
  it.each(['', ' ', '\u00a0', '\u200b', '\u3164', '\u2800', '\u0301', '\ue000', '\n'])(
    'says so of %j',
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );

  it.each(['a', '漢', '1', '→', '…', '🙂'])('denies it of %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('[X5] namesAnotherHost', () => {
  const names = (text: string, address: string): boolean => {
    const url = safeUrl(address);
    if (url === undefined) throw new Error(`${address} is no link`);
    return namesAnotherHost(text, url);
  };

  it.each([
    ['bank.com', 'https://evil.example'],
    ['https://bank.example/login', 'https://evil.example/login'],
    ['Sign in at www.bank.anything now', 'https://evil.example'],
    ['http://localhost/', 'https://evil.example'],
    ['https://bank.com@evil.example', 'https://bank.com@evil.example'],
    ['bank.com', 'https://bank.com.evil.example'],
    ['bank.com', 'https://login.bank.com'],
    ['ba\u200bnk\u00ad.com', 'https://evil.example'],
    ['bank\uff0ecom', 'https://evil.example'],
    ['bank\u3002com', 'https://evil.example'],
    ['ｂａｎｋ.com', 'https://evil.example'],
    ['b\u0430nk.com', 'https://bank.com'],
    ['bank.\u0441om', 'https://evil.example'],
    ['xn--bnk-8cd.com', 'https://bank.com'],
    ['ceo@bank.com', 'mailto:spy@evil.example'],
    ['evil.example bank.com', 'https://evil.example'],
    ['BANK.COM.', 'https://evil.example'],
    ['bank.com… sign in', 'https://evil.example'],
    ['bank.com... sign in', 'https://evil.example'],
    ['bank.com--', 'https://evil.example'],
    ['bank.com\u0332', 'https://evil.example'],
    ['b\u0332a\u0332n\u0332k\u0332.\u0332c\u0332o\u0332m\u0332', 'https://evil.example'],
    ['bank.c\u0585m', 'https://evil.example'],
    ['bank\ua4f8com', 'https://evil.example'],
    ['bank\u0660com', 'https://evil.example'],
    ['192.168.0.1', 'https://evil.example'],
    ['https://\u0430pple.example/', 'https://\u0430pple.example/'],
    ['\u0430pple.com', 'https://\u0430pple.com/'],
    ['https://%62ank.example', 'https://%62ank.example'],
    ['http://2130706433/', 'http://2130706433/'],
    ['ceo@bank.com', 'mailto:spy@bank.com'],
    ['Write to ceo@bank.com.', 'mailto:spy@bank.com'],
    ['ceo@bank.com', 'mailto:spy@evil.example,ceo@bank.com'],
    ['bank.com', 'mailto:spy%40evil.example,ceo@bank.com'],
  ])('%s for %s', (text, address) => {
    expect(names(text, address)).toBe(true);
  });

  it.each([
    ['the documents', 'https://docs.example/a'],
    ['docs.example', 'https://docs.example/a'],
    ['www.docs.example', 'https://docs.example/a'],
    ['Docs.Example', 'https://www.docs.example/'],
    ['https://docs.example/www.bank.com', 'https://docs.example/www.bank.com'],
    ['docs.example:8080/x', 'https://docs.example:8080/x'],
    ['docs.example/straße', 'https://docs.example/straße'],
    ['docs.example…', 'https://docs.example/'],
    ['a@b.example', 'mailto:a@b.example'],
    ['Mail A@B.example.', 'mailto:A@b.example'],
    ['mailto:a@b.example', 'mailto:a@b.example?subject=c'],
    ['MAILTO:A@b.example', 'mailto:A@b.example'],
    ['Node.js and index.ts', 'https://nodejs.example'],
    ['Array.prototype.map', 'https://docs.example'],
    ['e.g. version 1.2.3', 'https://docs.example'],
    ['点击这里。然后', 'https://docs.example'],
    ['a.'.repeat(200), 'https://docs.example'],
  ])('not %s for %s', (text, address) => {
    expect(names(text, address)).toBe(false);
  });
});
