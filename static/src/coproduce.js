import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { ExitThisPage } from "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs";
import { FileUpload } from "govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { Tabs } from "govuk-frontend/dist/govuk/components/tabs/tabs.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { startAutosave } from "./autosave.js";
import { startConditions } from "./conditions.js";
import { startPresence } from "./presence.js";
import { startLooking } from "./looking.js";
import { startPitfalls } from "./pitfalls.js";
import { startReadAloud } from "./readaloud.js";
import { startPrintButtons } from "./printing.js";
import { startMaking } from "./making.js";

// Autosave first: if anything after it fails in an old browser, words are still kept.
const settled = new Map();
document.querySelectorAll("form[data-autosave]").forEach((form) => settled.set(form, startAutosave(form)));
startConditions(document);
document.querySelectorAll("[data-look]").forEach((panel) => startLooking(panel));
document.querySelectorAll("[data-read-aloud]").forEach((button) => startReadAloud(button));
document.querySelectorAll("[data-pitfalls]").forEach((panel) => startPitfalls(panel));
startPrintButtons(document);
document.querySelectorAll("[data-making]").forEach((panel) => startMaking(panel, settled));
document.querySelectorAll("[data-presence]").forEach((line) => startPresence(line));

[
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  FileUpload,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
].forEach((component) => createAll(component));
