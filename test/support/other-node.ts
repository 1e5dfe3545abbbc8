/** Lets tests start programs with the Node that E2E_NODE names, whichever runs the tests. */
if (process.env["E2E_NODE"]) process.execPath = process.env["E2E_NODE"];
