/** Entry of `pane.html`: one window of the lab, with a chat whose line can be broken. `?thread=`, `?host=`, `?heading=`. */
import type { IvyChatElement } from '../../widget/ivy-chat.ts';
import { relayHost } from '../landing/relay.ts';
import { tapSockets } from '../wire/socket-tap.ts';
import { LiveText } from '../wire/live-text.ts';
import { wireRow } from '../wire/wire-row.ts';
import { paneOrderSchema, type PaneNews } from './pane-news.ts';

const query = new URLSearchParams(location.search);
const chat = document.querySelector('ivy-chat');
if (chat === null) throw new Error('There is no chat in this page.');

const tell = (news: PaneNews): void => parent.postMessage(news, location.origin);
const live = new LiveText();
const tap = tapSockets(window, (event) =>
  tell({ kind: 'row', row: live.follow(wireRow(event, Date.now())) }),
);
chat.setAttribute('thread-id', query.get('thread') ?? '');
chat.setAttribute('host', relayHost());
chat.setAttribute('heading', query.get('heading') ?? 'Chat');

for (const type of [
  'ivy-history',
  'ivy-message',
  'ivy-done',
  'ivy-streaming-change',
  'ivy-connection-change',
]) {
  document.addEventListener(type, () => tellState(chat));
}

addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
  if (origin !== location.origin || source !== parent) return;
  const order = paneOrderSchema.safeParse(data);
  if (!order.success) return;
  if (order.data.kind === 'drop') tap.drop(order.data.forMs);
  else chat.sendMessage(order.data.question);
});

function tellState({ connected, isStreaming, messages }: IvyChatElement): void {
  const shown = messages.map(({ id, status, content }) => ({ id, status, content }));
  tell({ kind: 'state', state: { connected, isStreaming, messages: shown } });
}
