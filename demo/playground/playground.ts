/** The theme playground: a form, the chat as it looks with what is in it, and the lines that make it look so. */
import type { SnippetBox } from '../landing/snippet-box.ts';
import { dressed } from './dresses.ts';
import {
  attributesOf,
  LOOK_ATTRIBUTES,
  LOOK_PROPERTIES,
  lookSchema,
  propertiesOf,
  type Look,
} from './look.ts';
import { snippetOf, type Embed } from './snippet.ts';

/** Fills the section of `index.html`. `embed`: the script and the thread that the lines name. */
export function setUpPlayground(section: HTMLElement, snippet: SnippetBox, embed: Embed): void {
  const form = section.querySelector('form');
  const frame = section.querySelector('iframe');
  if (form === null || frame === null) throw new Error('The playground has a form and a frame.');

  const show = (): void => {
    const look = lookOf(form);
    sayValues(form, look);
    snippet.text = snippetOf({ ...embed, look });
    const chat = frame.contentDocument?.querySelector('ivy-chat');
    if (chat) dress(chat, look);
  };
  form.addEventListener('input', show);
  // The fields have their old values until the event is over.
  form.addEventListener('reset', () => setTimeout(show));
  form.addEventListener('submit', (event) => event.preventDefault());
  frame.addEventListener('load', show);

  let last = -1;
  section.querySelector('[data-do="dress"]')?.addEventListener('click', () => {
    last += 1;
    fill(form, dressed(last));
    show();
  });
  const stage = section.querySelector('.preview-stage');
  const talkOf = (): string => stage?.querySelector<HTMLInputElement>('input:checked')?.value ?? '';
  const play = (): void => {
    const address = `preview.html?talk=${talkOf()}`;
    // A change of the place is no step for the reader's back button.
    if (frame.src === '') frame.src = address;
    else frame.contentWindow?.location.replace(address);
  };
  stage?.addEventListener('change', play);
  play();
  show();
}

function lookOf(form: HTMLFormElement): Look {
  return lookSchema.parse(Object.fromEntries(new FormData(form)));
}

/** As the lines that are shown would do it. */
function dress(chat: HTMLElement, look: Look): void {
  const wasFloating = chat.hasAttribute('launcher');
  const attributes = attributesOf(look);
  for (const name of LOOK_ATTRIBUTES) {
    const value = attributes.get(name);
    if (value === undefined) chat.removeAttribute(name);
    else if (chat.getAttribute(name) !== value) chat.setAttribute(name, value);
  }
  const properties = propertiesOf(look);
  for (const name of LOOK_PROPERTIES) chat.style.setProperty(name, properties.get(name) ?? '');
  // There is more to see of it when it is open, and the reader may close it.
  if (!wasFloating && attributes.has('launcher')) chat.setAttribute('open', '');
  if (!attributes.has('launcher')) chat.removeAttribute('open');
}

/** Beside each slider and the colour. */
function sayValues(form: HTMLFormElement, look: Look): void {
  const words: Readonly<Record<string, string>> = {
    accent: look.accent,
    radius: `${String(look.radius)} px`,
    density: String(look.density),
    fontSize: `${String(look.fontSize)} px`,
  };
  for (const output of form.querySelectorAll('output')) {
    output.textContent = words[output.htmlFor.value] ?? '';
  }
}

function fill(form: HTMLFormElement, look: Partial<Record<keyof Look, string>>): void {
  form.reset();
  for (const [name, value] of Object.entries(look)) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement) field.value = value;
    if (field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) field.value = value;
  }
}
