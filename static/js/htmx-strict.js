// What htmx may not do here: make code of attributes, run scripts of an answer, write styles into
// the page. The page's policy would stop all three; so they are not tried.
Object.assign(htmx.config, { allowEval: false, allowScriptTags: false, includeIndicatorStyles: false });
