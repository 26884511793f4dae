/** Entry of the first page. It comes before the chat's script, so that it hears the chat's sockets from the first one on. */
import { setUpLab } from '../lab/lab.ts';
import { setUpPlayground } from '../playground/playground.ts';
import { snippetOf } from '../playground/snippet.ts';
import { tapSockets } from '../wire/socket-tap.ts';
import { LiveText } from '../wire/live-text.ts';
import { wireRow } from '../wire/wire-row.ts';
import { WireView } from '../wire/wire-view.ts';
import { relayHost, scriptAddress, setting } from './relay.ts';
import { SnippetBox } from './snippet-box.ts';
import { newThread, visitorThread } from './visitor-thread.ts';

/** Of the demo agent, which knows the project's documents; another agent knows other things. */
const SUGGESTIONS = 'How does a reload work?|How do I embed the chat?|How do I change the colours?';

const host = relayHost();
const embed = {
  script: scriptAddress(host) ?? 'https://chat.example.com/ivy-chat.js',
  threadId: newThread(),
};

const wire = new WireView(partOf('.stage [data-wire]'), 'On the wire');
const live = new LiveText();
tapSockets(window, (event) => wire.add(live.follow(wireRow(event, Date.now()))));

const chat = partOf('.stage ivy-chat');
chat.setAttribute('host', host);
chat.setAttribute('thread-id', visitorThread('live'));
if (setting('ivy-service') !== 'own') chat.setAttribute('suggestions', SUGGESTIONS);

new SnippetBox(partOf('[data-embed]')).text = snippetOf(embed);
setUpLab(partOf('.lab'));
setUpPlayground(partOf('.playground'), new SnippetBox(partOf('[data-look]')), embed);

function partOf(selector: string): HTMLElement {
  const part = document.querySelector<HTMLElement>(selector);
  if (part === null) throw new Error(`The page has no ${selector}.`);
  return part;
}
