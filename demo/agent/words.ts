/**
 * From text to search terms, the same way for documents and questions: accents folded, identifiers taken apart and
 * kept whole (`threadId`, `thread-id` and `THREAD_ID` are one), endings cut so that "configuring", "configuration"
 * and "configuração" meet. What the terms are then worth is the library's business.
 */

/** One content word of a question, and the ways in which a document may say it. */
export interface Word {
  /** As the person typed it. */
  readonly text: string;
  /** Each is a list of terms that together stand for the word. */
  readonly alternatives: readonly (readonly string[])[];
  /** Says how something is asked ("change", "example") rather than what about. */
  readonly weak: boolean;
}

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** English, Portuguese and Spanish, after folding. "stop", "open" and "clear" are missing on purpose: they are features. */
const STOP_WORDS: ReadonlySet<string> = new Set([
  ...list(`
    a about above again all also am an and any anything are as ask at be because been before being below between both
    but by can could did do does doing don done down during each else etc ever every few for from further get gets
    getting give got had has have having he hello help her here hey hi him his how however i if in into is isn it its itself just
    know let like ll look many may maybe me might more most much must my near never no nor not now of off often ok
    okay on once one only or other our out over own perhaps please possible quite rather really s same say see shall
    she should so some someone something such sure t tell than thank thanks that the their them then there these they
    thing things this those through to too two under until up upon us use used uses using very via want wanted wants was we were what when
    where whether which while who whom whose why will with within without won would yes yet you your yours
  `),
  ...list(`
    ao aos aquele aquilo as ate com como da das de dela dele depois do dos e ela elas ele eles em entao era essa esse
    esta estao estas este estes estou eu fica foi ha isso isto ja la lhe mais mas me mesmo meu meus minha muito na nao
    nas nem no nos nossa nosso num numa o obrigada obrigado oi ola onde os ou para pela pelo pode propria proprio podem posso por porque pra qual quais quando
    quanto que quem quero se sem ser sera seu seus sim so sobre sou sua suas tambem te tem tenho ter teu tudo um uma usa
    usar uso voce voces
  `),
  ...list(`
    al algo alguna algun alla aqui asi con cual cuales cuando cuanto de del desde donde el ella ellos en entre era es
    eso estan este esto estoy gracias hace hacer hacia hasta hay hola la las le les lo los mi mis muy ni para pero por propia propio puede pueden
    puedo que quien quiero se ser si sin sobre son soy su sus tambien tan te tengo tiene tu un una uno unos usa usar uso y ya yo
  `),
]);

const WEAK_WORDS: ReadonlySet<string> = new Set(
  list(`
    default defaults example examples explain explanation change changes changed code detail details difference
    different file files happen happens list make makes mean means meaning need needed needs option options run running runs sample
    set setting settings show shows snippet support supported supports value values way ways
    work working works write
    altera alterar arquivo cambia cambiar cambio codigo ejemplo exemplo explica explicar funciona funcionar muda mudar
    mudo mostra mostrar muestra valor
  `),
);

/** Frequent words of this subject that are no cognates; the documents are in English. */
const GLOSSARY: ReadonlyMap<string, string> = new Map(
  Object.entries({
    altera: 'change',
    alterar: 'change',
    arquivo: 'file',
    botao: 'button',
    boton: 'button',
    cambia: 'change',
    cambiar: 'change',
    cambio: 'change',
    chave: 'key',
    clave: 'key',
    conversa: 'thread',
    cor: 'color',
    cores: 'color',
    ejemplo: 'example',
    escuro: 'dark',
    exemplo: 'example',
    idioma: 'language',
    incorporar: 'embed',
    iniciar: 'start',
    inserir: 'embed',
    integrar: 'embed',
    lingua: 'language',
    mensagem: 'message',
    mensagens: 'message',
    mensaje: 'message',
    mensajes: 'message',
    muda: 'change',
    mudar: 'change',
    mudo: 'change',
    navegador: 'browser',
    oscuro: 'dark',
    pagina: 'page',
    parar: 'stop',
    porta: 'port',
    prueba: 'test',
    puerto: 'port',
    rodar: 'run',
    rota: 'route',
    seguranca: 'security',
    seguridad: 'security',
    senha: 'password',
    servicio: 'service',
    servico: 'service',
    teste: 'test',
    testes: 'test',
  }),
);

/** Lower case, no accents: "Configuração" becomes "configuracao". */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/**
 * Cuts endings, English and Romance, until related words are spelled alike. The result is no word and is never shown.
 * @param word folded
 */
export function stem(word: string): string {
  if (!/^[a-z]{3,}$/.test(word)) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/ours?$/, 'or')
    .replace(/iones$/, 'ion')
    .replace(/(?<=[a-z][^siu])s$/, '')
    .replace(/(?<=[a-z]{4})(?:ations?|acion|acao|acoe|ating|ated|ator|ador|ando|ate|ing|ed|ion|ar)$/, '')
    .replace(/(?<=[a-z]{5})ment$/, '')
    .replace(/(?<=[a-z]{3})[aeo]$/, '')
    .replace(/(?<=[a-z]{3})([a-z])\1$/, '$1');
}

interface Token {
  readonly text: string;
  /** Folded, not stemmed; one unless the token is an identifier. */
  readonly parts: readonly string[];
}

function* tokensOf(text: string): Generator<Token> {
  const plain = text.replace(/(?<=\p{L})['’](?:s|re|ll|ve|d|m|t)\b/giu, '');
  for (const [token] of plain.matchAll(/[\p{L}\p{M}\p{N}]+(?:[-_]+[\p{L}\p{M}\p{N}]+)*/gu)) {
    yield { text: token, parts: token.split(/[-_]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u).map(fold) };
  }
}

const isTerm = (part: string): boolean => part.length > 1 && !STOP_WORDS.has(part);

/** The terms under which `text` is found, in order, repeats kept: what an index counts. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const { parts } of tokensOf(text)) {
    for (const part of parts) if (isTerm(part)) terms.push(stem(part));
    if (parts.length > 1) terms.push(stem(parts.join('')));
  }
  return terms;
}

/** The content words of a question, each once, at most `limit`: a long text is searched by its beginning. */
export function wordsOf(question: string, limit = 24): readonly Word[] {
  const words = new Map<string, Word>();
  for (const { text, parts } of tokensOf(question)) {
    if (words.size >= limit) break;
    const kept = parts.filter(isTerm);
    if (kept.length === 0) continue;
    const whole = stem(parts.join(''));
    const translated = GLOSSARY.get(parts.join(''));
    const alternatives = [
      [whole],
      ...(parts.length > 1 ? [kept.map(stem)] : []),
      ...(translated === undefined ? [] : [[stem(translated)]]),
    ];
    words.set(whole, { text, alternatives, weak: kept.every((part) => WEAK_WORDS.has(part)) });
  }
  return [...words.values()];
}
