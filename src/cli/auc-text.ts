/** How well scores tell buyers from others, for somebody who never heard of an AUC. */
export function aucSentence({ auc, aucLow, aucHigh, folds }: AucFigures): string {
  const how = folds === undefined ? '' : `, ${folds}-fold cross-validated`;
  return (
    `AUC ${auc.toFixed(3)} (${aucLow.toFixed(3)} to ${aucHigh.toFixed(3)})${how}: of a lead that bought and one that did not, the first has ` +
    `more points ${Math.round(auc * 100)} times in 100.`
  );
}

interface AucFigures {
  readonly auc: number;
  readonly aucLow: number;
  readonly aucHigh: number;
  /** Of a cross-validation. */
  readonly folds?: number;
}
