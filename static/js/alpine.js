// Alpine without `unsafe-eval`: it may evaluate only expressions that stand in a template, which
// `apps/backoffice/alpine` made functions of. One that got into a page in any other way does nothing.
document.addEventListener("alpine:init", () => {
  const { exact, patterns } = window.alpineExpressions;

  function written(expression) {
    const text = expression.replace(/\s+/g, " ").trim();
    const known = exact.get(text);
    if (known) return known;
    for (const [pattern, evaluate] of patterns) {
      const found = pattern.exec(text);
      if (found) return (scope) => evaluate(scope, found.slice(1));
    }
    console.error(`No template has this expression: ${text}`);
    return () => undefined;
  }

  // The rest of Alpine's names ($refs, $watch, $root …) come with the data of the nearest x-data.
  function own(element) {
    return {
      $el: element,
      $dispatch(name, detail = {}) {
        const options = { detail, bubbles: true, composed: true, cancelable: true };
        element.dispatchEvent(new CustomEvent(name, options));
      },
    };
  }

  // A handler may name a function instead of calling it, as with Alpine's own evaluator.
  function give(receive, value, scope, params) {
    if (typeof value === "function") give(receive, value.apply(scope, params), scope, params);
    else receive(value);
  }

  Alpine.setEvaluator((element, expression) => {
    const stack = [own(element), ...Alpine.closestDataStack(element)];
    const evaluate =
      typeof expression === "function"
        ? (scope, params) => expression.apply(scope, params)
        : written(expression);
    return (receive = () => {}, { scope = {}, params = [] } = {}) => {
      const merged = Alpine.mergeProxies([scope, ...stack]);
      try {
        give(receive, evaluate(merged, params), merged, params);
      } catch (error) {
        console.error(error, element, expression);
      }
    };
  });
});
