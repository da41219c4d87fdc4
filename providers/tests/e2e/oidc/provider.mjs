// A real OpenID provider on a loopback port, for `cargo xtask e2e oidc`.
//
// Two clients get tokens for whatever audience they name (RFC 8707): `jwt-client` a JWT, `opaque-client`
// an opaque one. A third, `orders-api`, may ask what a token is worth (RFC 7662). `POST /rotate` makes a
// new key, which signs from then on. The first line on standard output is the issuer. It ends when its
// standard input does.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import Provider from 'oidc-provider';

const secret = process.env.E2E_CLIENT_SECRET;
const machine = (client_id, grant_types) => ({
  client_id, client_secret: secret, grant_types, redirect_uris: [], response_types: [],
});

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' };
}

const keys = [newKey()];
let issuer;
let answer;

function start() {
  const provider = new Provider(issuer, {
    jwks: { keys: [...keys] },
    cookies: { keys: [randomUUID()] },
    clients: [
      machine('jwt-client', ['client_credentials']),
      machine('opaque-client', ['client_credentials']),
      machine('orders-api', []),
    ],
    scopes: ['orders:read'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      introspection: { enabled: true, allowedPolicy: async () => true },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => undefined,
        getResourceServerInfo: async (_ctx, resource, client) => ({
          scope: 'orders:read',
          audience: resource,
          accessTokenTTL: 300,
          accessTokenFormat: client.clientId === 'jwt-client' ? 'jwt' : 'opaque',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  answer = provider.callback();
}

const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/rotate') {
    keys.unshift(newKey());
    start();
    response.writeHead(204).end();
    return;
  }
  answer(request, response);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
issuer = `http://127.0.0.1:${server.address().port}`;
start();
console.log(issuer);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
