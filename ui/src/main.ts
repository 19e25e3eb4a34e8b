import "@fontsource/atkinson-hyperlegible-mono/latin-400.css";
import "@fontsource/atkinson-hyperlegible-mono/latin-600.css";
import "@fontsource/atkinson-hyperlegible-next/latin-400.css";
import "@fontsource/atkinson-hyperlegible-next/latin-500.css";
import "@fontsource/atkinson-hyperlegible-next/latin-600.css";
import "@fontsource/atkinson-hyperlegible-next/latin-700.css";
import "@fontsource/atkinson-hyperlegible-next/latin-ext-400.css";
import "@fontsource/atkinson-hyperlegible-next/latin-ext-600.css";
import "@fontsource/atkinson-hyperlegible-next/latin-ext-700.css";
import { mount } from "svelte";
import App from "./App.svelte";
import "./styles/main.scss";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const root = document.getElementById("app");
if (root) {
  mount(App, { target: root });
}
