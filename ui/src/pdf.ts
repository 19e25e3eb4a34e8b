// Draws a PDF without any network, script or evaluation in it.
import { getDocument, GlobalWorkerOptions } from "pdfjs-dist/legacy/build/pdf.mjs";
import PdfWorker from "pdfjs-dist/legacy/build/pdf.worker.mjs?worker";

const WIDTH = 720;

export interface OpenPdf {
  pages: number;
  /** Draws a page, and gives its words. */
  draw: (page: number, canvas: HTMLCanvasElement) => Promise<string>;
  close: () => Promise<void>;
}

export async function openPdf(bytes: ArrayBuffer | Uint8Array | number[]): Promise<OpenPdf> {
  GlobalWorkerOptions.workerPort ??= new PdfWorker();
  const data = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : Uint8Array.from(bytes);
  const file = await getDocument({ data, isEvalSupported: false, enableXfa: false, useWorkerFetch: false, useSystemFonts: false }).promise;
  return {
    pages: file.numPages,
    draw: async (number, canvas) => {
      const page = await file.getPage(number);
      const scale = (WIDTH / page.getViewport({ scale: 1 }).width) * Math.max(1, Math.min(2, window.devicePixelRatio));
      const viewport = page.getViewport({ scale });
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("This window cannot draw.");
      await page.render({ canvasContext: context, viewport }).promise;
      const text = await page.getTextContent();
      page.cleanup();
      return text.items.map((item) => ("str" in item ? item.str : "")).join(" ");
    },
    close: () => file.destroy(),
  };
}
