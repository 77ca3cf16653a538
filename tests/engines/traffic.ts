/**
 * What a visit's browser hears and asks: the built page on a server of its own, and a proxy for everything else, which answers nothing and writes
 * down what was asked of whom.
 */

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { preview, type Plugin } from 'vite';

/** What a page reports of itself where the driver can't tell: errors in the console, exceptions, refused promises, refused requests. */
const RECORDER = `
  const tell = (text) => navigator.sendBeacon('/said', String(text));
  const { error } = console;
  console.error = (...all) => { tell(all.join(' ')); error(...all); };
  addEventListener('error', (event) => tell(event.message ?? 'not loaded: ' + (event.target.src ?? event.target.href)), true);
  addEventListener('unhandledrejection', (event) => tell(event.reason));
  addEventListener('securitypolicyviolation', (event) => tell(event.violatedDirective + ' refused ' + event.blockedURI));
`;

/** Puts the recorder before all other scripts of the page, and hears what it says. */
const recorder = (said: string[]): Plugin => ({
  name: 'recorder',
  configurePreviewServer({ middlewares, config }) {
    middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/recorder.js')
        return void response.setHeader('content-type', 'text/javascript').end(RECORDER);
      if (pathname === '/said') {
        let text = '';
        request.setEncoding('utf8').on('data', (part: string) => (text += part));
        request.on('end', () => (said.push(text), response.writeHead(204).end()));
        return;
      }
      if (pathname !== '/' && pathname !== '/index.html') return next();
      const html = readFileSync('dist/index.html', 'utf8');
      for (const [name, value] of Object.entries(config.preview.headers))
        if (value !== undefined) response.setHeader(name, value);
      response.setHeader('content-type', 'text/html');
      response.end(html.replace('<script', '<script src="/recorder.js"></script><script'));
    });
  },
});

/** A server like those that know nothing of isolation. */
const bare: Plugin = {
  name: 'bare',
  configResolved: ({ preview }) => {
    preview.headers = {};
  },
};

export interface Traffic {
  /** Where the page is, with a slash at the end. */
  readonly url: string;
  /** Of the proxy, on this machine. */
  readonly port: number;
  /** What pages said of themselves, where they were asked to. */
  readonly said: string[];
  /** Requests to anybody else. */
  readonly elsewhere: string[];
  /** No server any more: without a network. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

const end = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** With `recorded` the page reports its own errors; without `isolated` the server lacks the headers that let workers share memory. */
export async function begin({
  recorded,
  isolated,
}: {
  recorded: boolean;
  isolated: boolean;
}): Promise<Traffic> {
  const [said, elsewhere]: [string[], string[]] = [[], []];
  const page = await preview({
    logLevel: 'silent',
    plugins: [...(recorded ? [recorder(said)] : []), ...(isolated ? [] : [bare])],
    preview: { port: 0, strictPort: false },
  });
  const proxy = createServer((request, response) => {
    elsewhere.push(request.url ?? '');
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket) => {
    elsewhere.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  let up = true;
  const stop = async () => {
    if (up) await end(page.httpServer as Server);
    up = false;
  };
  const { port } = page.httpServer.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    port: (proxy.address() as AddressInfo).port,
    said,
    elsewhere,
    stop,
    close: async () => {
      await stop();
      await end(proxy);
    },
  };
}
