/** Style sheets are imported for esbuild alone, which writes them beside the script. */
declare module '*.css';
