const LEAST_PLAIN = 1e-3;
const LEAST_SCIENTIFIC = 1e7;

/**
 * A number as Java writes a double, which is how it stands in CSV and SOAP: `4200.0`, and from ten million on `9.9213206E7`.
 * https://github.com/forcedotcom/cli/issues/3367
 */
export function doubleText(number: number): string {
  const size = Math.abs(number);
  if (number === 0 || (size >= LEAST_PLAIN && size < LEAST_SCIENTIFIC)) return withPoint(String(number));
  const [digits = '', exponent = ''] = number.toExponential().split('e');
  return `${withPoint(digits)}E${Number(exponent)}`;
}

function withPoint(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`;
}
