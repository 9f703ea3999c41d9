import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

/** As many connections as the SDK would open. */
const SETTINGS = { keepAlive: true, maxSockets: 50 };

/**
 * Connections whose errors never end the process. A store may refuse a request before it has read its body and close
 * the connection; the request is answered then, nobody listens to the socket any more, and Node.js would throw what
 * still goes wrong with it.
 */
export function patientAgents(): { readonly httpAgent: http.Agent; readonly httpsAgent: https.Agent } {
  return { httpAgent: new HttpAgent(SETTINGS), httpsAgent: new HttpsAgent(SETTINGS) };
}

class HttpAgent extends http.Agent {
  override createConnection(...args: Parameters<http.Agent['createConnection']>): Duplex | null | undefined {
    return patient(super.createConnection(...args));
  }
}

class HttpsAgent extends https.Agent {
  override createConnection(...args: Parameters<https.Agent['createConnection']>): Duplex | null | undefined {
    return patient(super.createConnection(...args));
  }
}

function patient<S extends Duplex | null | undefined>(socket: S): S {
  // Whoever waits for an answer has a listener of its own.
  socket?.on('error', () => undefined);
  return socket;
}
