/** Puts one state on the page: the chat as it is shipped, a relay that follows the script, and a reader who does too. */
import { ScriptedRelay } from './scripted-relay.ts';
import { NOW, type GalleryState, type Step } from './state.ts';
import { StillClock } from './still-clock.ts';

/**
 * To be called before the chat's script runs. Resolves when the state can be seen.
 *
 * @param place where the chat is put
 */
export async function play(state: GalleryState, place: Element): Promise<void> {
  const clock = new StillClock(NOW);
  const relay = new ScriptedRelay(state.greeting);
  clock.install(window);
  relay.install(window);
  keepNothing();

  const chat = document.createElement('ivy-chat');
  const attributes: GalleryState['attributes'] = {
    'thread-id': state.name,
    host: 'relay.test',
    ...state.attributes,
  };
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) chat.setAttribute(name, value);
  for (const [name, value] of Object.entries(state.style ?? {})) chat.style.setProperty(name, value);
  if (state.translations !== undefined) Object.assign(chat, { translations: state.translations });
  place.append(chat);

  await customElements.whenDefined('ivy-chat');
  if (attributes['thread-id'] !== '') await relay.met;
  await drawn();
  for (const step of state.steps ?? []) {
    take(step, { chat, clock, relay });
    await drawn();
  }
}

interface Scene {
  readonly chat: HTMLElement;
  readonly clock: StillClock;
  readonly relay: ScriptedRelay;
}

function take(step: Step, { chat, clock, relay }: Scene): void {
  switch (step.do) {
    case 'receive':
      relay.send(step.frames);
      break;
    case 'refuse':
      relay.refuseLast(step.code);
      break;
    case 'lose-line':
      relay.vanish();
      break;
    case 'lose-network':
      Object.defineProperty(navigator, 'onLine', { value: false });
      dispatchEvent(new Event('offline'));
      relay.vanish();
      break;
    case 'wait':
      clock.pass(step.seconds * 1_000);
      break;
    case 'write': {
      const field = partOf(chat, 'input');
      if (!(field instanceof HTMLTextAreaElement)) throw new Error('There is no field to write in.');
      field.value = step.text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      break;
    }
    case 'press':
      partOf(chat, step.part).click();
      break;
    case 'scroll-up':
      partOf(chat, 'transcript').scrollBy({ top: -step.by, behavior: 'instant' });
      break;
  }
}

function partOf(chat: HTMLElement, part: string): HTMLElement {
  const found = [...(chat.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${part}"]`) ?? [])].at(-1);
  if (found === undefined) throw new Error(`The chat has no part ${part}.`);
  return found;
}

/** A state begins with nothing that another one has left in this browser. */
function keepNothing(): void {
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, {
      get: () => {
        throw new DOMException('The gallery keeps nothing.', 'SecurityError');
      },
    });
  }
}

/** What a change of one frame makes other elements change is drawn in the next; scrolling is told in the one after. */
async function drawn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  for (let frames = 0; frames < 3; frames += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
