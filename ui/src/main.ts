import { mount } from "svelte";
import App from "./App.svelte";
import "./styles/main.scss";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const root = document.getElementById("app");
if (root) {
  mount(App, { target: root });
}
