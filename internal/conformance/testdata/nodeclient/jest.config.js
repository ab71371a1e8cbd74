// Runs the client's own tests as they are, against servers that are there already.
const client = "(?:@eventstore/db-client|@kurrent/db-client|@kurrent/kurrentdb-client)";

module.exports = {
  testMatch: ["<rootDir>/src/streams/*.test.ts"],
  transform: { "\\.ts$": "<rootDir>/transform.js" },
  moduleNameMapper: {
    "^@test-utils$": "<rootDir>/src/utils/index.ts",
    [`^${client}$`]: "<rootDir>/client.js",
    [`^${client}/generated/(.*)$`]: "<rootDir>/node_modules/@eventstore/db-client/generated/$1.js",
  },
  testTimeout: 60_000,
  forceExit: true, // some tests leave their clients open
};
