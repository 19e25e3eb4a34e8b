import js from "@eslint/js";
import globals from "globals";
import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const bridgeOnly = {
  patterns: [{ group: ["@tauri-apps/*"], message: "Only src/bridge.ts speaks to the core." }],
};

export default ts.config(
  { ignores: ["dist/", "node_modules/", "src/generated/"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
  },
  {
    rules: {
      "no-restricted-imports": ["error", bridgeOnly],
      "no-console": "error",
      "no-eval": "error",
      "max-lines": ["error", { max: 400 }],
      // The browser's own history is not used: pages are places of the desk.
      "svelte/no-navigation-without-resolve": "off",
      "svelte/no-at-html-tags": "error",
    },
  },
  { files: ["src/bridge.ts"], rules: { "no-restricted-imports": "off" } },
);
