// The console program: mounts into <div id="app"> of the page that the ops gateway serves at /console.
import { render } from "preact";
import "./console.css";
import { App } from "./App";

const root = document.getElementById("app");
if (root) render(<App />, root);
