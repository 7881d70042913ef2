// One entry; each module wires itself by data attributes, so that parts swapped in by htmx work too.
import "./choose_theme.js";
import "./over.js";
import "./keys.js";
import "./toast.js";
import "./select.js";
import "./small.js";
import "./quote.js";
import "./tree.js";
