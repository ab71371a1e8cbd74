import type { BatchAnswer, BatchLine, Problem } from "./types.gen.js";

/** Config says whom to ask. */
export interface Config {
  /** Of the server: https://crm.example.com */
  url: string;
  token?: string;
  /** How often a request is made that the server could not answer: 4. */
  tries?: number;
  /** Before the second try, doubled each time, unless the server says when to come again: 200. */
  pauseMs?: number;
  fetch?: typeof fetch;
}

/** Options change one request. */
export interface Options {
  /** Names a command, so that it is carried out once however often it is asked for. Each call has one of its own otherwise. */
  idempotencyKey?: string;
  /** Refuses a command where anything is newer than this revision. */
  ifRevision?: number;
  signal?: AbortSignal;
}

/** Refused is a problem with which the server refused a request. Programs look at its code. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail ?? problem.title}`);
  }
  get code(): string {
    return this.problem.code;
  }
}

type Query = Record<string, string | number | boolean | (string | number | null)[] | Record<string, unknown> | null | undefined>;

/** Base makes requests, and repeats them where the server cannot answer now: commands by their keys. */
export class Base {
  constructor(private readonly config: Config) {}

  protected async ask<T>(method: string, path: string, query: Query | undefined, body: unknown, options: Options): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET") headers["Idempotency-Key"] = options.idempotencyKey ?? crypto.randomUUID();
    if (options.ifRevision !== undefined) headers["If-Match"] = `"${options.ifRevision}"`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const text = await this.repeat(method, path + written(query), headers, body === undefined ? undefined : JSON.stringify(body), options.signal);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  /** Writes a list in a query with commas. */
  protected joined<Q extends Query>(query: Q, name: string): Q {
    const value = query?.[name];
    return Array.isArray(value) ? { ...query, [name]: value.join(",") } : query;
  }

  /** Carries out many commands, and returns what became of each. */
  async batch(lines: BatchLine[], options: Options = {}): Promise<BatchAnswer[]> {
    const body = lines.map((l) => JSON.stringify({ idempotency_key: crypto.randomUUID(), ...l })).join("\n");
    const headers = { Accept: "application/x-ndjson", "Content-Type": "application/x-ndjson" };
    const text = await this.repeat("POST", "/v1/batch", headers, body, options.signal);
    return text.trim().split("\n").map((l) => JSON.parse(l) as BatchAnswer);
  }

  private async repeat(method: string, path: string, headers: Record<string, string>, body: string | undefined, signal?: AbortSignal): Promise<string> {
    const { url, token, tries = 4, pauseMs = 200 } = this.config;
    if (token) headers.Authorization = `Bearer ${token}`;
    for (let n = 1; ; n++) {
      let fault: unknown;
      let wait = 0;
      try {
        const r = await (this.config.fetch ?? fetch)(url.replace(/\/+$/, "") + path, { method, headers, body, signal });
        const text = await r.text();
        if (r.ok) return text;
        fault = new Refused(problemOf(r, text));
        wait = 1000 * Number(r.headers.get("Retry-After") ?? 0);
      } catch (e) {
        fault = e; // nothing was answered
      }
      if (signal?.aborted || !retried(fault) || n >= tries) throw fault;
      await new Promise((done) => setTimeout(done, Math.max(wait, pauseMs * 2 ** (n - 1))));
    }
  }
}

/** Whether a request may be made again after a fault. */
function retried(e: unknown): boolean {
  return !(e instanceof Refused) || [429, 502, 503, 504].includes(e.problem.status);
}

function problemOf(r: Response, text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { type: "about:blank", title: r.statusText, status: r.status, code: "unknown", detail: text };
  }
}

/** Writes the parameters of a query: lists by repeating the name; what has names of its own by these. */
function written(query: Query | undefined): string {
  const q = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) {
      for (const one of value) q.append(name, String(one));
    } else if (typeof value === "object") {
      for (const [own, one] of Object.entries(value)) q.set(own, String(one));
    } else q.set(name, String(value));
  }
  const text = q.toString();
  return text === "" ? "" : `?${text}`;
}
