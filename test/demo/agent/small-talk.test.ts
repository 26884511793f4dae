import { describe, expect, it } from 'vitest';
import { smallTalkOf } from '../../../demo/agent/small-talk.ts';

describe('smallTalkOf', () => {
  it.each([
    ['hi', 'greeting', 'en'],
    ['Hello there!', 'greeting', 'en'],
    ['Good morning, how are you today?', 'greeting', 'en'],
    ['Oi, tudo bem?', 'greeting', 'pt'],
    ['OLÁ!!!', 'greeting', 'pt'],
    ['¡Hola!', 'greeting', 'es'],
    ['thanks', 'thanks', 'en'],
    ['Thank you so much, that was very helpful :)', 'thanks', 'en'],
    ['obrigado', 'thanks', 'pt'],
    ['Muito obrigada!', 'thanks', 'pt'],
    ['muchas gracias', 'thanks', 'es'],
    ['bye', 'farewell', 'en'],
    ['help', 'help', 'en'],
    ['What can you do?', 'help', 'en'],
    ['what can I ask you?', 'help', 'en'],
    ["what's up", 'greeting', 'en'],
    ['O que você faz?', 'help', 'pt'],
    ['¿Qué puedes hacer?', 'help', 'es'],
  ])('hears %j as %s', (message, talk, language) => {
    expect(smallTalkOf(message)).toEqual({ talk, language });
  });

  it.each([
    'hi, how do I deploy?',
    'thanks, and the port?',
    'help me deploy to Cloudflare',
    'what can you do about error 4401?',
    'highlight',
    'history',
    'okapi',
    'ok, what about tokens',
    '',
    '👍',
  ])('leaves %j to the search', (message) => {
    expect(smallTalkOf(message)).toBeUndefined();
  });
});
