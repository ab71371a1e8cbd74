// Stands in for what the client's tests share: theirs starts EventStoreDB in Docker, and here each file of tests has a
// server already, whose log is empty.
import { readFileSync } from "fs";
import { basename } from "path";

import { binaryEvent, jsonEvent } from "@eventstore/db-client";

const servers: Record<string, string> = JSON.parse(process.env.RAPPORT_NODES!);

const taken = new Set<string>();

class Server {
  readonly uri: string;
  readonly certPath = { root: process.env.RAPPORT_NODE_CA! };

  constructor() {
    const file = basename(expect.getState().testPath!);
    if (taken.has(file)) throw new Error(`${file} has one server, and asks for another`);
    taken.add(file);
    this.uri = servers[file];
  }

  get certs() {
    return { root: readFileSync(this.certPath.root) };
  }

  get endpoints() {
    const [address, port] = this.uri.split(":");
    return [{ address, port: Number(port) }];
  }

  connectionString = () => this.connectionStringWithOverrides({});

  connectionStringWithOverrides = (options: Record<string, unknown>) => {
    const query = Object.entries({ tls: true, tlsCAFile: this.certPath.root, ...options });
    return `esdb://admin:changeit@${this.uri}?` + query.map(([name, value]) => `${name}=${value}`).join("&");
  };

  up = async () => {};
  down = async () => {};
}

export const createTestNode = () => new Server();

const several = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, i) => make(i));

export const jsonTestEvents = (count = 4, type = "test") =>
  several(count, (index) => jsonEvent({ type, data: { message: "test", index } }));

export const binaryTestEvents = (count = 4, type = "test") =>
  several(count, (index) => binaryEvent({ type, data: Buffer.from(`hello: ${index}`) }));

export const collect = async <T>(stream: AsyncIterable<T>) => {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
};

export const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Defer {
  resolve!: () => void;
  reject!: (reason?: unknown) => void;
  promise = new Promise<void>((resolve, reject) => Object.assign(this, { resolve, reject }));
}

const numbers = (version: string) => version.split(".").map((part) => parseInt(part, 10));

// matchServerVersion`>=21.10` reports whether the server says that it is of that version or later.
export const matchServerVersion = (wanted: TemplateStringsArray) => {
  if (!wanted[0].startsWith(">=")) throw new Error(`asks for a version in a new way: ${wanted[0]}`);
  const least = numbers(wanted[0].slice(2));
  const server = numbers((globalThis as any).capabilities.serverVersion);
  const at = least.findIndex((part, i) => part !== server[i]);
  return at < 0 || server[at] > least[at];
};

export const optionalDescribe = (when: boolean) => (when ? describe : describe.skip);
export const optionalTest = (when: boolean) => (when ? test : test.skip);
