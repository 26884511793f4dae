import { MemoryStorage } from '../../../partykit/storage/memory-storage.ts';
import { describeThreadStorage } from '../../support/storage-contract.ts';

describeThreadStorage('MemoryStorage', (options) => {
  const storage = new MemoryStorage(options?.maxMessages);
  return { storage, reopen: () => storage };
});
