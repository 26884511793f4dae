/** The ledger on an object's own storage; both platform adapters are built on it. */
import { writeLogLine } from '../log-line.ts';
import { Ledger, type LedgerStore } from './ledger.ts';

export function ledgerOn(store: LedgerStore): Ledger {
  return new Ledger(store, {
    onCorrupt: () => writeLogLine({ event: 'storage_corrupt', what: 'metrics' }),
  });
}
