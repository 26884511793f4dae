/** The ledger on an object's own storage; both platform adapters are built on it. */
import { Ledger, type LedgerStore } from './ledger.ts';

export function ledgerOn(store: LedgerStore): Ledger {
  return new Ledger(store, {
    onCorrupt: () => {
      // eslint-disable-next-line no-console -- a Worker's log is its console
      console.log(JSON.stringify({ event: 'storage_corrupt', what: 'metrics' }));
    },
  });
}
