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
    lead_at: holds('lead_at', 'when leadgauge moved a subscriber on to be a lead'),
    recycled_at: holds('recycled_at', 'when the lead was last given back to marketing'),
    stage_reason: holds('stage_reason', 'why the lifecycle stage last moved'),
    nurture: holds('nurture', 'which nurture rule the lead was routed by'),
    nurture_at: holds('nurture_at', 'when the lead did what routed it there'),
    routed_at: holds('routed_at', 'when the lead was last routed to sales'),
    follow_up_by: holds('follow_up_by', 'by when sales are to follow up'),
    follow_up: holds('follow_up', 'how the follow-up stands'),
    first_touched_at: holds('first_touched_at', 'when sales first tried to reach the lead'),
    attempts: holds('attempts', 'how often sales tried'),
    overdue: holds('overdue', 'whether the follow-up is late'),
    override: property(
      'override',
      'The property in which people decide against the model: leadgauge reads it and never writes it.',
    ),
  };
}
