/** What a model writes, and the one thing that it reads besides: every key has a property of its own for each model. */
export function outputKeys<Property>(property: (key: string, what: string) => Property) {
  const holds = (key: string, what: string) => property(key, `The property that holds ${what}.`);
  return {
    score: holds('score', 'the total of fit and engagement'),
    fit: holds('fit', 'the points for who the lead is'),
    engagement: holds('engagement', 'the points for what the lead did'),
    grade: holds('grade', 'the grade, such as B2'),
    reasons: holds('reasons', 'the reasons that add up to the score, one a line'),
    flags: holds('flags', 'what speaks against the lead, as several checkboxes'),
    mql: holds('mql', 'whether the lead is ready for sales'),
    persona: holds('persona', 'the persona that the lead fits'),
    disqualified: holds('disqualified', 'why the lead is ruled out, one reason a line'),
    model_version: holds('model_version', 'which version of the model gave the score'),
    scored_at: holds('scored_at', 'when the score last changed'),
    mql_at: holds('mql_at', 'when the lead was passed to sales'),
    route: holds('route', 'where the lead goes next'),
    fast_track: holds('fast_track', 'which rule sent the lead straight to sales'),
    fast_track_at: holds('fast_track_at', 'when the lead did what sent it straight to sales'),
    override: property(
      'override',
      'The property in which people decide against the model: leadgauge reads it and never writes it.',
    ),
  };
}
