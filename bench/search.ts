/**
 * A small table of the search in simulated worlds: two strategies, eight worlds. It shows that the
 * bench runs; figures to decide by need more worlds: `node bench/search/run.ts --worlds 100`, and
 * stand with how they came about in bench/search/RESULTS.md.
 */
import './search/run.ts';
