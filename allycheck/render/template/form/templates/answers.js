"use strict";

/* An answers file as text, and back. It is written byte for byte as `allycheck` writes it. Read are YAML as `allycheck`
   and this page write it, templates that were filled in, and JSON. The page itself is in form.js. */
const AnswersFile = (() => {
  const HEADER = ["questionnaire", "version", "organisation", "actor", "form", "respondent", "respondents", "alliances", "date", "note"];
  const TEXTS = HEADER.filter((key) => key !== "alliances");
  const NOTES = ["reason", "evidence", "comment"];
  const LEVEL = /^[0-4]$/;
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const VERSION = /^[0-9]+(\.[0-9]+)*$/;
  const DEEPEST = 4;

  /* A message with its places filled in; some are messages, too: `later`. */
  const filled = (text, places = {}, say = (one) => one) =>
    text.replace(/\{(\w+)\}/g, (_, name) => (places[name]?.later ? say(places[name].later) : places[name]));
  const later = (text) => ({ later: text });

  /* Why a file is not opened: a message without its end, and its places. */
  class Refused extends Error {
    constructor(text, places = {}) {
      super(filled(text, places));
      Object.assign(this, { text, places });
    }
  }

  const refuse = (text, places) => {
    throw new Refused(text, places);
  };
  const unread = (line) => (line ? new Refused("line {line} can't be read here", { line }) : new Refused("it can't be read here"));

  // Writing

  const NO_TEXT = new Set(["null", "true", "false", "yes", "no", "on", "off", "y", "n"]);
  const SHORT = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" };
  const HALF = /\p{Cs}/gu;
  const HIDDEN = /(?! )[\p{C}\p{Z}]/gu;

  const hex = (code, digits) => code.toString(16).padStart(digits, "0");
  const whole = (text) => text.replace(HALF, "\ufffd");

  const escaped = (char) => {
    const code = char.codePointAt(0);
    return SHORT[char] || (code <= 0xff ? `\\x${hex(code, 2)}` : code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`);
  };
  const quoted = (text) => `"${whole(text).replace(/["\\]/g, (char) => SHORT[char]).replace(HIDDEN, escaped)}"`;
  const idText = (id) => (ID.test(id) && !/^[0-9]/.test(id) && !NO_TEXT.has(id) ? id : quoted(id));

  const isNothing = (entry) => entry.answer === undefined && isBare(entry);
  const isBare = (entry) => NOTES.every((key) => entry[key] === undefined);
  const told = (sheet) => [...sheet.answers].filter(([, entry]) => !isNothing(entry));

  const HOW = {
    questionnaire: idText,
    actor: idText,
    form: String,
    date: String,
    respondents: String,
    alliances: (names) => `[${names.map(quoted).join(", ")}]`,
  };

  const yaml = (sheet) => {
    const lines = HEADER.filter((key) => sheet[key] !== undefined).map((key) => `${key}: ${(HOW[key] || quoted)(sheet[key])}`);
    if (sheet.scope) lines.push("scope:", ...[...sheet.scope].map(([id, reason]) => `  ${idText(id)}: ${quoted(reason)}`));
    const answers = told(sheet);
    lines.push(answers.length ? "answers:" : "answers: {}");
    for (const [id, entry] of answers) {
      const parts = NOTES.filter((key) => entry[key] !== undefined).map((key) => `${key}: ${quoted(entry[key])}`);
      if (entry.answer !== undefined) parts.unshift(`answer: ${entry.answer}`);
      lines.push(`  ${idText(id)}: ${isBare(entry) ? entry.answer : `{${parts.join(", ")}}`}`);
    }
    return `${lines.join("\n")}\n`;
  };

  const json = (sheet) => {
    const keys = [...TEXTS, "alliances", "scope"].filter((key) => sheet[key] !== undefined);
    const value = (answer) => (LEVEL.test(answer) ? Number(answer) : answer);
    const entries = told(sheet).map(([id, entry]) => {
      const noted = new Map([["answer", value(entry.answer)], ...NOTES.map((key) => [key, entry[key]])]);
      return [id, isBare(entry) ? value(entry.answer) : noted];
    });
    const content = new Map([...keys.map((key) => [key, sheet[key]]), ["answers", new Map(entries)]]);
    const unit = (char) => `\\u${hex(char.charCodeAt(0), 4)}`;
    return `${drawn(content, "").replace(HIDDEN, (char) => (char === "\n" ? char : char.split("").map(unit).join("")))}\n`;
  };

  /* JSON with the keys of a Map in their order, which objects do not keep where a key is a number. */
  const drawn = (value, margin) => {
    if (typeof value === "string") return JSON.stringify(whole(value));
    const inner = `${margin}  `;
    if (Array.isArray(value)) return block("[", value.map((one) => inner + drawn(one, inner)), `${margin}]`);
    if (!(value instanceof Map)) return String(value);
    const pairs = [...value].filter(([, one]) => one !== undefined);
    return block("{", pairs.map(([key, one]) => `${inner}${JSON.stringify(key)}: ${drawn(one, inner)}`), `${margin}}`);
  };
  const block = (open, lines, close) => (lines.length ? `${open}\n${lines.join(",\n")}\n${close}` : open + close.trim());

  // Reading: a text in quotes becomes a string, one without a Plain, a map a Map, nothing null

  class Plain {
    constructor(text) {
      this.text = text;
    }
  }
  const scalar = (text) => (["", "~", "null"].includes(text) ? null : new Plain(text));

  const LONG = { x: 2, u: 4, U: 8 };
  const CHARS = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

  /* The value that begins a text, in JSON or in YAML's brackets and quotes, and where it ends. */
  const flow = (text) => {
    let at = 0;
    const fail = () => {
      const line = text.slice(0, at).split("\n").length;
      throw unread(line > 1 && line);
    };
    const match = (pattern) => {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found) at = pattern.lastIndex;
      return found && found[0];
    };
    const space = () => match(/[ \t\r\n]*/y);

    const string = () => {
      let found = "";
      at += 1;
      for (;;) {
        found += match(/[^"\\\p{Cc}]*/uy);
        const char = text[at];
        if (char === '"') break;
        if (char !== "\\") fail();
        found += escape();
      }
      at += 1;
      if (found.search(HALF) >= 0) fail();
      return found;
    };
    const escape = () => {
      const kind = text[at + 1];
      at += 2;
      if (Object.hasOwn(CHARS, kind ?? "")) return CHARS[kind];
      const digits = Object.hasOwn(LONG, kind ?? "") ? text.slice(at, at + LONG[kind]) : "";
      const code = parseInt(digits, 16);
      if (!digits || digits.length < LONG[kind] || /[^0-9a-fA-F]/.test(digits) || code > 0x10ffff) fail();
      at += digits.length;
      return String.fromCodePoint(code);
    };

    const value = (depth) => {
      if (depth > DEEPEST) fail();
      if (text[at] === '"') return string();
      if (text[at] === "[") return list(depth);
      if (text[at] === "{") return map(depth);
      const word = match(/[\p{L}\p{N}~][^,[\]{}:#"\p{Cc}]*/uy) || fail();
      return scalar(word.trim());
    };
    /* One entry after the other up to the closing bracket. */
    const entries = (close, entry) => {
      at += 1;
      space();
      for (let first = true; text[at] !== close; first = false) {
        if (!first && !match(/,/y)) fail();
        space();
        entry();
        space();
      }
      at += 1;
    };
    const list = (depth) => {
      const found = [];
      entries("]", () => found.push(value(depth + 1)));
      return found;
    };
    const map = (depth) => {
      const found = new Map();
      entries("}", () => {
        const inQuotes = text[at] === '"';
        const key = inQuotes ? string() : match(/[a-z0-9-]+/y) || fail();
        space();
        if (!match(inQuotes ? /:/y : /:(?=\s)/y) || found.has(key)) fail();
        space();
        found.set(key, value(depth + 1));
      });
      return found;
    };

    space();
    const found = value(0);
    return { found, rest: text.slice(at) };
  };

  /* What stands behind a key on its line. */
  const inLine = (text) => {
    if (/^["[{]/.test(text)) {
      const { found, rest } = flow(text);
      if (!/^\s*$|^\s+#/.test(rest)) throw unread();
      return found;
    }
    const word = text.replace(/(^|\s)#.*$/, "").trim();
    if (word && !/^[\p{L}\p{N}~]/u.test(word)) throw unread();
    if (/:(\s|$)|\p{Cc}/u.test(word)) throw unread();
    return scalar(word);
  };

  const LINE = /^( {0,4})("?)([a-z0-9-]+)\2:(?: +(.*)| *)$/su;
  const BREAK = /\r\n|\r|\n/;

  /* A file of lines: keys, below `answers` ids, and below an id what is noted there; each deeper by two blanks. */
  const lined = (text) => {
    const open = [new Map()]; // the maps around a line, by depth
    let empty = null; // where the line before left a value out, which deeper lines may give
    text.split(BREAK).forEach((line, index) => {
      if (/^\s*(#|$)/.test(line)) return;
      const [, blanks, , key, rest] = LINE.exec(line) ?? [];
      const depth = (blanks ?? " ").length / 2;
      if (empty && depth === open.length) open.push(empty(new Map()));
      open.splice(depth + 1);
      const into = open[depth];
      if (!into) throw unread(index + 1);
      if (into.has(key)) refuse("line {line} says again what {key} is", { line: index + 1, key });
      try {
        into.set(key, inLine(rest || ""));
      } catch (error) {
        throw error instanceof Refused ? unread(index + 1) : error;
      }
      const isEmpty = into.get(key) === null && (depth > 0 || ["answers", "scope"].includes(key));
      empty = isEmpty ? (inner) => into.set(key, inner).get(key) : null;
    });
    return open[0];
  };

  const parsed = (text) => {
    if (!/^\s*[{[]/.test(text)) return lined(text);
    const { found, rest } = flow(text);
    if (rest.trim()) refuse("something follows its end");
    return found;
  };

  // Checking

  const asText = (value, name, of) => {
    if (value === null || value === undefined) return undefined;
    if (typeof value === "string") return value;
    if (value instanceof Plain) return value.text;
    throw of ? new Refused("{name} of {id} must be a text", { name, id: of }) : new Refused("{name} must be a text", { name });
  };
  const unknownIn = (map, keys) => [...map.keys()].filter((key) => !keys.includes(key)).map(shown)[0];
  const shown = (text) => (text.length > 40 ? `${text.slice(0, 40)}...` : text).replace(HIDDEN, " ");

  const isDay = (text) => {
    const day = /^\d{4}-\d\d-\d\d$/.test(text) && !text.startsWith("0000") ? new Date(`${text}T00:00:00Z`) : NaN;
    return !Number.isNaN(Number(day)) && day.toISOString().startsWith(text);
  };

  /* Versions in order: below 0 where the first is older. */
  const compared = (one, other) => {
    const [left, right] = [one, other].map((version) => version.split(".").map(Number));
    for (let n = 0; n < Math.max(left.length, right.length); n += 1) {
      if ((left[n] || 0) !== (right[n] || 0)) return (left[n] || 0) - (right[n] || 0);
    }
    return 0;
  };

  const entryOf = (id, value, facts) => {
    const isMap = value instanceof Map;
    const map = isMap ? value : new Map([["answer", value]]);
    const key = unknownIn(map, ["answer", ...NOTES]);
    if (key !== undefined) refuse("{id} has an unknown key, {key}", { id, key });
    const given = map.get("answer") ?? undefined;
    const answer = given === undefined ? undefined : asText(given, id);
    const isLevel = given instanceof Plain && LEVEL.test(answer);
    if (answer !== undefined && !isLevel && answer !== "na" && answer !== "dk") {
      refuse("{answer} is not an answer to {id}; use 0, 1, 2, 3, 4, na or dk", { answer: shown(answer), id });
    }
    if (answer === "na" && facts.always.includes(id)) refuse("not applicable is refused at {id}", { id });
    const notes = NOTES.map((name) => [name, asText(map.get(name), name, id)]);
    return { answer, ...Object.fromEntries(notes) };
  };

  /* Why trends are left out, by trend. */
  const scopeOf = (scope, facts) => {
    if (!(scope instanceof Map)) refuse("scope must stand by trend");
    for (const [id, value] of scope) {
      if (!facts.trends.includes(id)) refuse("{id} is no trend of this questionnaire", { id: shown(id) });
      scope.set(id, asText(value, id) ?? "");
      if (!scope.get(id).trim()) refuse("{id} is left out without a reason", { id });
    }
    return scope.size ? scope : undefined;
  };

  const checked = (content, facts) => {
    if (!(content instanceof Map) || !content.has("questionnaire")) refuse("it is no answers file");
    const unknown = unknownIn(content, [...HEADER, "scope", "answers"]);
    if (unknown !== undefined) refuse("it has an unknown key, {key}", { key: unknown });
    const sheet = {};
    for (const key of HEADER.filter((name) => name !== "alliances")) sheet[key] = asText(content.get(key), key);
    for (const key of ["questionnaire", "actor", "form"]) {
      const found = sheet[key] ?? (key === "form" ? "full" : "");
      if (found !== (facts[key] ?? "")) {
        const places = { key, found: shown(found) || later("not named"), wanted: facts[key] ?? later("none") };
        refuse("its {key} is {found}, and this page is for {wanted}", places);
      }
      sheet[key] = found || undefined;
    }
    if (sheet.version !== undefined && !VERSION.test(sheet.version)) refuse("its version is not numbers joined by dots");
    if (sheet.version !== undefined && Number(sheet.version.split(".")[0]) > Number(facts.version.split(".")[0])) {
      refuse("it was recorded with version {version}, newer than this page; ask for a newer form", { version: shown(sheet.version) });
    }
    if (sheet.date !== undefined && !isDay(sheet.date)) refuse("its date is no day as YYYY-MM-DD");
    const many = content.get("respondents");
    if (sheet.respondents !== undefined) {
      if (!(many instanceof Plain && /^\d{1,9}$/.test(many.text))) refuse("respondents must be a whole number");
      sheet.respondents = Number(many.text);
    }
    const names = content.get("alliances") ?? [];
    if (!Array.isArray(names) || names.length > facts.alliances) refuse("alliances must be a list of at most {number}", { number: facts.alliances });
    const alliances = names.map((name) => asText(name, "alliances")).filter((name) => name !== undefined);
    if (alliances.length) sheet.alliances = alliances;
    sheet.scope = scopeOf(content.get("scope") ?? new Map(), facts);
    sheet.answers = new Map();
    const answers = content.get("answers") ?? new Map();
    if (!(answers instanceof Map)) refuse("answers must stand by id");
    for (const [id, value] of answers) {
      if (!facts.indicators.includes(id) && !facts.retired.includes(id)) refuse("{id} is no question of this questionnaire", { id: shown(id) });
      sheet.answers.set(id, entryOf(id, value, facts));
    }
    return sheet;
  };

  /* A sheet of answers from the text of a file. Throws Refused. */
  const read = (text, facts) => checked(parsed(text.replace(/^\ufeff/, "")), facts);

  return { Refused, compared, filled, isDay, json, read, yaml };
})();
