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


  // Speaking: `texts` has what is said by short keys, and translations of what AnswersFile says

  const texts = JSON.parse(at("texts").textContent);
  const _ = (key, places) => AnswersFile.filled(texts[key] ?? key, places, _);
  const counted = (key, number) => {
    const { forms, of } = texts[key];
    return AnswersFile.filled(forms[of[Math.min(number, of.length - 1)]], { number });
  };

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const questions = all(".question").map((field, index) => ({
    index,
    field,
    id: field.dataset.id,
    code: field.querySelector(".code").textContent,
    part: field.closest("section").id,
    trend: field.closest("section").querySelector("[data-trend]").dataset.trend,
    radios: all("input[type=radio]", field),
    notes: all("[name=reason], [name=evidence], [name=comment]", field),
    back: field.querySelector(".other").appendChild(make("button", { type: "button", className: "take-back", textContent: _("take-back") })),
  }));
  const alliances = all("[id^=alliance-]");
  const around = (target) => questions.find(({ field }) => field.contains(target));
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
  const soFar = (within = questions) => ({ known: within.filter((one) => !isOpen(one)).length, number: within.length });

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
    if (!radio) return _("open");
    const name = radio.parentElement.querySelector("b")?.textContent;
    return name ? name.replace(" ", ", ") : { dk: _("dk"), na: _("na") }[answer];
  };
  const named = (question) => ({ code: question.code, answer: inWords(question) });

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
    const noted = ["", _("evidence"), _("comment"), _("both")];
    question.field.querySelector(".notes span").textContent = noted[(entry.evidence !== undefined) + 2 * (entry.comment !== undefined)];
  };
  const drawCounts = () => {
    for (const count of all(".count")) {
      const within = count.dataset.of === "form" ? questions : questions.filter(({ part }) => part === count.dataset.of);
      const done = soFar(within);
      count.textContent = _("so-far", done);
      count.classList.toggle("done", done.known === done.number);
    }
    document.querySelector("progress").value = soFar().known;
    const open = questions.filter(isOpen);
    const stay = counted("stay", open.length);
    list(at("open"), open, open.length ? stay : _("all"));
    const bare = questions.filter((question) => entryOf(question).answer === "na" && !entryOf(question).reason);
    list(at("without-reason"), bare, bare.length ? _("bare") : "");
  };
  const list = (place, shown, lead) => {
    const links = shown.map(({ field, code }) => make("a", { href: `#${field.id}`, textContent: code }));
    place.replaceChildren(lead, ...links.flatMap((link) => [" ", link]));
  };
  const drawKept = () => {
    at("date").classList.toggle("empty", !at("date").value);
    const text = kept ? _("kept") : _("not-kept");
    at("kept").textContent = unsaved ? text : "";
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

  const NOT_KEPT = _("keeps-nothing");
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
      warn(_("back", soFar()));
    } catch (error) {
      kept = error instanceof AnswersFile.Refused || error instanceof SyntaxError;
      warn(kept ? _("lost") : NOT_KEPT);
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
  /* Note an answer, a reason, evidence or a comment; undefined takes it away. */
  const note = (question, changes) => {
    sheet.answers.set(question.id, { ...entryOf(question), ...changes });
    inOrder();
    drawState(question);
    recorded();
  };
  const leaveOut = ({ dataset }, reason) => {
    const scope = new Map(sheet.scope);
    if (reason) scope.set(dataset.trend, reason);
    else scope.delete(dataset.trend);
    sheet.scope = scope.size ? scope : undefined;
    recorded();
  };
  const recorded = () => {
    if (AnswersFile.compared(sheet.version ?? "0", facts.version) < 0) sheet.version = facts.version;
    if (sheet.date === undefined) {
      sheet.date = today();
      at("date").value = sheet.date;
    }
    drawCounts();
    changed();
  };
  const inOrder = () => {
    const given = sheet.answers;
    const ours = facts.indicators.filter((id) => given.has(id)).map((id) => [id, given.get(id)]);
    sheet.answers = new Map([...ours, ...given]);
  };
  const answer = (question, value) => {
    const { answer: before, reason } = entryOf(question);
    if (before === value) return;
    undo.push([question, before, reason]);
    note(question, { answer: value, reason: value === "na" ? reason : undefined });
    drawQuestion(question);
  };
  const takeBack = () => {
    const change = undo.pop();
    if (!change) {
      say(_("no-undo"));
      return;
    }
    const [question, before, reason] = change;
    note(question, { answer: before, reason });
    drawQuestion(question);
    go(question);
    say(before === undefined ? _("undone-open", question) : _("undone", named(question)));
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
    say(_("given", { ...named(question), ...soFar() }));
  };

  // Keys

  const give = (value) => (question) => {
    answer(question, value);
    given(question);
    goOn(question);
  };
  const ACTS = {
    d: give("dk"),
    n: (question) => {
      if (!question.radios.some((one) => one.value === "na")) {
        say(_("no-na"));
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
      say(folds.length ? "" : _("no-more"));
      go(question);
    },
  };
  for (const level of "01234") ACTS[level] = give(level);
  const NOT_HERE = ["C", "E", "u", "r", "t"]; // keys that mean more than the marked question
  const write = (question, key) => {
    question.field.querySelector(".notes").open = true;
    go(question, question.field.querySelector(`[name=${key}]`));
  };
  const takesText = (target) => target.matches("textarea, input:not([type=radio], [type=checkbox], [type=file])");

  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !current) return;
    if (takesText(event.target)) {
      const question = around(event.target);
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
      say(_("marked", current));
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
    const link = make("a", { href: URL.createObjectURL(file), download: fileName(ending) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    unsaved = false;
    keep();
    say(_("downloaded", { file: link.download }));
  };
  const open = async (file) => {
    const refuse = (reason) =>
      warn(_("refused", { file: file.name, reason }));
    if (file.size > LARGEST) {
      refuse(_("large"));
      return;
    }
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      const found = AnswersFile.read(text, facts);
      if (unsaved && !window.confirm(_("replace"))) return;
      [sheet, undo, unsaved] = [found, [], false];
      inOrder();
    } catch (error) {
      if (error instanceof AnswersFile.Refused) refuse(_(error.text, error.places));
      else refuse(error instanceof TypeError ? _("no-text") : _("unread"));
      return;
    }
    draw();
    warn("");
    keep();
    const asked = new Set(questions.map(({ id }) => id));
    const others = [...sheet.answers].filter(([id, entry]) => !asked.has(id) && entry.answer !== undefined).length;
    const more = others ? ` ${counted("others", others)}` : "";
    warn(_("opened", { file: file.name, ...soFar() }) + more);
    mark(questions.find(isOpen) ?? questions[0]);
  };
  const clear = () => {
    if (!window.confirm(_("remove"))) return;
    try {
      localStorage.removeItem(DRAFT);
    } catch {
      // It kept nothing.
    }
    [sheet, undo, unsaved] = [empty(), [], false];
    draw();
    mark(questions[0]);
    warn(_("removed"));
    window.scrollTo(0, 0);
  };

  // What happens on the page

  const on = (target, type, act, options) => target.addEventListener(type, act, options);

  const textOf = (field) => field.value.trim() || undefined;
  const typed = ({ target }) => {
    const question = around(target);
    if (question && target.type === "radio") {
      answer(question, target.value);
      say("");
    } else if (question) {
      note(question, { [target.name]: textOf(target) });
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
    const question = around(target);
    const linked = target.hash && questions.find(({ field }) => target.hash === `#${field.id}`);
    if (question) mark(question);
    if (linked) {
      event.preventDefault();
      go(linked);
    }
    if (target.matches(".take-back")) {
      answer(question, undefined);
      say(_("open-again", question));
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

  on(at("form"), "submit", (event) => event.preventDefault());
  on(at("form"), "input", typed);
  on(at("form"), "click", clicked);
  on(at("form"), "focusin", ({ target }) => {
    const question = around(target);
    if (question) mark(question);
  });
  on(at("file"), "change", async ({ target }) => {
    if (target.files[0]) await open(target.files[0]);
    target.value = "";
  });
  on(at("clear"), "click", clear);
  on(at("print"), "click", () => window.print());
  on(document, "keydown", pressed);
  on(document, "scroll", scrolled, { passive: true });
  let folded = []; // what is closed but for the time of printing
  on(window, "beforeprint", () => {
    folded = all(".question details:not([open])");
    for (const fold of folded) fold.open = true;
  });
  on(window, "afterprint", () => {
    for (const fold of folded) fold.open = false;
  });
  on(window, "beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  on(window, "storage", ({ key }) => {
    if (key === DRAFT) warn(_("two"));
  });

  at("keys").open = window.matchMedia("(min-width: 68rem)").matches;
  sheet = empty();
  restore();
  draw();
  mark(questions.find(isOpen) ?? questions[0]);
})();
