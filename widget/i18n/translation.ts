/**
 * Every word the element can show or say. All keys are required, so that a language with a missing sentence does not
 * compile; sentences with a variable are functions, so that each language orders and pluralises as it must.
 */
import type { ErrorCode } from '#protocol';

export interface Translation {
  /** BCP 47 tag that this table is written in; becomes `lang` of the element's content. */
  readonly locale: string;

  readonly heading: string;
  readonly greeting: string;

  /** Names the scrolling transcript for assistive technology. */
  readonly transcript: string;
  /** Said before a turn by a screen reader, which sees neither side nor colour. */
  readonly fromYou: string;
  readonly fromAssistant: string;
  /** Names a turn that has focus; `time` is already formatted. */
  readonly yourTurn: (time: string) => string;
  readonly assistantTurn: (time: string) => string;
  /** Which keys walk the transcript, for those who cannot see it scroll. */
  readonly transcriptKeys: string;
  readonly loadEarlier: string;
  readonly loadingEarlier: string;
  readonly jumpToLatest: string;
  /** Finished turns below what is on the screen; `count` is already formatted. */
  readonly newMessages: (messages: number, count: string) => string;
  /** An answer is being written below what is on the screen. */
  readonly answering: string;
  /** The end of an answer that was said sentence by sentence. */
  readonly answered: string;
  readonly copyMessage: string;

  /** Before the first token. */
  readonly thinking: string;
  /** The agent has been silent for a while, but is at work. */
  readonly stillWorking: (seconds: number) => string;
  readonly stopped: string;
  readonly interrupted: string;
  readonly retry: string;

  readonly sending: string;
  readonly waitingToSend: string;
  readonly notSent: string;
  readonly resend: string;
  readonly discard: string;

  readonly composer: string;
  readonly placeholder: string;
  readonly send: string;
  readonly stop: string;
  /** `count` is already formatted, `remaining` is the number it was made of. */
  readonly charactersLeft: (remaining: number, count: string) => string;
  /** Longer than a message may be, by this much. */
  readonly charactersOver: (over: number, count: string) => string;
  /** What happens to a message that is sent while an answer is being written, or without a connection. */
  readonly sentAfterAnswer: string;
  readonly sentWhenBack: string;
  /** The page set `disabled`. */
  readonly closed: string;
  /** The token allows to read only. */
  readonly readOnly: string;

  /** For a visitor whose page names no conversation: leaves theirs for another one. */
  readonly newConversation: string;
  readonly newTitle: string;
  readonly newDetail: string;
  readonly newConfirm: string;
  readonly clear: string;
  readonly clearTitle: string;
  readonly clearDetail: string;
  readonly clearConfirm: string;
  readonly cancel: string;

  readonly online: string;
  readonly connecting: string;
  readonly reconnecting: string;
  readonly offline: string;
  /** Connecting has gone on for so long that a person should know that something is wrong. */
  readonly unreachable: string;
  readonly refused: string;

  /** Names the questions that can be asked with one press. */
  readonly suggestions: string;
  /** Closes the panel. */
  readonly close: string;
  /** Answers that finished while the panel was closed. */
  readonly unread: (unread: number, count: string) => string;

  readonly copyCode: string;
  readonly codeCopied: string;
  /** Names of things in answers, for those who do not see them. */
  readonly taskDone: string;
  readonly taskOpen: string;
  readonly table: string;
  readonly code: string;

  /** For the developer who has put the tag on a page and nothing else. */
  readonly missingThreadId: string;
  readonly badThreadId: string;
  readonly badHost: string;

  readonly errors: Readonly<Record<ErrorCode, string>>;
  /** A newer relay named a reason that this build does not know, or named none. */
  readonly unknownError: string;
}

export function errorSentence(translation: Translation, code: ErrorCode | undefined): string {
  return code === undefined ? translation.unknownError : translation.errors[code];
}
