export { Rapport } from "./rapport.gen.js";
export { Refused, type Config, type Options } from "./base.js";
export type * from "./types.gen.js";
