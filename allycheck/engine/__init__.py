"""Tables of many organisations, scored by the engine that holds them: a questionnaire as SQL."""
