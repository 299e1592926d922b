// Loads a survey with survey-core, answers it as somebody would, completes it, and prints what became of it.
"use strict";

const fs = require("fs");
const { Model } = require("survey-core");

const { survey, answers } = JSON.parse(fs.readFileSync(0, "utf-8"));
const model = new Model(survey);
const preselected = { ...model.data };
for (const [name, value] of Object.entries(answers)) model.setValue(name, value);
const questions = model.getAllQuestions();
const completed = model.completeLastPage();
console.log(JSON.stringify({
  errors: model.jsonErrors,
  completed,
  state: model.state,
  preselected,
  data: model.data,
  shown: questions.filter((question) => question.isVisible).map((question) => question.name),
  title: model.locTitle.renderedHtml,
  titles: questions.map((question) => question.locTitle.renderedHtml),
  choices: questions.flatMap((question) => question.choices ?? []).map((choice) => choice.locText.renderedHtml),
}));
