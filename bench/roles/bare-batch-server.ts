import { createServer } from 'node:http';
import { nodeHttpBatchRpcResponse } from 'capnweb';
import { listening } from '../lib/listening.ts';
import { playRole } from '../lib/role.ts';
import { BareRoot } from './bare-root.ts';

playRole(async () => {
  const root = new BareRoot();
  return listening(
    createServer((request, response) => {
      void nodeHttpBatchRpcResponse(request, response, root);
    }),
  );
});
