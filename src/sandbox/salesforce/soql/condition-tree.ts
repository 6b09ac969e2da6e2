import type { ConditionWithValueQuery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { SoqlError } from './soql-error.ts';

export type Tree =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Tree[] }
  | { readonly kind: 'not'; readonly part: Tree }
  | { readonly kind: 'leaf'; readonly leaf: ConditionWithValueQuery };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { readonly leaf: ConditionWithValueQuery };

/** The parser gives a chain of conditions, each with the number of its brackets; here they are put into one another. */
export function treeOf(where: WhereClause): Tree {
  const tokens = tokensOf(where);
  let next = 0;

  function expression(): Tree {
    const parts = [term()];
    let operator: 'AND' | 'OR' | undefined;
    for (let token = tokens[next]; token === 'AND' || token === 'OR'; token = tokens[next]) {
      // Salesforce does not guess which of the two binds more tightly.
      if (operator !== undefined && token !== operator) throw unexpected(token);
      operator = token;
      next++;
      parts.push(term());
    }
    const [only] = parts;
    if (operator === undefined && only !== undefined) return only;
    return { kind: operator === 'OR' ? 'or' : 'and', parts };
  }

  function term(): Tree {
    const token = tokens[next++];
    if (token === 'NOT') return { kind: 'not', part: term() };
    if (token === '(') {
      const inner = expression();
      if (tokens[next++] !== ')') throw unexpected('end of the query');
      return inner;
    }
    if (typeof token !== 'object') throw unexpected(token ?? 'end of the query');
    return { kind: 'leaf', leaf: token.leaf };
  }

  const tree = expression();
  if (next < tokens.length) throw unexpected(')');
  return tree;
}

function tokensOf(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  for (let clause: WhereClause | undefined = where; clause !== undefined; ) {
    const { left }: { left: ConditionWithValueQuery | null } = clause;
    const operator: string | undefined = 'operator' in clause ? clause.operator : undefined;
    for (let open = left?.openParen ?? 0; open > 0; open--) tokens.push('(');
    if (operator === 'NOT') tokens.push('NOT');
    else {
      if (left !== null) tokens.push({ leaf: left });
      const close: number = left !== null && 'closeParen' in left ? (left.closeParen ?? 0) : 0;
      for (let left = close; left > 0; left--) tokens.push(')');
      if (operator === 'AND' || operator === 'OR') tokens.push(operator);
    }
    clause = 'right' in clause ? clause.right : undefined;
  }
  return tokens;
}

function unexpected(what: string): SoqlError {
  return new SoqlError('MALFORMED_QUERY', `unexpected token: '${what}'`);
}
