import { describe, expect, it } from 'vitest';
import { safeUrl, visibleText } from '../../../widget/markdown/url-policy.ts';

describe('safeUrl', () => {
  it.each([
    ['https://a.example/b', 'https://a.example/b', 'a.example'],
    ['HTTP://A.example:8080', 'http://a.example:8080/', 'a.example:8080'],
    ['mailto:a@b.example?subject=c', 'mailto:a@b.example?subject=c', 'a@b.example'],
    ['https://www.bank.example@evil.example/', 'https://www.bank.example@evil.example/', 'evil.example'],
    ['https://аpple.example/', 'https://xn--pple-43d.example/', 'xn--pple-43d.example'],
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
  ])('refuses %j', (address) => {
    expect(safeUrl(address)).toBeUndefined();
  });
});

describe('visibleText', () => {
  it('takes out what turns or hides text', () => {
    expect(visibleText('pay\u200bpal\u202emoc\u2066.\u00adx\ufeff')).toBe('paypalmoc.x');
  });

  it('leaves ordinary text of any script', () => {
    expect(visibleText('Ünïcode שלום 漢字 🙂')).toBe('Ünïcode שלום 漢字 🙂');
  });
});
