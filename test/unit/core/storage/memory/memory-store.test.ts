import { createMemoryStore } from '../../../../../src/core/storage/memory/memory-store.ts';
import { searchContract } from '../../../../support/storage/search-contract.ts';
import { storeContract } from '../../../../support/storage/store-contract.ts';
import { transferContract } from '../../../../support/storage/transfer-contract.ts';

storeContract('the memory store', async () => createMemoryStore());
transferContract('the memory store', async () => createMemoryStore());
searchContract('the memory store', async () => createMemoryStore());
