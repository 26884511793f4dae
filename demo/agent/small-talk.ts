/** Recognizes what is no question about the project: greetings, thanks, goodbyes and calls for help. */
import { fold } from './words.ts';

export type SmallTalk = 'greeting' | 'thanks' | 'farewell' | 'help';
export type Language = 'en' | 'pt' | 'es';

/** Whole messages only: "hi, how do I deploy?" is a question. Folded, without punctuation. */
const PHRASES: readonly { readonly talk: SmallTalk; readonly language: Language; readonly phrase: RegExp }[] =
  [
    {
      talk: 'greeting',
      language: 'en',
      phrase:
        /^(?:(?:hi|hello|hey|hiya|yo|howdy|greetings|good (?:morning|afternoon|evening|day))(?: |$)|how are you|whats up)/,
    },
    {
      talk: 'greeting',
      language: 'pt',
      phrase: /^(?:oi|ola|opa|bom dia|boa (?:tarde|noite)|tudo bem)(?: |$)/,
    },
    {
      talk: 'greeting',
      language: 'es',
      phrase: /^(?:hola|buenas|buenos dias|buenas (?:tardes|noches)|que tal)(?: |$)/,
    },
    {
      talk: 'thanks',
      language: 'en',
      phrase:
        /^(?:thanks|thank you|thx|ty|cheers|many thanks|great|perfect|nice|cool|awesome|ok|okay|got it)(?: |$)/,
    },
    { talk: 'thanks', language: 'pt', phrase: /^(?:muito )?(?:obrigad[oa]|valeu|brigad[oa])(?: |$)/ },
    { talk: 'thanks', language: 'es', phrase: /^(?:muchas )?gracias(?: |$)/ },
    { talk: 'farewell', language: 'en', phrase: /^(?:bye|goodbye|see you|good night)(?: |$)/ },
    { talk: 'farewell', language: 'pt', phrase: /^(?:tchau|ate (?:logo|mais))(?: |$)/ },
    { talk: 'farewell', language: 'es', phrase: /^(?:adios|hasta (?:luego|pronto))(?: |$)/ },
    {
      talk: 'help',
      language: 'en',
      phrase:
        /^(?:help|what can (?:you|i)|who are you|what are you|what do you (?:do|know)|how can you help|what (?:should|could) i ask|can you help)(?: |$)/,
    },
    {
      talk: 'help',
      language: 'pt',
      phrase:
        /^(?:ajuda|me ajuda|quem e voce|o que (?:voce )?(?:faz|sabe|pode)|o que posso perguntar)(?: |$)/,
    },
    {
      talk: 'help',
      language: 'es',
      phrase: /^(?:ayuda|ayudame|quien eres|que (?:puedes|sabes)|que puedo preguntar)(?: |$)/,
    },
  ];

/** Words that may follow such a phrase without making a question of it. */
const FILLERS: ReadonlySet<string> = new Set(
  (
    'hi hello hey there all everyone ivy bot again you your me i my do does this that it it was were is are am have so very much a an the ' +
    'lot for to of and ok okay please help helped helps helping helpful great perfect nice cool awesome thanks thank good morning ' +
    'day doing going today how what whats up know ask here with tell can could ' +
    'oi ola tudo bem voce vai com muito pela pelo ajuda obrigado obrigada dia tarde noite fazer faz me ajudar sabe pode ' +
    'hola que tal como estas muchas por la ayuda gracias hacer puedes sabes dias tardes noches'
  ).split(' '),
);

/** @returns undefined for anything that may be a question */
export function smallTalkOf(
  message: string,
): { readonly talk: SmallTalk; readonly language: Language } | undefined {
  const text = fold(message)
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (text === '') return undefined;
  for (const { talk, language, phrase } of PHRASES) {
    const match = phrase.exec(text);
    if (match === null) continue;
    const rest = text
      .slice(match[0].length)
      .split(' ')
      .filter((word) => word !== '');
    if (rest.every((word) => FILLERS.has(word))) return { talk, language };
  }
  return undefined;
}
