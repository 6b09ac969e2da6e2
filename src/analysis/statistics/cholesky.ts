/**
 * Symmetric matrices as their lower triangle, row by row, in an array of width × width. The upper one is never read.
 * Factors the matrix in place into L with L·Lᵀ = matrix; false where it is not positive definite.
 */
export function factor(matrix: Float64Array, width: number): boolean {
  for (let row = 0; row < width; row++) {
    const rowAt = row * width;
    for (let column = 0; column <= row; column++) {
      const columnAt = column * width;
      let sum = matrix[rowAt + column] ?? 0;
      for (let k = 0; k < column; k++) sum -= (matrix[rowAt + k] ?? 0) * (matrix[columnAt + k] ?? 0);
      if (column < row) matrix[rowAt + column] = sum / (matrix[columnAt + column] ?? 1);
      else if (sum > 0) matrix[rowAt + row] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Solves matrix · x = vector, in place, by the matrix's factor. */
export function solve(factored: Float64Array, width: number, vector: Float64Array): void {
  for (let row = 0; row < width; row++) {
    let sum = vector[row] ?? 0;
    for (let k = 0; k < row; k++) sum -= (factored[row * width + k] ?? 0) * (vector[k] ?? 0);
    vector[row] = sum / (factored[row * width + row] ?? 1);
  }
  for (let row = width - 1; row >= 0; row--) {
    const found = (vector[row] ?? 0) / (factored[row * width + row] ?? 1);
    vector[row] = found;
    for (let k = 0; k < row; k++) vector[k] = (vector[k] ?? 0) - (factored[row * width + k] ?? 0) * found;
  }
}

/** A factor of the matrix, which stays as it is. Where it is singular, the least that helps is added to its diagonal. */
export function factorOf(matrix: Float64Array, width: number): Float64Array {
  let largest = 0;
  for (let row = 0; row < width; row++) largest = Math.max(largest, matrix[row * width + row] ?? 0);
  for (let added = 0; ; added = Math.max(added * 100, 1e-12 * largest, Number.MIN_VALUE)) {
    const factored = matrix.slice();
    for (let row = 0; row < width; row++) factored[row * width + row] = (matrix[row * width + row] ?? 0) + added;
    if (factor(factored, width)) return factored;
    if (!(added < 1e6 * (largest + 1))) throw new RangeError('a matrix with something that is no number has no factor');
  }
}

/** The inverse, whole: both triangles. */
export function inverseOf(matrix: Float64Array, width: number): Float64Array {
  const factored = factorOf(matrix, width);
  const inverse = new Float64Array(width * width);
  for (let column = 0; column < width; column++) {
    const row = inverse.subarray(column * width, (column + 1) * width);
    row[column] = 1;
    solve(factored, width, row);
  }
  return inverse;
}
