// What every page of the storefront runs.
import "./storefront.css";
import "../design/icons";

document.documentElement.classList.add("has-script");
