// Plain JavaScript: stripping types would make the baseline slower.
import { createServer } from 'node:http';

const server = createServer((_request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ event: 'ready' })));
