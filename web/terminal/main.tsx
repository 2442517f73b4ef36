// The terminal program: mounts into <div id="app"> of the page that the ops gateway serves at /terminal.
import { render } from "preact";
import "./terminal.css";
import { App } from "./App";
import { watchVersions } from "./UpdatePrompt";

const root = document.getElementById("app");
if (root) render(<App />, root);
watchVersions();
