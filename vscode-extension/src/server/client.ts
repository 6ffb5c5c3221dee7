// The language client: which documents, what is asked when, and what is done with commands that the server names.

import * as vscode from "vscode";
import {
  LanguageClient,
  type ErrorHandler,
  type LanguageClientOptions,
  type Middleware,
  type StaticFeature,
} from "vscode-languageclient/node";
import { settings } from "../settings";
import { withoutClangds } from "./beside";
import { rested } from "./debounce";
import type { ServerProcess } from "./process";

export interface ServerStatus {
  readonly health: "ok" | "warning" | "error";
  readonly quiescent: boolean;
  readonly message: string;
}

export interface Surroundings {
  readonly log: vscode.LogOutputChannel;
  readonly errorHandler: ErrorHandler;
  /** A new process each time: the client starts another where one has died. */
  readonly process: () => Promise<ServerProcess>;
  /** Whether the client is still wanted; one that is about to be stopped is not. */
  readonly isCurrent: () => boolean;
  readonly explain: (uri: string, line: number) => Promise<void>;
}

export function languageClient(surroundings: Surroundings): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: settings().languages.flatMap((language) => [
      { language, scheme: "file" },
      { language, scheme: "untitled" },
    ]),
    outputChannel: surroundings.log,
    synchronize: { configurationSection: "hpcls" },
    errorHandler: surroundings.errorHandler,
    initializationFailedHandler: () => false,
    middleware: middleware(surroundings),
  };
  const server = async () => (await surroundings.process()).child;
  const client = new LanguageClient("hpcls", "hpcls", server, options);
  client.registerFeature(tellsStatus);
  return client;
}

/** Tells the server that its status is wanted. */
const tellsStatus: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...capabilities.experimental, serverStatusNotification: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

function middleware({ explain, isCurrent }: Surroundings): Middleware {
  return {
    // The change that stops a server is not told to it: that would start it again.
    workspace: { didChangeConfiguration: async (sections, next) => (isCurrent() ? next(sections) : undefined) },
    provideInlineCompletionItems: async (document, position, context, token, next) => {
      const { inlineCompletion, debounce } = settings();
      if (!inlineCompletion) {
        return undefined;
      }
      const isAsked = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
      return isAsked || (await rested(debounce, token)) ? next(document, position, context, token) : undefined;
    },
    provideCompletionItem: async (document, position, context, token, next) =>
      withoutClangds(document, await next(document, position, context, token)),
    provideCodeLenses: (document, token, next) => (settings().codeLens ? next(document, token) : undefined),
    executeCommand: async (command, args, next) => {
      if (command !== "hpcls.explainLoop") {
        return next(command, args) as unknown;
      }
      const [uri, line] = args as [string, number];
      await explain(uri, line);
      return undefined;
    },
  };
}
