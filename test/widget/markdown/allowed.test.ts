/** The last gate before the DOM: it holds where types do not. */
import { describe, expect, it } from 'vitest';
import { makeElement, setAttribute } from '../../../widget/markdown/allowed.ts';

/** Past the types, as a mistake would be. */
function call(work: (...values: never[]) => unknown, ...values: readonly unknown[]): () => void {
  return () => void Reflect.apply(work, undefined, values);
}

const made: string[] = [];
const document = { createElement: (tag: string) => made.push(tag) };
const element = { setAttribute: (name: string, value: string) => made.push(`${name}=${value}`) };

describe('[X2] what an answer is made of', () => {
  it.each(['script', 'img', 'iframe', 'svg', 'style', 'form', 'a onclick', 'A', 'ivy-chat', '', '__proto__'])(
    'is never <%s>',
    (tag) => {
      expect(call(makeElement, document, tag)).toThrow('in an answer');
    },
  );

  it.each(['onclick', 'style', 'src', 'id', 'name', 'srcdoc', 'formaction', 'HREF', '', 'constructor'])(
    'never has an attribute %s',
    (name) => {
      expect(call(setAttribute, element, name, 'a')).toThrow('in an answer');
    },
  );

  it.each([
    'javascript:alert(1)',
    ' https://a.example',
    'data:text/html,a',
    '/a',
    '//a.example',
    'http:a',
    '',
  ])('[X3] never leads to %j', (address) => {
    expect(call(setAttribute, element, 'href', address)).toThrow('in an answer');
  });

  it('is made of everything else', () => {
    made.length = 0;
    call(makeElement, document, 'p')();
    call(setAttribute, element, 'class', 'code')();
    for (const address of ['https://a.example/', 'http://a.example/', 'mailto:a@b.example'])
      call(setAttribute, element, 'href', address)();
    expect(made).toEqual([
      'p',
      'class=code',
      'href=https://a.example/',
      'href=http://a.example/',
      'href=mailto:a@b.example',
    ]);
  });
});
