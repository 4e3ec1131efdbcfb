import { compileMessage } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

interface Node {
  type: string;
  start: number;
  end: number;
  value?: unknown;
  [child: string]: unknown;
}

/** Compiles the ICU messages of the catalogues while building, so that no phone has to load a parser for them. */
export function compileMessages(): Plugin {
  return {
    name: "compile-messages",
    enforce: "post",
    transform(code, id) {
      if (!/\/src\/i18n\/[a-z]{2}\/\w+\.ts$/.test(id)) return null;
      let compiled = code;
      for (const text of texts(this.parse(code) as unknown as Node).sort((a, b) => b.start - a.start)) {
        compiled = compiled.slice(0, text.start) + JSON.stringify(compileMessage(String(text.value))) + compiled.slice(text.end);
      }
      return { code: compiled, map: null };
    },
  };
}

/** The values of all properties that are plain strings. */
function texts(node: Node): Node[] {
  const value = node.type === "Property" ? (node.value as Node) : null;
  if (value?.type === "Literal" && typeof value.value === "string") return [value];
  return Object.values(node)
    .flat()
    .filter((child): child is Node => typeof child === "object" && child !== null && "type" in child)
    .flatMap(texts);
}
