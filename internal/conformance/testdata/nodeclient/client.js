// The client by the names that it has had: its tests use that of their day.
const client = require("./node_modules/@eventstore/db-client");

module.exports = { ...client, KurrentDBClient: client.EventStoreDBClient };
