// A client of the TypeScript SDK: starts the command it is given, uses every tool, and prints what
// it saw as one JSON document.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const [command, ...args] = process.argv.slice(2);
const client = new Client({ name: "typescript-test", version: "1.0.0" });
await client.connect(new StdioClientTransport({ command, args, env: process.env, stderr: "ignore" }));

const call = async (name, given) => (await client.callTool({ name, arguments: given })).structuredContent;
const refusal = (name, given) => client.callTool({ name, arguments: given }).catch((error) => error.message);

const seen = { server: client.getServerVersion().name, instructions: client.getInstructions() };
// The SDK checks every structured result against the schema of its tool from here on.
seen.tools = (await client.listTools()).tools.map((tool) => tool.name);
seen.added = await call("add_memory", {
  user_input: "My sister Ada keeps bees 🐝 in 東京",
  agent_response: "How many hives?",
  meta_data: { channel: "test" },
});
seen.found = await call("retrieve_memory", { query: "Who keeps bees?", max_results: 3 });
seen.profile = await call("get_user_profile", { include_assistant_knowledge: true });
seen.why = await call("why", { id: seen.added.page_id });
seen.status = await call("memory_status", {});
seen.would = await call("forget_memory", { id: seen.added.page_id });
seen.forgotten = await call("forget_memory", { id: seen.added.page_id, dry_run: false });
seen.corrected = await client.callTool({
  name: "correct_memory",
  arguments: { fact_id: "fact-1", new_text: "I live in Berlin." },
});
seen.refused = await refusal("retrieve_memory", { question: "bees" });
seen.unknown = await refusal("add_memry", {});
seen.resources = (await client.listResources()).resources.map((resource) => resource.uri);
seen.config = JSON.parse((await client.readResource({ uri: "memoryos://config" })).contents[0].text);
seen.prompt = (await client.getPrompt({ name: "recall", arguments: { task: "bees" } })).messages;

await client.close();
console.log(JSON.stringify(seen));
