import { pageViewsKind } from './page-views.ts';
import type { StreamKind } from './stream-kind.ts';

/** Every stream that `config/hubspot.yaml` can switch. A new one is a file beside this and a line here. */
export const STREAMS: readonly StreamKind[] = [pageViewsKind];
