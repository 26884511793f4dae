/** Pages with a strict Content-Security-Policy, with and without Trusted Types. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { coloursScript } from '../../../demo/runner/widget-script.ts';
import { documentWith, HostBrowser, REPORTS } from '../../support/host-conversation.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCRIPT = '<script src="/ivy-chat.js"></script>';

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

/** `img-src` is for the browser's own wish for an icon. */
function strict(...directives: readonly string[]): Record<string, string> {
  const base = ["default-src 'none'", "style-src 'none'", "img-src 'self'", `report-uri ${REPORTS}`];
  return { 'content-security-policy': [...base, ...directives].join('; ') };
}

function trustedTypes(...directives: readonly string[]): Record<string, string> {
  return { 'content-security-policy': [`report-uri ${REPORTS}`, ...directives].join('; ') };
}

describe('a page that forbids styles and all but a few addresses', () => {
  it.each([
    ['its own', "script-src 'self'", SCRIPT],
    ['those with a nonce', "script-src 'nonce-n1'", '<script nonce="n1" src="/ivy-chat.js"></script>'],
  ])(
    '[H1] has a chat in full dress, and nothing to report, when scripts may be %s',
    async (_, rule, script) => {
      const host = await browser.open({
        html: documentWith(script),
        headers: strict(rule, "connect-src 'self'"),
      });
      await host.isWell();
      const looks = await host.read(z.object({ radius: z.string(), position: z.string() }), () => {
        const chat = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('[part~="chat"]');
        const bubble = chat?.querySelector('[part~="bubble"]');
        if (!chat || !bubble) return undefined;
        const { borderRadius: radius } = getComputedStyle(bubble);
        return { radius, position: getComputedStyle(chat).display };
      });
      expect(looks.radius, 'the style sheets apply').not.toBe('0px');
      expect(looks.position).not.toBe('inline');
    },
  );

  it('[H1] has to allow the host of the script and one address of the relay, and no more', async () => {
    const relay = await browser.serve();
    const socket = relay.url.replace('http', 'ws');
    const host = await browser.open({
      html: documentWith(`<script src="${relay.url}/ivy-chat.js"></script>`),
      headers: strict(`script-src ${relay.url}`, `connect-src ${socket}`),
    });
    await host.isWell();
    const hosts = host.requests.map((address) => new URL(address).host);
    expect(new Set(hosts)).toEqual(new Set([new URL(host.site.url).host, new URL(relay.url).host]));
  });

  it('[H1] has a launcher whose panel opens, and colours for code', async () => {
    const host = await browser.open({
      html: documentWith(
        `${SCRIPT}<script src="/ivy-chat-colours.js"></script>`,
        '<ivy-chat launcher open thread-id="host-page" locale="en"></ivy-chat>',
      ),
      headers: strict("script-src 'self'", "connect-src 'self'"),
      files: { '/ivy-chat-colours.js': { body: await coloursScript(ROOT) } },
    });
    await host.isWell();
    await host.until(z.literal(true), () => {
      let coloured = false;
      CSS.highlights.forEach((highlight) => {
        if (highlight.size > 0) coloured = true;
      });
      return coloured;
    });
    host.isQuiet();
  });
});

describe('a page with Trusted Types', () => {
  it('[H2] has a chat when it requires them and names none', async () => {
    const host = await browser.open({
      html: documentWith(SCRIPT),
      headers: trustedTypes("require-trusted-types-for 'script'"),
    });
    await host.isWell();
  });

  it('[H3] has a chat when ivy-chat is the only policy on its list', async () => {
    const host = await browser.open({
      html: documentWith(SCRIPT),
      headers: trustedTypes("require-trusted-types-for 'script'", 'trusted-types ivy-chat'),
    });
    await host.isWell();
  });

  it('[H3] has a chat beside a Lit of its own, whose policy can be made once', async () => {
    const host = await browser.open({
      html: documentWith(
        `<script type="module">import { html, render } from '/lit-html.js';
          render(html\`<p>theirs</p>\`, document.body.appendChild(document.createElement('div')));</script>
         <script type="module" src="/ivy-chat.js"></script>`,
      ),
      headers: trustedTypes("require-trusted-types-for 'script'", 'trusted-types lit-html ivy-chat'),
      files: {
        '/lit-html.js': { body: await readFile(`${ROOT}node_modules/lit-html/lit-html.js`, 'utf8') },
      },
    });
    await host.isWell();
    expect(await host.read(z.string(), () => document.querySelector('p')?.textContent)).toBe('theirs');
  });

  it('[H3] hears once that ivy-chat is not on its list, and nothing is thrown', async () => {
    const host = await browser.open({
      html: documentWith(SCRIPT),
      headers: trustedTypes("require-trusted-types-for 'script'", 'trusted-types another'),
    });
    await host.until(z.literal(true), () => document.readyState === 'complete');
    const ours = host.complaints.filter((line) => line.startsWith('console: <ivy-chat>'));
    expect(ours).toEqual([expect.stringContaining('trusted-types ivy-chat')]);
    expect(host.complaints.filter((line) => line.startsWith('uncaught'))).toEqual([]);
  });

  it('[H3] has a chat when its list lacks ivy-chat, but nothing requires it', async () => {
    const host = await browser.open({
      html: documentWith(SCRIPT),
      headers: trustedTypes('trusted-types another'),
    });
    await host.exchange();
    // That the policy was asked for is the browser's to report, and all there is.
    expect(host.complaints).toEqual([expect.stringContaining('ivy-chat'), 'policy: a report was sent']);
  });
});
