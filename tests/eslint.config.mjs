// What holds for the scripts of the pages. Run from the root of the checkout, as .ci/run does:
// tests/node_modules/.bin/eslint --config tests/eslint.config.mjs --max-warnings 0 allycheck
import js from "@eslint/js";

const inPages = [
  "Blob", "HTMLElement", "TextDecoder", "URL", "cancelAnimationFrame", "document", "localStorage", "requestAnimationFrame",
  "setTimeout", "window",
];
const asHtml = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln"];

export default [
  js.configs.recommended,
  {
    files: ["**/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "script",
      globals: Object.fromEntries(inPages.map((name) => [name, "readonly"])),
    },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "error" },
    rules: {
      "consistent-return": "error",
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": ["error", ...asHtml.map((property) => ({ property, message: "Set text, never HTML." }))],
      "no-shadow": "error",
      "no-unused-vars": ["error", { varsIgnorePattern: "^AnswersFile$" }],
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      strict: ["error", "global"],
    },
  },
  { files: ["**/form.js"], languageOptions: { globals: { AnswersFile: "readonly" } } },
];
