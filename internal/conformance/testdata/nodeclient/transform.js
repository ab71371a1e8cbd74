// Takes the types out of a test.
const { transformSync } = require("esbuild");

module.exports = {
  process: (source, path) => ({
    code: transformSync(source, { loader: "ts", format: "cjs", target: "node18", sourcefile: path, sourcemap: "inline" }).code,
  }),
};
