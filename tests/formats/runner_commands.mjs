// What in a line of a log a CI system takes for a command. GitHub's runner obeys `::name ...::` at
// the beginning of a line, white space before it or not, and `##[name ...]` anywhere, of the names
// that it knows; Azure Pipelines `##vso[...]` anywhere, and TeamCity `##teamcity[...]`.
const known = ["add-mask", "add-matcher", "remove-matcher", "add-path", "debug", "echo", "endgroup",
  "error", "group", "internal-set-repo-path", "notice", "save-state", "set-env", "set-output",
  "stop-commands", "warning"];

function unescaped(text, characters) {
  return characters.reduce((result, [code, character]) => result.replaceAll(code, character), text);
}
const dataCodes = [["%0D", "\r"], ["%0A", "\n"], ["%25", "%"]];
const propertyCodes = [["%0D", "\r"], ["%0A", "\n"], ["%3A", ":"], ["%2C", ","], ["%25", "%"]];

/// `{system, version, name, properties, data}` of each command; properties and data of `::` alone.
export function commandsOf(line) {
  const commands = [];
  const trimmed = line.trimStart();
  const end = trimmed.startsWith("::") ? trimmed.indexOf("::", 2) : -1;
  if (end >= 0) {
    const [name, ...rest] = trimmed.slice(2, end).split(" ");
    if (known.includes(name)) {
      const pairs = rest.join(" ").split(",").filter((pair) => pair.includes("="));
      commands.push({ system: "GitHub", version: 2, name,
        properties: Object.fromEntries(pairs.map((pair) => {
          const at = pair.indexOf("=");
          return [pair.slice(0, at).trim(), unescaped(pair.slice(at + 1), propertyCodes)];
        })),
        data: unescaped(trimmed.slice(end + 2), dataCodes) });
      return commands;
    }
  }
  const old = /##\[([^\] ]*)[^\]]*\]/.exec(line);
  if (old && known.includes(old[1])) commands.push({ system: "GitHub", version: 1, name: old[1] });
  if (/##vso\[[^\]]*\]/.test(line)) commands.push({ system: "Azure Pipelines", name: "vso" });
  if (/##teamcity\[/.test(line)) commands.push({ system: "TeamCity", name: "teamcity" });
  return commands;
}
