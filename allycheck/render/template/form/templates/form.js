"use strict";

/* The page: what is filled in goes into one sheet of answers, which is kept in this browser and downloaded as a file.
   No score is worked out here. Every text that is shown is set as text, never as HTML. */
(() => {
  const at = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const facts = JSON.parse(at("facts").textContent);
  const DRAFT = ["allycheck", facts.questionnaire, facts.digest || facts.version, facts.actor || "", facts.form].join(" ");
  const LARGEST = 10_000_000;
  const FIELDS = ["organisation", "respondent", "date", "note"];

  const button = (className, textContent) => Object.assign(document.createElement("button"), { type: "button", className, textContent });
  const questions = all(".question").map((field, index) => ({
    index,
    field,
    id: field.dataset.id,
    code: field.querySelector(".code").textContent,
    part: field.closest("section").id,
    trend: field.closest("section").querySelector("[data-trend]").dataset.trend,
    radios: all("input[type=radio]", field),
    notes: all("[name=reason], [name=evidence], [name=comment]", field),
    back: field.querySelector(".other").appendChild(button("take-back", "Take this answer back")),
  }));
  const alliances = all("[id^=alliance-]");
  const questionAt = (target) => questions.find(({ field }) => field.contains(target));
  const outs = all("[data-trend]"); // each takes why a trend is left out

  let sheet; // what an answers file holds; `answers` are by id, also those that are not asked here
  let unsaved = false; // whether there is anything that was not downloaded
  let kept = true; // whether this browser keeps it
  let undo = []; // [question, its answer before, its reason before]
  let current = questions[0]; // the question that keys answer, which is marked
  let last = null; // the question that a key answered last

  const empty = () => ({
    questionnaire: facts.questionnaire,
    version: facts.version,
    actor: facts.actor ?? undefined,
    form: facts.form,
    answers: new Map(),
  });
  const entryOf = (question) => sheet.answers.get(question.id) ?? {};
  const isOpen = (question) => entryOf(question).answer === undefined && !sheet.scope?.has(question.trend);
  const done = (within = questions) => within.filter((question) => !isOpen(question)).length;
  const sentence = (count, one, many) => `${count} ${count === 1 ? one : many}`;

  // Showing

  const say = (text) => {
    at("status").textContent = text;
  };
  const warn = (text) => {
    at("notice").textContent = text;
    at("notice").hidden = !text;
  };
  const inWords = (question) => {
    const { answer } = entryOf(question);
    const radio = question.radios.find((one) => one.value === answer);
    if (!radio) return "open";
    const name = radio.parentElement.querySelector("b")?.textContent;
    return name ? name.replace(" ", ", ") : { dk: "don't know", na: "not applicable" }[answer];
  };

  const drawQuestion = (question) => {
    const entry = entryOf(question);
    for (const radio of question.radios) radio.checked = radio.value === entry.answer;
    for (const note of question.notes) note.value = entry[note.name] ?? "";
    drawState(question);
  };
  const drawState = (question) => {
    const entry = entryOf(question);
    question.field.classList.toggle("answered", entry.answer !== undefined);
    question.field.classList.toggle("is-na", entry.answer === "na");
    question.back.hidden = entry.answer === undefined;
    const noted = ["evidence", "comment"].filter((key) => entry[key] !== undefined);
    question.field.querySelector(".notes span").textContent = noted.length ? `: ${noted.join(" and ")} noted` : "";
  };
  const drawCounts = () => {
    for (const count of all(".count")) {
      const within = count.dataset.of === "form" ? questions : questions.filter(({ part }) => part === count.dataset.of);
      count.textContent = `${done(within)} of ${within.length}`;
      count.classList.toggle("done", done(within) === within.length);
    }
    document.querySelector("progress").value = done();
    const open = questions.filter(isOpen);
    list(at("open"), open, open.length ? `${sentence(open.length, "question is", "questions are")} open, and may stay so: ` : "All questions are answered.");
    const bare = questions.filter((question) => entryOf(question).answer === "na" && !entryOf(question).reason);
    list(at("without-reason"), bare, bare.length ? "Not applicable without a reason: " : "");
  };
  const list = (place, shown, lead) => {
    const links = shown.map(({ field, code }) => Object.assign(document.createElement("a"), { href: `#${field.id}`, textContent: code }));
    place.replaceChildren(lead, ...links.flatMap((link) => [link, " "]));
  };
  const drawKept = () => {
    at("date").classList.toggle("empty", !at("date").value);
    const where = kept ? "Kept in this browser" : "Not kept by this browser";
    const text = unsaved ? `${where}, not downloaded yet` : "";
    if (at("kept").textContent !== text) at("kept").textContent = text;
    at("name").textContent = fileName("yaml");
  };
  const draw = () => {
    for (const name of FIELDS) at(name).value = sheet[name] ?? "";
    alliances.forEach((field, n) => {
      field.value = sheet.alliances?.[n] ?? "";
    });
    questions.forEach(drawQuestion);
    for (const out of outs) {
      out.value = sheet.scope?.get(out.dataset.trend) ?? "";
      out.closest("details").open = out.value;
    }
    drawCounts();
    drawKept();
  };

  // Keeping a draft

  const NOT_KEPT = "This browser keeps nothing for this page: download your answers before you close it.";
  const keep = () => {
    try {
      localStorage.setItem(DRAFT, JSON.stringify({ unsaved, file: AnswersFile.json(sheet) }));
      kept = true;
    } catch {
      if (kept) {
        warn(NOT_KEPT);
        say(NOT_KEPT);
      }
      kept = false;
    }
    drawKept();
  };
  const restore = () => {
    try {
      const draft = localStorage.getItem(DRAFT);
      localStorage.setItem(`${DRAFT} trial`, "");
      localStorage.removeItem(`${DRAFT} trial`);
      if (!draft) return;
      const found = JSON.parse(draft);
      sheet = AnswersFile.read(found.file, facts);
      unsaved = found.unsaved === true;
      warn(`Your answers are back, as this browser kept them: ${done()} of ${questions.length}.`);
    } catch (error) {
      kept = error instanceof AnswersFile.Refused || error instanceof SyntaxError;
      warn(kept ? "What this browser kept of this form can't be read any more. Open your last download instead." : NOT_KEPT);
    }
  };

  // Changing

  const today = () => {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  };
  const changed = () => {
    unsaved = true;
    keep();
  };
  /* Note something beside a question: an answer, a reason, evidence, a comment. Undefined takes it away. */
  const note = (question, changes) => {
    sheet.answers.set(question.id, { ...entryOf(question), ...changes });
    inOrder();
    recorded();
  };
  const leaveOut = ({ dataset }, reason) => {
    const scope = new Map(sheet.scope);
    if (reason) scope.set(dataset.trend, reason);
    else scope.delete(dataset.trend);
    sheet.scope = scope.size ? scope : undefined;
    recorded();
    drawCounts();
  };
  const recorded = () => {
    if (AnswersFile.compared(sheet.version ?? "0", facts.version) < 0) sheet.version = facts.version;
    if (sheet.date === undefined) {
      sheet.date = today();
      at("date").value = sheet.date;
    }
    changed();
  };
  const inOrder = () => {
    const given = sheet.answers;
    const known = facts.indicators.filter((id) => given.has(id)).map((id) => [id, given.get(id)]);
    sheet.answers = new Map([...known, ...given]);
  };
  const answer = (question, value) => {
    const { answer: before, reason } = entryOf(question);
    if (before === value) return;
    undo.push([question, before, reason]);
    note(question, { answer: value, reason: value === "na" ? reason : undefined });
    drawQuestion(question);
    drawCounts();
  };
  const takeBack = () => {
    const change = undo.pop();
    if (!change) {
      say("Nothing to undo.");
      return;
    }
    const [question, before, reason] = change;
    note(question, { answer: before, reason });
    drawQuestion(question);
    drawCounts();
    go(question);
    say(`Undone: ${question.code} is ${inWords(question)}${before === undefined ? " again" : ""}.`);
  };

  // Moving

  const mark = (question) => {
    current?.field.classList.remove("current");
    current = question;
    current?.field.classList.add("current");
  };
  const isInView = ({ field }) => {
    const { top, bottom } = field.getBoundingClientRect();
    return bottom > 120 && top < window.innerHeight * 0.75 && (top > -40 || bottom > window.innerHeight * 0.5);
  };
  const go = (question, into = question.radios.find((one) => one.checked) ?? question.radios[0]) => {
    mark(question);
    into.focus({ preventScroll: true });
    question.field.scrollIntoView({ block: question.field.offsetHeight < window.innerHeight * 0.8 ? "center" : "start" });
  };
  const goOn = (question) => {
    const next = questions.slice(question.index + 1).find(isOpen);
    if (next) go(next);
    else toEnd();
  };
  const toEnd = () => {
    at("end").scrollIntoView();
    at("end-title").focus({ preventScroll: true });
  };
  /* Tell what a key has answered. */
  const given = (question) => {
    last = question;
    say(`${question.code}: ${inWords(question)}. ${done()} of ${questions.length}.`);
  };

  // Keys

  const ACTS = {
    d: (question) => reply(question, "dk"),
    n: (question) => {
      if (!question.radios.some((one) => one.value === "na")) {
        say("Not applicable is refused here: choose a level, or d for don't know.");
        return;
      }
      answer(question, "na");
      given(question);
      go(question, question.field.querySelector("[name=reason]"));
    },
    s: goOn,
    b: (question) => go(questions[Math.max(0, question.index - 1)]),
    c: (question) => write(question, "comment"),
    e: (question) => write(question, "evidence"),
    C: (question) => write(last ?? question, "comment"),
    E: (question) => write(last ?? question, "evidence"),
    u: takeBack,
    r: toEnd,
    t: (question) => document.querySelector(`nav a[href="#${question.part}"]`).focus(),
    "?": (question) => {
      const folds = all(".help, .why", question.field.closest("section")).filter((fold) => fold.matches(".why") || question.field.contains(fold));
      const open = folds.some((fold) => !fold.open);
      for (const fold of folds) fold.open = open;
      say(folds.length ? "" : "Nothing more is told about this question.");
      go(question);
    },
  };
  const reply = (question, value) => {
    answer(question, value);
    given(question);
    goOn(question);
  };
  for (const level of "01234") ACTS[level] = (question) => reply(question, level);
  const NOT_HERE = ["C", "E", "u", "r", "t"]; // keys that mean more than the marked question
  const write = (question, key) => {
    question.field.querySelector(".notes").open = true;
    go(question, question.field.querySelector(`[name=${key}]`));
  };
  const takesText = (target) => target.matches("textarea, input:not([type=radio], [type=checkbox], [type=file])");

  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !current) return;
    if (takesText(event.target)) {
      const question = questionAt(event.target);
      if (question && event.key === "Escape") go(question);
      if (question && event.key === "Enter" && event.target.name === "reason") {
        event.preventDefault();
        goOn(question);
      }
      return;
    }
    if (!at("keys-on").checked || !Object.hasOwn(ACTS, event.key) || event.repeat) return;
    event.preventDefault();
    if (isInView(current) || NOT_HERE.includes(event.key)) {
      ACTS[event.key](current);
    } else {
      go(current);
      say(`Keys answer the marked question: ${current.code}.`);
    }
  };

  // Files

  const fileName = (ending) => {
    const words = [sheet.organisation, sheet.respondent].map((text) => (text ?? "").normalize("NFC").toLowerCase());
    const slug = words.map((text) => [...text.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")].slice(0, 40).join("").replace(/^-|-$/g, ""));
    return `${slug.filter(Boolean).join("-") || "answers"}.${ending}`;
  };
  const download = (ending) => {
    const file = new Blob([AnswersFile[ending](sheet)], { type: "application/octet-stream" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: fileName(ending) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    unsaved = false;
    keep();
    say(`Downloaded as ${link.download}.`);
  };
  const open = async (file) => {
    const refuse = (why) =>
      warn(`${file.name} was not opened: ${why}. This page opens what it or allycheck wrote for this form. To go on with any other answers file: allycheck assess ${file.name}`);
    if (file.size > LARGEST) {
      refuse("it is larger than 10 MB");
      return;
    }
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      const found = AnswersFile.read(text, facts);
      if (unsaved && !window.confirm("Replace the answers on this page? They are not downloaded yet.")) return;
      [sheet, undo, unsaved] = [found, [], false];
      inOrder();
    } catch (error) {
      if (error instanceof AnswersFile.Refused) refuse(error.message);
      else refuse(error instanceof TypeError ? "it is no text in UTF-8" : "it can't be read");
      return;
    }
    draw();
    warn("");
    keep();
    const asked = new Set(questions.map(({ id }) => id));
    const others = [...sheet.answers].filter(([id, entry]) => !asked.has(id) && entry.answer !== undefined).length;
    const more = others ? ` ${sentence(others, "answer", "answers")} to questions that are not asked here will be kept.` : "";
    warn(`Opened ${file.name}: ${done()} of ${questions.length} answered.${more}`);
    mark(questions.find(isOpen) ?? questions[0]);
  };
  const clear = () => {
    if (!window.confirm("Remove your answers to this form from this browser? What you have not downloaded is lost.")) return;
    try {
      localStorage.removeItem(DRAFT);
    } catch {
      // It kept nothing.
    }
    [sheet, undo, unsaved] = [empty(), [], false];
    draw();
    mark(questions[0]);
    warn("Nothing of this form is kept on this computer any more, except what was downloaded.");
    window.scrollTo(0, 0);
  };

  // What happens on the page

  const textOf = (field) => field.value.trim() || undefined;
  const typed = ({ target }) => {
    const question = questionAt(target);
    if (question && target.type === "radio") {
      answer(question, target.value);
      say("");
    } else if (question) {
      note(question, { [target.name]: textOf(target) });
      drawState(question);
      drawCounts();
    } else if (outs.includes(target)) {
      leaveOut(target, textOf(target));
    } else if (FIELDS.includes(target.id)) {
      const text = textOf(target);
      sheet[target.id] = target.id === "date" && !AnswersFile.isDay(text ?? "") ? undefined : text;
      changed();
    } else if (alliances.includes(target)) {
      const names = alliances.map(textOf).filter(Boolean);
      sheet.alliances = names.length ? names : undefined;
      changed();
    }
  };
  const clicked = (event) => {
    const { target } = event;
    const question = questionAt(target);
    const linked = target.hash && questions.find(({ field }) => target.hash === `#${field.id}`);
    if (question) mark(question);
    if (linked) {
      event.preventDefault();
      go(linked);
    }
    if (target.matches(".take-back")) {
      answer(question, undefined);
      say(`${question.code} is open again.`);
      go(question);
    }
    if (target.dataset.download) download(target.dataset.download);
  };

  let asked = 0;
  const scrolled = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      if (!current || isInView(current)) return;
      const seen = questions.find(isInView);
      if (seen) mark(seen);
    });
  };

  at("form").addEventListener("submit", (event) => event.preventDefault());
  at("form").addEventListener("input", typed);
  at("form").addEventListener("click", clicked);
  at("form").addEventListener("focusin", ({ target }) => {
    const question = questionAt(target);
    if (question) mark(question);
  });
  at("file").addEventListener("change", async ({ target }) => {
    if (target.files[0]) await open(target.files[0]);
    target.value = "";
  });
  at("clear").addEventListener("click", clear);
  at("print").addEventListener("click", () => window.print());
  document.addEventListener("keydown", pressed);
  document.addEventListener("scroll", scrolled, { passive: true });
  let folded = []; // what is closed but for the time of printing
  window.addEventListener("beforeprint", () => {
    folded = all(".question details:not([open])");
    for (const fold of folded) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  window.addEventListener("storage", ({ key }) => {
    if (key === DRAFT) warn("This form is open in another window, too, and this browser keeps only what was filled in last: close one of them.");
  });

  at("keys").open = window.matchMedia("(min-width: 68rem)").matches;
  sheet = empty();
  restore();
  draw();
  mark(questions.find(isOpen) ?? questions[0]);
})();
