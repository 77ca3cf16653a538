declare module 'doiuse' {
  import type { PluginCreator } from 'postcss';
  interface Options {
    browsers: readonly string[];
    onFeatureUsage: (usage: { feature: string; message: string }) => void;
  }
  const doiuse: PluginCreator<Options>;
  export default doiuse;
}
