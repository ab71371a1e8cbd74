// Tests that depend on the server's version find in capabilities what it said of itself.
const { readFileSync } = require("fs");
const { basename } = require("path");
const { TestEnvironment } = require("jest-environment-node");
const { EventStoreDBClient } = require("@eventstore/db-client");

module.exports = class extends TestEnvironment {
  constructor(config: unknown, context: { testPath: string }) {
    super(config, context);
    this.server = JSON.parse(process.env.RAPPORT_NODES!)[basename(context.testPath)];
  }

  async setup() {
    await super.setup();
    const client = new EventStoreDBClient(
      { endpoint: this.server },
      { rootCertificate: readFileSync(process.env.RAPPORT_NODE_CA!) },
    );
    this.global.capabilities = await client.capabilities;
    await client.dispose();
  }
};
